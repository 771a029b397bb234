"""Series of meetings: a column with a rule (RFC 5545), beside each meeting that it is of.

Zoho has it in ``Recurring_Activity`` (its developers' "Kaizen #8"), Salesforce in
``Recurrence2PatternText`` of a series and of each of its meetings, told apart by
``ActivityRecurrence2Id`` (Change Data Capture Developer Guide, *Recurring Calendar Events*).
"""

import hashlib
import re
from dataclasses import replace

from ..core.recurrences import plain_rule
from ..core.sentences import _lt
from ..core.source import Record
from ..mapping.apply import get_value
from ..mapping.values import as_key, is_blank
from ..mapping.vocabulary import Step, field, mapping, split
from .columns import Columns
from .columns_work import START_DAY, START_TIME, SUBJECT, WHEN
from .evidence import share, texts_of
from .streams import unique_names

RULE = (
    *("rrule", "recurrence rule", "recurring rule", "repeat rule", "recurrence"),
    *("recurring activity", "recurring activity rrule", "recurrence2 pattern text"),
    *("recurrence 2 pattern text", "recurrence pattern", "repeat", "repetition"),
)
SERIES_ID = (
    *("series id", "recurring event id", "recurrence id", "recurrence activity id"),
    *("activity recurrence2 id", "activity recurrence 2 id", "recurring id"),
    *("repeat parent id", "recurrence parent id", "recurring series id"),
)
APART = ("recurrence exceptions", "exdate", "exdates", "excluded dates")
SERIES = "_series"
"""Member of a meeting: the series that it is of."""
_TIME = re.compile(r"\b\d{1,2}:\d\d")
SERIES_LABEL = _lt("Series of meetings")
_TOLD = _lt("told by the series that the meeting is of")


class Series:
    """Finds the series of a row of meetings.

    :param name: the stream of the series
    :param columns: the ``Column``s of the meetings by name
    """

    def __init__(self, name, columns):
        self.name = name
        found = Columns(columns, "meetings")
        self.rule = next(
            (c.name for _n, c in found.named(RULE) if texts_of(c) and _is_rule(c)), None
        )
        ids = (c.name for _n, c in found.named(SERIES_ID) if texts_of(c))
        self.key = next(ids, None) if self.rule else None
        apart = (c.name for _n, c in found.named(APART) if texts_of(c))
        self.apart = next(apart, None)
        self._same = [
            next((c.name for _n, c in found.named(names)), None)
            for names in (SUBJECT, (*WHEN, *START_DAY), START_TIME)
        ]

    def find(self, values):
        """Return (id, rule) of the series of a row, None where it is of none.

        Without ids of series those meetings are of one that have the rule, the subject
        and the time of day in common.
        """
        rule = plain_rule(get_value(values, self.rule))
        if not rule:
            return None
        if self.key and not is_blank(key := get_value(values, self.key)):
            return as_key(key), rule
        subject, *moments = (n and get_value(values, n) for n in self._same)
        times = [_TIME.findall(str(moment or "")) for moment in moments]
        text = repr((rule, str(subject or "").strip(), times))
        digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8)
        return digest.hexdigest(), rule

    def add_to(self, values):
        """Return the values of a row with its series, and the ``Record`` of that or None."""
        found = self.find(values)
        if not found:
            return values, None
        key, rule = found
        start = {n: values.get(n) for n in self._same[1:] if n and n in values}
        if self.apart and not is_blank(values.get(self.apart)):
            start["except"] = values[self.apart]
        record = Record(self.name, key, {**start, "id": key, "rule": rule})
        return {**values, SERIES: key}, record


def _is_rule(column):
    return share(column, plain_rule) > 0.5


def find_series(group, names):
    """Return the ``Series`` of a group of meetings, None where no column has their rules.

    :param names: streams that are there already
    """
    if group.known != "meetings":
        return None
    name = unique_names([*names, f"{group.name}_series"])[-1]
    found = Series(name, group.columns)
    return found if found.rule else None


def without_series(names, group):
    """Return the streams that must be read before: series come along with their meetings."""
    return tuple(n for n in names if not group.series or n != group.series.name)


def refer_to_series(item, series):
    """Return the mappings of meetings: their series, then each with the one it is of.

    :param item: mapping of the meetings
    """
    name = series.name
    start = next((each for each in item.fields if each.target == "start"), None)
    fields = [field("@rule", "rule", Step("strip"), required=True)]
    if start:
        fields.append(replace(start, target="@start", required=False))
    if series.apart:
        fields.append(field("@except", "except", split(",")))
    own = mapping(name, "calendar.recurrence", *fields, ignored={"id": _TOLD})
    link = field("recurrence_id", SERIES, Step("lookup", (name,)))
    own_columns = filter(None, (series.rule, series.key, series.apart))
    told = dict.fromkeys(own_columns, _TOLD)
    meetings = replace(
        item,
        fields=(*(f for f in item.fields if f.source not in told), link),
        after=tuple(dict.fromkeys((*item.after, name))),
        ignored={**item.ignored, **told},
    )
    return own, meetings
