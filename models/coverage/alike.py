"""A second way of comparing: does a place in Odoo hold what the source says?

Nothing here uses the conversions of ``connectors/mapping``. Each function takes the
value as the source gave it and what stands in Odoo, and says whether the one is in the
other: texts without case, blanks, HTML and entities; numbers by value, telephone
numbers by digits, days and instants in the zones given.
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta, timezone

from ...connectors.core.moments import parse_iso
from ...connectors.core.month_names import find_month_name
from .folding import APART, HIDDEN, fold, squeeze

SHORT = 4
"""Characters below which a text must stand alone: "x" is in every text."""

_YEAR_FIRST = re.compile(
    r"^([0-9]{4})[.年년] ?([0-9]{1,2})[.月월] ?([0-9]{1,2})[.日일](?=\s|$)"
)
"""Years, months and days of Hungary, China, Japan and Korea."""
_MARKUP = re.compile(r"<[^<>]*>")
_ADDRESS = re.compile(r"^(?:https?|ftp|mailto|tel):(?://)?(?:www\.)?", re.I)


def has_text(value, found):
    """Tell whether a folded place holds a text; a short one only as a word of its own.

    >>> has_text("Müller & Co", "firma: müller & co."), has_text("x", "next")
    (True, False)
    >>> has_text("a<b and c>d", "a<b and c>d"), has_text("a<b and c>d", "a d")
    (True, True)
    """
    wanted = fold(value)
    if not wanted or wanted == found:
        return True
    if len(wanted) < SHORT:
        alone = rf"(?<!\w){re.escape(wanted)}(?!\w)"
        if wanted in found and re.search(alone, found):
            return True
        return _has_as_written(str(value), found)
    if wanted in found:
        return True
    plain = squeeze(wanted)
    if len(plain) >= SHORT and plain in squeeze(found):
        return True
    return _has_as_written(str(value), found) or _has_words(str(value), found)


def _has_as_written(text, found):
    """Compare what only looks like HTML: a<b and c>d."""
    if "<" not in text:
        return False
    plain = squeeze(unicodedata.normalize("NFKC", text).casefold())
    return len(plain) >= SHORT and plain in squeeze(found)


def _has_words(text, found):
    """Compare long texts word by word: cleaning HTML may drop or move what is around."""
    if len(text) < 60 or "<" not in text:
        return False
    there = set(APART.split(found))
    words = [w for w in APART.split(fold(_MARKUP.sub(" ", HIDDEN.sub(" ", text)))) if w]
    return bool(words) and sum(w in there for w in words) >= 0.98 * len(words)


def has_address(value, found):
    """Compare web and e-mail addresses without scheme, ``www`` and closing slash."""
    wanted = _ADDRESS.sub("", fold(value)).strip(" /<>")
    there = _ADDRESS.sub("", found).rstrip("/")
    if not wanted or not there:
        return False
    # A domain may be taken out of an address: it is the beginning of it.
    rest = wanted.removeprefix(there)
    return wanted in there or ("." in there and rest != wanted and rest[0] in "/?#:")


def has_digits(value, found):
    """Compare telephone numbers by their digits, whatever the form and the prefix.

    >>> has_digits("0032 477-12.34.56", "+32 477 12 34 56"), has_digits("12", "12")
    (True, False)
    """
    wanted, there = (re.sub(r"\D", "", text) for text in (str(value), found))
    wanted, there = wanted.lstrip("0"), there.lstrip("0")
    # "+44 (0)20" and "+4420" are the same number.
    tail = wanted[-7:]
    return (
        len(wanted) >= 5
        and bool(there)
        and tail in there
        and (wanted in there or there in wanted or there[-7:] == tail)
    )


# -- numbers -------------------------------------------------------------------


def read_numbers(value):
    """Return every number that a value can be read as; several where it is ambiguous.

    >>> read_numbers("1.250,00 €"), sorted(read_numbers("1.250")), read_numbers("x")
    ({1250.0}, [1.25, 1250.0], set())
    >>> sorted(read_numbers(".5")), read_numbers("٣٤٥")
    ([0.5, 5.0], {345.0})
    >>> read_numbers("1.250.000,- €"), read_numbers("– 500,00")
    ({1250000.0}, {-500.0})
    """
    if isinstance(value, bool):
        return set()
    if isinstance(value, int | float):
        return {float(value)}
    text = re.sub(r"[\s'’\u00a0\u202f]", "", str(value))
    text = _in_ascii(text)
    # "12,-": a dash for no cents is no sign.
    text = re.sub(r"(?<=\d)[.,][-–—]{1,2}(?=\D*$)", "", text)
    found = re.findall(r"[.,]?[0-9][0-9.,]*(?:[eE][+-]?\d+)?", text)
    if len(found) != 1:
        return set()
    digits = found[0].rstrip(".,")
    sign = -1 if re.match(r"[^0-9]*(?:-|−|–|\()", text) or text.endswith("-") else 1
    return {sign * number for number in _readings(digits)}


def _in_ascii(text):
    return re.sub(r"\d", lambda digit: str(int(digit[0])), text)


def _readings(digits):
    marks = re.sub(r"[0-9eE+-]", "", digits)
    if digits[0] in ".,":
        # Half of one, or a number behind a full stop.
        texts = {f"0.{digits[1:]}", digits[1:]}
    elif len(set(marks)) == 2:
        decimal = marks[-1]
        group = "," if decimal == "." else "."
        texts = {digits.replace(group, "").replace(decimal, ".")}
    elif len(marks) > 1:
        texts = {digits.replace(marks[0], "")}
    elif marks and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits):
        texts = {digits.replace(marks, ""), digits.replace(marks, ".")}
    else:
        texts = {digits.replace(",", ".")}
    numbers = set()
    for text in texts:
        try:
            numbers.add(float(text))
        except ValueError:
            continue
    return numbers


def has_number(value, found, factors=(1,), tolerance=0.0051):
    """Tell whether a number is what the source says, in one of the units given."""
    for number in read_numbers(value):
        for factor in factors:
            wanted = number * factor
            if abs(wanted - found) <= max(tolerance, abs(wanted) * 1e-9):
                return True
    return False


YES = frozenset(
    "true 1 1.0 -1 yes y t on x ja j ein wahr oui vrai si sí s sim da tak prawda ✓ ✔ ☑"
    " verdadero verdadeiro vero waar sant sann sand ano pravda igen igaz kyllä tosi evet"
    " doğru да истина".split()
)
NO = frozenset(
    "false 0 0.0 no n f off nein aus falsch non faux não nao falso nee onwaar nej nei nie"
    " ne falskt falsk fałsz nepravda nem hamis ei epätosi hayır yanlış нет ложь ✗ ✘ ☐".split()
)


def read_flag(value):
    """Return True, False or None where a value is neither yes nor no."""
    if isinstance(value, bool):
        return value
    text = str(value).strip().casefold()
    return True if text in YES else False if text in NO else None


# -- days and instants ---------------------------------------------------------


def read_moments(value):
    """Return dates and datetimes (aware where an offset is given) a value can mean.

    >>> read_moments("2025-03-01T10:00:00Z")[0].isoformat()
    '2025-03-01T10:00:00+00:00'
    >>> [str(day) for day in read_moments("03/04/2025")]
    ['2025-04-03', '2025-03-04']
    >>> str(read_moments("3-Mar-2025 2:30 PM")[0]), str(read_moments("3. März 25")[0])
    ('2025-03-03 14:30:00', '2025-03-03')
    >>> read_moments("Tue, 4 Mar 2025 10:00:00 +0100")[0].isoformat()
    '2025-03-04T10:00:00+01:00'
    >>> str(read_moments("20250301")[0]), read_moments("1740823200")[0].isoformat()
    ('2025-03-01', '2025-03-01T10:00:00+00:00')
    >>> [str(m) for text in ("2025年3月1日", "٢٠٢٥-٠٣-٠١", "45717.25") for m in read_moments(text)]
    ['2025-03-01', '2025-03-01', '2025-03-01 06:00:00']
    """
    if isinstance(value, bool):
        return []
    if isinstance(value, int | float):
        return _read_epoch(value) or _read_serial(value)
    text = _in_ascii(str(value)).strip()
    text = _YEAR_FIRST.sub(r"\1-\2-\3", text)
    if re.fullmatch(r"[2-7][0-9]{4}(?:\.[0-9]+)?", text):
        return _read_serial(float(text))
    if found := re.fullmatch(r"/Date\((-?\d+)(?:[+-]\d{4})?\)/", text):
        return _read_epoch(int(found[1]))
    if text.isascii() and text.isdigit() and len(text) in (8, 10, 13):
        # A day without its dashes, or (milli)seconds since 1970.
        if len(text) > 8:
            return _read_epoch(int(text))
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if re.match(r"\d{4}-\d\d-\d\d", text):
        return _read_iso(text)
    return _read_written(text)


def _read_epoch(number):
    seconds = number / 1000 if abs(number) > 1e11 else number
    if not 1e8 < seconds < 1e10:
        return []
    return [datetime.fromtimestamp(seconds, timezone.utc)]


def _read_serial(number):
    """Read what Excel counts in days since the end of 1899, of 1954 to 2119."""
    if not 20_000 <= number < 80_000:
        return []
    seconds = round(number * 86_400)
    moment = datetime(1899, 12, 30) + timedelta(seconds=seconds)
    return [moment if seconds % 86_400 else moment.date()]


def _read_iso(text):
    if len(text) == 10:
        parsers, text = (date.fromisoformat,), text
    else:
        parsers = (parse_iso,)
        text = re.sub(r"\s*UTC$", "Z", text)
        text = re.sub(r"(\.\d{6})\d+", r"\1", text)
        text = re.sub(r"\s+([+-]\d)", r"\1", text)
    for parse in parsers:
        try:
            return [parse(text)]
        except ValueError:
            continue
    try:
        return [date.fromisoformat(text[:10])]
    except ValueError:
        return []


def _read_written(text):
    found = re.match(
        r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:,?[ T]+(\d{1,2}):(\d\d)(?::(\d\d))?\s*([ap]\.?m)?)?",
        text,
        re.I,
    )
    if not found:
        return _read_named(text)
    one, two, three = map(int, found.groups()[:3])
    orders = [(three, two, one), (three, one, two)]
    if len(found[1]) == 4:
        orders = [(one, two, three)]
    moments = []
    for year, month, day in orders:
        year += 2000 if year < 70 else 1900 if year < 100 else 0
        try:
            whole = date(year, month, day)
        except ValueError:
            continue
        moments.append(_with_time(whole, *found.groups()[3:]))
    return moments


def _read_named(text):
    """Read a day with the name of its month: 3-Mar-25, March 3, 2025 2:30 PM."""
    # The name of one month in two languages: either may be meant.
    readings = {find_month_name(text, language) for language in ("", "pl", "hr", "cs")}
    return [moment for found in readings - {None} for moment in _read_month(*found)]


def _read_month(year, month, day, hours):
    year = int(year) + (2000 if len(year) == 2 and int(year) < 70 else 0)
    year += 1900 if year < 100 else 0
    clock = re.match(r"(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?\s*([ap]\.?m)?", hours, re.I)
    try:
        moment = _with_time(
            date(year, month, int(day)), *(clock.groups() if clock else [None] * 4)
        )
    except ValueError:
        return []
    # As mail has it: Tue, 4 Mar 2025 10:00:00 +0100
    offset = clock and re.search(r"(?:([+-])(\d\d):?(\d\d)|Z|GMT|UTC)$", hours.strip())
    if not offset or not isinstance(moment, datetime):
        return [moment]
    minutes = int(offset[2] or 0) * 60 + int(offset[3] or 0)
    shift = timedelta(minutes=-minutes if offset[1] == "-" else minutes)
    return [moment.replace(tzinfo=timezone(shift))]


def _with_time(day, hour, minute, second, half):
    if hour is None:
        return day
    hours = int(hour) % 12 + (12 if half[0] in "pP" else 0) if half else int(hour)
    if hours > 23:
        return day
    return datetime.combine(day, time(hours, int(minute), int(second or 0)))


def has_day(value, found, zone):
    """Tell whether a day is the one written, or the instant's in the zone of the source."""
    for moment in read_moments(value):
        if not isinstance(moment, datetime):
            if moment == found:
                return True
        elif moment.date() == found or (
            moment.tzinfo and moment.astimezone(zone).date() == found
        ):
            return True
    return False


def has_written_instant(value, folded, zone):
    """Tell whether a text names an instant as people there write it; a midnight as a day.

    >>> from zoneinfo import ZoneInfo
    >>> berlin = ZoneInfo("Europe/Berlin")
    >>> has_written_instant("2025-03-01T10:00:00Z", "sent: 2025-03-01 11:00", berlin)
    True
    >>> has_written_instant("2025-03-01T10:00:00Z", "sent: 2025-03-01 10:00", berlin)
    False
    """
    if not isinstance(value, str) or not re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d", value):
        return False
    for moment in read_moments(value):
        if not isinstance(moment, datetime):
            continue
        forms = {moment} | ({moment.astimezone(zone)} if moment.tzinfo else set())
        days = {f"{m:%Y-%m-%d}" for m in forms if m.time() == time()}
        local = moment.astimezone(zone) if moment.tzinfo else moment
        if any(has_text(form, folded) for form in days | {f"{local:%Y-%m-%d %H:%M}"}):
            return True
    return False


def has_instant(value, found, zone, seconds=1):
    """Tell whether a naive UTC datetime is the instant; a bare day need only agree.

    Without an offset the text is in ``zone``; ``seconds``: how far apart both may be.
    """
    for moment in read_moments(value):
        if not isinstance(moment, datetime):
            local = found.replace(tzinfo=timezone.utc).astimezone(zone)
            if moment in (found.date(), local.date()):
                return True
            continue
        if not moment.tzinfo:
            moment = moment.replace(tzinfo=zone)
        instant = moment.astimezone(timezone.utc).replace(tzinfo=None)
        if abs(instant - found) <= timedelta(seconds=seconds):
            return True
    return False


def read_time(value):
    """Return the time of day that a value is, None where it is anything else.

    >>> read_time("2:30 PM"), read_time("14:30:00"), read_time("2025-04-21")
    (datetime.time(14, 30), datetime.time(14, 30), None)
    """
    found = re.fullmatch(
        r"(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*([ap]\.?m\.?)?",
        str(value).strip(),
        re.I,
    )
    if not found:
        return None
    moment = _with_time(date(2000, 1, 1), *found.groups())
    return moment.time() if isinstance(moment, datetime) else None


def has_time(value, found, zone):
    """Tell whether a naive UTC datetime has this time of day in the zone."""
    wanted = read_time(value)
    local = found.replace(tzinfo=timezone.utc).astimezone(zone)
    return wanted is not None and local.time().replace(microsecond=0) == wanted
