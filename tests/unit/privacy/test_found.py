"""The place of what was found."""

from __future__ import annotations

from assistant.privacy.found import Found, any_case, found_in


def test_the_named_group_is_what_was_found_and_without_one_it_is_all() -> None:
    whole, part = any_case("mr lee").search("Mr Lee"), any_case("mr (?P<it>lee)").search("Mr Lee")
    assert whole and found_in("name", whole) == Found("name", 0, 6)
    assert part and found_in("name", part) == Found("name", 3, 6)
