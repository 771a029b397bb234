"""Series of appointments: the rule that their master row has, in words of iCalendar.

Columns and codes of ``recurringappointmentmaster`` as Microsoft's reference of the table has
them. The instances are appointments of their own, each with its instants: which of them
were moved or taken out needs no rule.
"""

from ..core.recurrences import WORKDAYS, days_of_mask, make_rule

DAILY, WEEKLY, MONTHLY, YEARLY = range(4)
BY_COUNT, BY_DAY = 2, 3
LAST = 5
OVER = (1, 2)
"""Of ``statecode``: completed, canceled."""
INSTANCE = 2


def get_rule(data):
    """Return the rule of a series, None where its row says none.

    >>> get_rule({"recurrencepatterntype": 1, "interval": 1, "daysofweekmask": 2,
    ...           "patternendtype": 1})
    'FREQ=WEEKLY;BYDAY=MO'
    >>> get_rule({"recurrencepatterntype": 2, "interval": 3, "daysofweekmask": 32,
    ...           "instance": 5, "patternendtype": 2, "occurrences": 4})
    'FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR;COUNT=4'

    A series that is completed or canceled does not go on, whatever its rule says:

    >>> get_rule({"recurrencepatterntype": 0, "patternendtype": 1, "statecode": 2,
    ...           "modifiedon": "2025-04-07T08:00:00Z"})
    'FREQ=DAILY;UNTIL=20250407'
    """
    kind, days = (
        data.get("recurrencepatterntype"),
        days_of_mask(_number(data, "daysofweekmask")),
    )
    instance = _number(data, "instance")
    parts = {}
    if data.get("isweekdaypattern"):
        kind, days = WEEKLY, list(WORKDAYS)
    if kind in (MONTHLY, YEARLY) and instance and days:
        place = -1 if instance == LAST else instance
        if len(days) == 1:
            parts["byday"] = [f"{place}{days[0]}"]
        else:
            parts |= {"byday": days, "bysetpos": place}
    elif kind in (MONTHLY, YEARLY):
        parts["bymonthday"] = _number(data, "dayofmonth")
    elif kind == WEEKLY:
        parts["byday"] = days
    elif kind != DAILY:
        return None
    if kind == YEARLY:
        parts["bymonth"] = _number(data, "monthofyear")
    end, last = data.get("patternendtype"), data.get("patternenddate")
    if data.get("statecode") in OVER and end not in (BY_COUNT, BY_DAY):
        end = BY_DAY
        last = data.get("lastexpandedinstancedate") or data.get("modifiedon")
    return make_rule(
        ("daily", "weekly", "monthly", "yearly")[kind],
        _number(data, "interval") or 1,
        until=last if end == BY_DAY else None,
        count=_number(data, "occurrences") if end == BY_COUNT else None,
        **parts,
    )


def _number(data, name):
    value = data.get(name)
    return value if isinstance(value, int) and value > 0 else None
