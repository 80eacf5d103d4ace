"""The entries of a CalDAV calendar, each a text of its own: one that came cut or spoiled takes its day, never the whole calendar."""

import logging
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from assistant.booking.busy.calendar_text import CalendarUnreadable, pieces_of
from assistant.booking.consultation import Advocate

log = logging.getLogger(__name__)

_FOLD = re.compile(r"(?:\r\n|\n|\r)[ \t]")
_DAY = re.compile(
    r"^(?P<name>DTSTART|DTEND)(?:;[^:\r\n]*)?:(?P<day>\d{8})(?:T(?P<time>\d{6})Z)?",
    re.MULTILINE | re.IGNORECASE,
)
_KEPT = re.compile(r"^(?:UID|RRULE|TRANSP|STATUS)[:;][^\r\n]*", re.MULTILINE | re.IGNORECASE)


def readable(objects: Iterable[tuple[str, str]], advocate: Advocate) -> list[str]:
    """Return the texts as they can be read; in the place of one that can't stands an entry that takes its days. The log names it.

    Args:
        objects: Name and text of each entry.
        advocate: Whose calendar it is.

    Raises:
        CalendarUnreadable: Not one of them can be read, and none tells its day.
    """
    texts: list[str] = []
    lost = ""
    for name, text in objects:
        try:
            pieces_of(text)
        except CalendarUnreadable as error:
            days = list(_days(text, advocate.zone))
            lost = f"the entry {_shown(name)} can't be read: {error}"
            ending = "its day is taken for busy" if days else "it tells no day, so it takes no time"
            log.warning("calendar of %s: %s; %s", advocate.id, lost, ending)
            texts += ["\r\n".join(["BEGIN:VCALENDAR", *days, "END:VCALENDAR", ""])] if days else []
        else:
            texts.append(text)
    if lost and not texts:
        raise CalendarUnreadable(lost)
    return texts


def _shown(name: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in name[:120])


def _days(text: str, zone: ZoneInfo) -> Iterator[str]:
    """Yield the lines of an entry of whole days for each event of a spoiled text whose day is there."""
    for event in re.split(r"BEGIN:VEVENT", _FOLD.sub("", text), flags=re.IGNORECASE)[1:]:
        found = {match["name"].upper(): day for match in _DAY.finditer(event) if (day := _day(match, zone))}
        start = found.get("DTSTART") or found.get("DTEND")
        if start is None:
            continue
        end = max(found.get("DTEND", start), start) + timedelta(days=1)
        yield from ("BEGIN:VEVENT", f"DTSTART;VALUE=DATE:{start:%Y%m%d}", f"DTEND;VALUE=DATE:{end:%Y%m%d}")
        yield from _KEPT.findall(event)
        yield "END:VEVENT"


def _day(match: re.Match[str], zone: ZoneInfo) -> date | None:
    """Return the day of a time, on the advocate's clock where the time is one of UTC."""
    try:
        if match["time"]:
            instant = datetime.strptime(match["day"] + match["time"], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
            return instant.astimezone(zone).date()
        return datetime.strptime(match["day"], "%Y%m%d").replace(tzinfo=UTC).date()
    except (ValueError, OverflowError):
        return None
