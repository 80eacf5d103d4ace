"""Search engines are told of every page that may be said, and of no other."""

from __future__ import annotations

from xml.etree import ElementTree

from assistant.channels.web.sitemap import SITEMAP, sitemap_of
from assistant.knowledge.library import library

HOME = "https://plan.example.org"


def test_the_site_map_names_every_live_point_once() -> None:
    tree = ElementTree.fromstring(sitemap_of(library(), HOME))
    places = [place.text for place in tree.iter(f"{{{SITEMAP}}}loc")]
    live = [name for name, point in library().points.items() if point.status == "live"]
    assert len(places) == len(set(places))
    assert {f"{HOME}/q/{name}" for name in live} <= set(places)
