"""US time zones: as parents name them, as they read them, and the two tricky nights of the year."""

import functools
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, available_timezones

US_ZONES: dict[str, str] = {
    "America/New_York": "Eastern",
    "America/Chicago": "Central",
    "America/Denver": "Mountain",
    "America/Phoenix": "Arizona",
    "America/Los_Angeles": "Pacific",
    "America/Anchorage": "Alaska",
    "America/Adak": "Aleutian",
    "Pacific/Honolulu": "Hawaii",
    "America/Puerto_Rico": "Puerto Rico",
    "Pacific/Guam": "Guam",
    "Pacific/Pago_Pago": "American Samoa",
}
"""The zones that a parent can pick, by IANA name, with the word that goes before "time"."""

# Browsers report the city nearest by; each of these keeps the clock of a zone above today.
_SAME_CLOCK = {
    "America/Detroit": "Eastern",
    "America/Boise": "Mountain",
    "America/Menominee": "Central",
    "America/Juneau": "Alaska",
    "America/Sitka": "Alaska",
    "America/Nome": "Alaska",
    "America/Yakutat": "Alaska",
    "America/Metlakatla": "Alaska",
    "America/St_Thomas": "Virgin Islands",
    "Pacific/Saipan": "Guam",
    **{
        f"America/{city}": "Eastern"
        for city in (
            *("Indianapolis", "Louisville", "Fort_Wayne"),
            *(f"Indiana/{town}" for town in ("Indianapolis", "Marengo", "Petersburg", "Vevay", "Vincennes")),
            *("Indiana/Winamac", "Kentucky/Louisville", "Kentucky/Monticello"),
        )
    },
    **{
        f"America/{city}": "Central"
        for city in (
            *("Indiana/Knox", "Indiana/Tell_City", "North_Dakota/Center"),
            *("North_Dakota/Beulah", "North_Dakota/New_Salem"),
        )
    },
    "US/Eastern": "Eastern",
    "US/Central": "Central",
    "US/Mountain": "Mountain",
    "US/Pacific": "Pacific",
    "US/Alaska": "Alaska",
    "US/Hawaii": "Hawaii",
    "US/Arizona": "Arizona",
}

_STATES: dict[str, str] = {
    "America/New_York": (
        "connecticut|delaware|district of columbia|washington dc|georgia|maine|maryland|massachusetts"
        "|michigan|new hampshire|new jersey|new york|north carolina|ohio|pennsylvania|rhode island"
        "|south carolina|vermont|virginia|west virginia|florida|indiana|kentucky"
        "|new york city|nyc|boston|philadelphia|philly|atlanta|miami|orlando|tampa|charlotte|detroit"
        "|cleveland|columbus|pittsburgh|baltimore|indianapolis|louisville"
    ),
    "America/Chicago": (
        "alabama|arkansas|illinois|iowa|kansas|louisiana|minnesota|mississippi|missouri|nebraska"
        "|north dakota|oklahoma|south dakota|tennessee|texas|wisconsin"
        "|chicago|dallas|houston|austin|san antonio|new orleans|st louis|milwaukee|minneapolis|nashville|memphis"
    ),
    "America/Denver": (
        "colorado|montana|new mexico|utah|wyoming|idaho|denver|salt lake city|albuquerque|el paso|boise"
    ),
    "America/Phoenix": "arizona|phoenix|tucson|mesa",
    "America/Los_Angeles": (
        "california|nevada|oregon|washington|washington state|los angeles|san francisco|san diego"
        "|sacramento|seattle|portland|las vegas|spokane|bay area|oakland|san jose|fresno|tacoma"
    ),
    "America/Anchorage": "alaska|anchorage|juneau|fairbanks",
    "Pacific/Honolulu": "hawaii|hawai'i|honolulu|maui|oahu",
    "America/Puerto_Rico": "puerto rico|san juan|us virgin islands|virgin islands|atlantic",
    "Pacific/Guam": "guam|northern mariana islands|saipan|chamorro",
    "Pacific/Pago_Pago": "american samoa|samoa|pago pago",
}
_CLOCKS: dict[str, str] = {
    "America/New_York": "eastern|east coast|est|edt|et|eastern standard|eastern daylight",
    "America/Chicago": "central|cst|cdt|ct|central standard|central daylight",
    "America/Denver": "mountain|mst|mdt|mt|mountain standard|mountain daylight",
    "America/Los_Angeles": "pacific|west coast|pst|pdt|pt|pacific standard|pacific daylight",
    "America/Anchorage": "akst|akdt|alaskan",
    "America/Adak": "aleutian|adak",
    "Pacific/Honolulu": "hst|hawaiian|hawaii standard",
    "America/Puerto_Rico": "ast|atlantic standard|prt",
    "Pacific/Guam": "chst",
    "Pacific/Pago_Pago": "sst",
}
_NAMES = {
    name: zone for table in (_STATES, _CLOCKS) for zone, names in table.items() for name in names.split("|")
}
_FILLER = re.compile(
    r"\b(?:i am|i'm|im|we are|we're|were|live|in|on|my|our|time ?zone|zone|time|is|it's|its|the|us|here"
    r"|standard|daylight|please|from|at|use|make it|i|we)\b"
)
_IN_TEXT = re.compile(
    r"\b(?:(?:in |on )?(?P<clock>eastern|central|mountain|pacific|hawaii(?:an)?|alaskan?|arizona|atlantic"
    r"|puerto rico|guam|samoa|east coast|west coast)(?: standard| daylight)?(?: time)?"
    r"|(?P<short>[ecmp]s?d?t|akst|akdt|hst|ast|chst|sst))\b",
    re.IGNORECASE,
)
_PLACES = "|".join(
    sorted((name for names in _STATES.values() for name in names.split("|")), key=len, reverse=True)
)
_PLACE_IN_TEXT = re.compile(
    rf"\b(?:(?:i'?m|i am|we'?re|we are|i live|we live|living|live|based|located|here) )?(?:in|from) (?P<place>{_PLACES})(?: time)?\b"
    rf"|\b(?P<of_time>{_PLACES}) time\b",
    re.IGNORECASE,
)

_AT_HOME = re.compile(
    rf"\b(?:(?:i'?m|i am|we'?re|we are|i live|we live|living|based|located|here|calling) (?:in|from)) (?P<place>{_PLACES})\b(?! (?:school|district|law|county|isd))"
    r"|\b(?P<clock>eastern|central|mountain|pacific|arizona|alaska|hawaii) time\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class LocalTimeError(ValueError):
    """A wall-clock time that does not exist in its zone, because the clocks skip it that night."""

    local: datetime
    zone: str

    def __str__(self) -> str:
        """Say which time is missing."""
        return f"{self.local:%Y-%m-%d %H:%M} does not exist in {self.zone}: the clocks are set forward"


@functools.cache
def iana_zones() -> frozenset[str]:
    """Return all zones by their IANA names; some six hundred files are read for it, once a process."""
    return frozenset(available_timezones())


def zone_named(text: str) -> ZoneInfo | None:
    """Return the zone a parent means, or None.

    Args:
        text: "pacific", "Arizona time", "im in texas", "CST" or an IANA name from a browser.

    >>> zone_named("im in texas").key
    'America/Chicago'
    """
    # "EST" is a zone of its own to IANA, one without summer; parents mean the east coast
    if "/" in text and text in iana_zones():
        return ZoneInfo(text)
    plain = re.sub(r"[^\w' /]", "", text.lower().replace("-", " ")).strip()
    for candidate in (plain, " ".join(_FILLER.sub(" ", plain).split())):
        if candidate in _NAMES:
            return ZoneInfo(_NAMES[candidate])
    return None


def zone_in(text: str) -> tuple[ZoneInfo | None, str]:
    """Find a zone named inside a sentence about time; return it and the sentence without it.

    >>> zone_in("tuesday at 3 eastern")[1]
    'tuesday at 3 '
    """
    if match := _PLACE_IN_TEXT.search(text):
        name = match["place"] or match["of_time"]
    elif match := _IN_TEXT.search(text):
        name = match["clock"] or match["short"]
    if not match or name.lower() not in _NAMES:
        return None, text
    return ZoneInfo(_NAMES[name.lower()]), text[: match.start()] + text[match.end() :]


def zone_told(text: str) -> ZoneInfo | None:
    """Return the zone of the place that a parent says they are in, anywhere in a message; "pt" alone is a therapy.

    >>> zone_told("can we talk? i'm in arizona, mornings are best").key
    'America/Phoenix'
    """
    found = _AT_HOME.search(text)
    return ZoneInfo(_NAMES[(found["place"] or found["clock"]).lower()]) if found else None


def zone_words(zone: ZoneInfo) -> str:
    """Return the zone's name for a parent: "Pacific time", "Arizona time", "London time"."""
    key = str(zone)
    if key in ("UTC", "Etc/UTC", "GMT", "Etc/GMT"):
        return "UTC"
    word = US_ZONES.get(key) or _SAME_CLOCK.get(key) or key.rsplit("/", 1)[-1].replace("_", " ")
    return f"{word} time"


def spoken(instant: datetime, zone: ZoneInfo) -> str:
    """Return an instant as a parent reads it, always with its zone.

    A time that the clocks go through twice says which of the two it is.

    >>> spoken(datetime(2026, 12, 1, 23, tzinfo=UTC), ZoneInfo("America/Los_Angeles"))
    'Tuesday, December 1 at 3:00 PM Pacific time'
    """
    local = instant.astimezone(zone)
    return f"{spoken_date(local.date())} at {spoken_time(local.time())} {zone_words(zone)}{_which(local)}"


def spoken_date(day: date, today: date | None = None) -> str:
    """Return "Tuesday, December 1"; given today, a day of another year with its year.

    >>> spoken_date(date(2027, 11, 25), today=date(2026, 11, 30))
    'Thursday, November 25, 2027'
    """
    year = f", {day.year}" if today and today.year != day.year else ""
    return f"{day:%A}, {day:%B} {day.day}{year}"


def spoken_time(clock: time) -> str:
    """Return "3:00 PM"."""
    return f"{clock.hour % 12 or 12}:{clock.minute:02} {'AM' if clock.hour < 12 else 'PM'}"


def _which(local: datetime) -> str:
    if not is_repeated(local.replace(tzinfo=None), ZoneInfo(str(local.tzinfo))):
        return ""
    return " (after the clocks change)" if local.fold else " (before the clocks change)"


def instant_of(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of a wall-clock time, in UTC; of a repeated time the one its fold says.

    Raises:
        LocalTimeError: The clocks skip this time.
    """
    instant = local.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None, fold=0) != local.replace(fold=0):
        raise LocalTimeError(local, str(zone))
    return instant


def is_repeated(local: datetime, zone: ZoneInfo) -> bool:
    """Tell whether the clocks show this wall-clock time twice."""
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    offsets = first.utcoffset(), second.utcoffset()
    return offsets[0] is not None and offsets[1] is not None and offsets[0] > offsets[1]
