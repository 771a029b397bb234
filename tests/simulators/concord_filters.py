"""Concord's filters: groups of rules, dates read in the zone of the token's user."""

import operator
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from .concord_company import instant
from .concord_query import Refused

TIMES = {"created_at": "date", "updated_at": "date"}
RULES = {
    # Not for notes and messages.
    "contacts": {
        "first_name": "text", "last_name": "text", "email": "text", "job_title": "text",
        "user_id": "number", "source_id": "number", "country_id": "number",
        "last_contacted_at": "date", **TIMES,
    },
    "companies": {
        "name": "text", "domain": "text", "email": "text", "user_id": "number",
        "industry_id": "number", "source_id": "number", **TIMES,
    },
    "deals": {
        "name": "text", "amount": "number", "status": "text", "pipeline_id": "number",
        "stage_id": "number", "user_id": "number", "expected_close_date": "date",
        "won_date": "date", "lost_date": "date", **TIMES,
    },
    "products": {"name": "text", "sku": "text", "unit_price": "number", **TIMES},
    "activities": {
        "title": "text", "user_id": "number", "activity_type_id": "number", **TIMES,
    },
    "calls": {"user_id": "number", "call_outcome_id": "number", "date": "date", **TIMES},
    "documents": {"title": "text", "status": "text", "user_id": "number", **TIMES},
}  # fmt: skip

WHOLE_DAY = timedelta(days=1, seconds=-1)
COMPARE = {
    "equal": operator.eq,
    "not_equal": operator.ne,
    "less": operator.lt,
    "less_or_equal": operator.le,
    "greater": operator.gt,
    "greater_or_equal": operator.ge,
}
TEXT = {
    "contains": lambda found, wanted: wanted in found,
    "begins_with": lambda found, wanted: found.startswith(wanted),
    "ends_with": lambda found, wanted: found.endswith(wanted),
}
MANY = {"between", "not_between", "in", "not_in"}
OPERATORS = (
    "is", *COMPARE, *MANY, *TEXT, *(f"not_{name}" for name in TEXT), "is_null",
    "is_not_null",
)  # fmt: skip


class Filter:
    """The filters of one request. An unknown rule is dropped without a word."""

    def __init__(self, resource, groups, zone, now):
        """groups: the parsed value of ``filters``; zone: of the user; now: naive UTC"""
        self.rules = RULES.get(resource, {})
        self.zone = ZoneInfo(zone)
        self.now = now
        self.groups = [self._group(group) for group in _items(groups)]

    def accepts(self, row):
        return all(
            (any if condition == "or" else all)(test(row) for test in tests)
            for condition, tests in self.groups
            if tests
        )

    def _group(self, group):
        if not isinstance(group, dict):
            raise _malformed()
        tests = []
        for child in _items(group.get("children")):
            query = child.get("query") if isinstance(child, dict) else None
            if not isinstance(query, dict) or "operator" not in query:
                raise _malformed()
            kind = self.rules.get(query.get("rule"))
            if kind:
                tests.append(self._test(query["rule"], kind, query))
        return group.get("condition", "and"), tests

    def _test(self, column, kind, query):
        name, value = query["operator"], query.get("value")
        if name not in OPERATORS or (name in MANY) != isinstance(value, dict):
            raise _malformed()
        if name in ("is_null", "is_not_null"):
            return lambda row: (row[column] is None) == (name == "is_null")
        if name == "is":
            first, last = self._named_range(value)
            return lambda row: row[column] is not None and first <= row[column] <= last
        if name in MANY:
            wanted = [self._value(kind, one, name) for one in _items(value)]
        else:
            wanted = self._value(kind, value, name)
        return lambda row: _matches(_found(kind, row[column]), name, wanted)

    def _value(self, kind, text, name):
        if kind == "text":
            return text.casefold()
        try:
            if kind == "number":
                return float(text)
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise _malformed()
        if name in ("less_or_equal", "greater"):
            moment += WHOLE_DAY  # they mean whole days
        return self._utc(moment)

    def _utc(self, moment):
        local = moment.replace(tzinfo=self.zone)
        return instant(local.astimezone(timezone.utc))

    def _named_range(self, name):
        day = self.now.replace(tzinfo=timezone.utc).astimezone(self.zone).date()
        days = {"today": (0, 0), "yesterday": (1, 1), "last_7_days": (7, 0), "last_30_days": (30, 0)}  # fmt: skip
        if name not in days:
            raise _malformed()
        first, last = (day - timedelta(days=back) for back in days[name])
        start = datetime.combine(first, time())
        return self._utc(start), self._utc(datetime.combine(last, time.max))


def rules_of(company, resource):
    """Return what ``/{resource}/rules`` lists, tags among the options."""
    kind = {"deals": "deals"}.get(resource, "contacts")
    rules = [
        {"id": name, "type": type_, "label": name.replace("_", " ").title(),
         "operators": list(OPERATORS), "options": _options(company, name)}
        for name, type_ in RULES.get(resource, {}).items()
    ]  # fmt: skip
    tags = [row for row in company.rows("tags") if row["type"] == kind]
    if resource in ("contacts", "companies", "deals"):
        rules.append(
            {"id": "tags", "type": "multi-select", "label": "Tags", "operators": ["in", "not_in"],
             "options": [{"value": tag["id"], "label": tag["name"], "swatch_color": tag["swatch_color"]} for tag in tags]}
        )  # fmt: skip
    return rules


def _options(company, name):
    table = {"stage_id": "pipeline-stages", "source_id": "sources", "user_id": "users"}.get(name)  # fmt: skip
    if not table:
        return []
    return [{"value": row["id"], "label": row["name"]} for row in company.rows(table)]


def _found(kind, value):
    return value.casefold() if kind == "text" and value is not None else value


def _matches(found, name, wanted):
    if found is None:
        return False
    if name in COMPARE:
        return COMPARE[name](found, wanted)
    positive = name.removeprefix("not_")
    if positive == "between":
        result = wanted[0] <= found <= wanted[-1]
    elif positive == "in":
        result = found in wanted
    else:
        result = TEXT[positive](str(found), str(wanted))
    return result == (positive == name)


def _items(tree):
    return list(tree.values()) if isinstance(tree, dict) else []


def _malformed():
    return Refused(400, {"message": "The filter is malformed."})
