"""Conversions of how long something took: hours, from whatever it is written in."""

import re

from .numbers import decimal
from .values import BadValue, as_text, beside, is_blank, transform

HOURS = {
    "hours": 1.0,
    "minutes": 1 / 60,
    "seconds": 1 / 3600,
    "milliseconds": 1 / 3_600_000,
    "days": 24.0,
}
"""What one of each unit is in hours."""
MAX_HOURS = 24 * 366
"""Beyond a year nothing took place: the unit is another one."""
LONGEST = 100
"""Characters of how long something took; more are prose, or worse."""
_ISO = re.compile(
    r"(-)?P(?:([\d.,]+)W)?(?:([\d.,]+)D)?"
    r"(?:T(?:([\d.,]+)H)?(?:([\d.,]+)M)?(?:([\d.,]+)S)?)?",
    re.ASCII | re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:(\d+)[.\s]\s*)?(\d+):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?", re.ASCII)
_HOURS_AND = re.compile(r"(\d+)\s*([^\W\d_]+)\.?\s*(\d{1,2})", re.UNICODE)
"""1 h 30: the minutes need no word behind hours."""
_PART = re.compile(r"([\d.,]+)\s*([^\W\d_]+)\.?", re.UNICODE)
_UNITS = {
    "hours": """
        h hr hrs hour hours std stunde stunden heure heures hora horas ora ore ore uur uren
        godz godzina godziny godzin timme timmar tim time timer tunti tuntia t hodina hodiny
        hodin óra ώρα ώρες час часа часов ч година годин saat sa 小时 時間 시간
    """,
    "minutes": """
        m min mins minute minutes minuten minuto minutos minuti minuut minuta minuty minut
        minuter minuuttia dk dakika perc мин минута минуты минут хв λεπτά 分 分钟 분
    """,
    "seconds": """
        s sec secs second seconds sek sekunde sekunden seconde secondes segundo segundos
        secondo secondi sekunda sekundy sekund sekunder sn saniye mp сек секунд с 秒 초
    """,
    "milliseconds": "ms msec msecs millis millisecond milliseconds millisekunden",
    "days": "d day days tag tage jour jours día días dia dias giorno giorni dag dagen dzień dni gün",
}
UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
"""Word, lower case → unit."""


@transform
def duration(value, unit=None):
    """Return hours. A text may name its units; a bare number is in ``unit``.

    :param unit: a key of ``HOURS``; None: nobody knows, a bare number is asked about

    >>> duration("1:30"), duration("1h 30m"), duration("PT1H30M"), duration("90 min")
    (1.5, 1.5, 1.5, 1.5)
    >>> duration("1 h 30"), duration("2h05"), duration("1 Std. 30")
    (1.5, 2.083333, 1.5)
    >>> duration(3600, "seconds"), duration("0"), duration("1 Std. 15 Min.")
    (1.0, 0.0, 1.25)
    """
    text = as_text(value)
    hours = _written(text)
    if hours is None:
        number = decimal(value)
        if number and unit not in HOURS:
            raise BadValue("ambiguous_duration")
        hours = number * HOURS.get(unit, 0)
    return _usable(hours)


@transform
def duration_of(value, units):
    """Return hours from the parts of a duration, one source per unit.

    >>> duration_of([1, 30], ["hours", "minutes"]), duration_of([None, "15"], ["hours", "minutes"])
    (1.5, 0.25)
    >>> duration_of(["0", "0"], ["hours", "minutes"])
    0.0
    """
    parts = [
        duration(part, unit)
        for part, unit in beside(value, units)
        if not is_blank(part)
    ]
    return _usable(sum(parts)) if parts else None


def _usable(hours):
    if hours < 0 or hours > MAX_HOURS:
        raise BadValue("bad_duration")
    return round(hours, 6)


def _written(text):
    """Return the hours that a text names with its units, None for a bare number."""
    if len(text) > LONGEST:
        return None
    if found := _ISO.fullmatch(text):
        sign, weeks, *parts = found.groups()
        if not weeks and not any(parts):
            raise BadValue("bad_duration")
        units = ("days", "hours", "minutes", "seconds")
        named = [(part, unit) for part, unit in zip(parts, units, strict=True) if part]
        hours = sum(
            decimal(part.replace(",", ".")) * HOURS[unit] for part, unit in named
        )
        hours += decimal(weeks) * 7 * 24 if weeks else 0
        return -hours if sign else hours
    if found := _CLOCK.fullmatch(text):
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return days * 24 + hours + minutes / 60 + seconds / 3600
    if found := _HOURS_AND.fullmatch(text):
        hours, word, minutes = found.groups()
        if UNIT_OF.get(word.lower()) == "hours" and int(minutes) < 60:
            return int(hours) + int(minutes) / 60
    parts = _PART.findall(text)
    if not parts or _PART.sub("", text).strip(" ,&+") not in (
        "",
        "und",
        "and",
        "et",
        "y",
        "e",
    ):
        return None
    if any(word.lower() not in UNIT_OF for _number, word in parts):
        raise BadValue("bad_duration")
    return sum(
        decimal(number.replace(",", ".")) * HOURS[UNIT_OF[word.lower()]]
        for number, word in parts
    )


def unit_of_header(words):
    """Return the unit that the words of a column's name say, None without one.

    >>> unit_of_header("Duration in minutes"), unit_of_header("call duration ms")
    ('minutes', 'milliseconds')
    >>> unit_of_header("Duration"), unit_of_header("Dauer (Std.)"), unit_of_header("Call time")
    (None, 'hours', None)
    """
    found = re.findall(r"[^\W\d_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", words).lower())
    units = [
        UNIT_OF[word]
        for word in found
        if word in UNIT_OF and (len(word) > 2 or word in ("ms", "hr", "sa", "dk"))
        if word not in ("time", "dia", "tim", "ora", "ore")
    ]
    if not units and len(found) > 1 and found[-1] in ("h", "m", "s", "t"):
        units = [UNIT_OF[found[-1]]]
    return units[-1] if units else None
