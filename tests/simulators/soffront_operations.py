"""What the operations of the Soffront simulator answer, as its reference describes them."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from .soffront_query import UNESCAPES, Refused

ZONE = "America/New_York"
"""Where the server stands: its times are local ones, and mostly do not say so."""
_STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


class Operations:
    """Answers ``Object`` of one call; the caller has proven who they are.

    :param simulator: its switches decide how the server behaves
    :param user: may be limited to some objects, or to some rows
    """

    def __init__(self, simulator, user):
        self.simulator = simulator
        self.customer = simulator.customer
        self.user = user

    def find(self, asked):
        name = self._readable(asked["objectName"])
        page, size = _number(asked["pageNumb"]), _number(asked["pageSize"])
        order = (
            f"{asked.get('sortColumn') or 'FormID'} {asked.get('sortOrdr') or 'ASC'}"
        )
        condition = self._condition(asked, "find")
        if self.simulator.refuses and self.simulator.refuses in condition:
            raise Refused(9, "Incorrect syntax near 'in'.")
        if self.simulator.ignores_condition:
            condition = ""
        if "rowcount" in asked:
            size = _number(asked["rowcount"]) or size
        offset = _number(asked.get("startrow", 0)) or max(page - 1, 0) * size
        return self._rows(name, asked["fieldsName"], condition, order, size, offset)

    def findrelated(self, asked):
        parent = self._readable(asked["ParentobjectName"])
        child = self._readable(asked["childObjectName"])
        linked = self.customer.linked(parent, _number(asked["ParentId"]), child)
        condition = f"FormID in ({', '.join(map(str, linked)) or 'NULL'})"
        if own := self._joined(child, self._condition(asked, "findrelated")):
            condition += f" and ({own})"
        page, size = _number(asked["PageNo"]), _number(asked["PageSize"])
        order = asked.get("OrderBy") or ""
        offset = max(page - 1, 0) * size
        return self._rows(
            child, asked["childfieldsName"], condition, order, size, offset
        )

    def _rows(self, name, fields, condition, order, size, offset):
        if visible := self.user.get("only"):
            condition = f"{visible} and ({condition or '1 = 1'})"
        if self.simulator.ignores_sort:
            order = "FormID % 7"
        limit = min(size or self.simulator.cap, self.simulator.cap)
        if fixed := self.simulator.ignores_size:
            limit = fixed
        tables = self.customer.tables
        found = tables.select(name, fields, condition, order, limit, offset)
        answer = {"RESULTS": [self._on_wire(row, n) for n, row in enumerate(found)]}
        if self.simulator.tells_total:
            total = tables.count(name, condition)
            answer["TOTALRECORDS"] = total + self.simulator.adds_to_total
        return answer

    def _joined(self, child, condition):
        """Return a condition on linked rows; the link table has some columns as well."""
        for name in self.simulator.link_tables_have if condition else ():
            if found := re.search(rf"(?<![\w.]){name}\b", condition, re.IGNORECASE):
                raise Refused(9, f"Ambiguous column name '{found[0]}'.")
        return condition

    def _condition(self, asked, operation):
        text = asked.get("condition") or ""
        return UNESCAPES[self.simulator.escapes[operation]](text)

    def _readable(self, text):
        name = self.customer.tables.name_of(str(text).split(":")[0])
        if name in self.user.get("denied", ()):
            raise Refused(7, f"You do not have the privilege to view {name}.")
        return name

    # Members and values as they look from outside

    def _on_wire(self, row, number):
        return {
            self._spelled(name, number): self._value(name, value)
            for name, value in row.items()
        }

    def _spelled(self, name, number):
        if not self.simulator.mixes_case:
            return name
        return (name, name.upper(), name.lower(), name.title())[number % 4]

    def _value(self, name, value):
        if isinstance(value, str) and _STAMP.fullmatch(value):
            return _dated(value, self.simulator.date_styles.get(name, "iso"))
        if self.simulator.numbers_as_text and isinstance(value, int | float):
            return str(value)
        return value

    # Describing

    def fields(self, asked):
        name = self._readable(asked["objectName"])
        return [{"FORMNAME": name, **row} for row in self.customer.forms.get(name, ())]

    def fieldvalue(self, asked):
        name = self._readable(asked["ObjectName"])
        key = (name, asked["FieldName"], asked.get("ParentFieldValue"))
        return self.customer.values.get(key, "")

    def cpallforms(self, _asked):
        names = [{"Name": n, "DisplayName": f"{n}s"} for n in self.customer.forms]
        return [*names, {"Name": "Ticket:CPSubmit", "DisplayName": "Submit a ticket"}]

    def multiplerecordcount(self, asked):
        counts = []
        for item in asked:
            parent = self._readable(item["OBJECTNAME"])
            child = self._readable(item["CHILDOBJECTNAME"])
            linked = self.customer.linked(parent, _number(item["RECORDID"]), child)
            condition = f"FormID in ({', '.join(map(str, linked)) or 'NULL'})"
            if own := self._joined(child, item.get("WHERECONDITION")):
                condition += f" and ({own})"
            counts.append(self.customer.tables.count(child, condition))
        return counts

    def audittrail(self, asked):
        key = (self._readable(asked["objectName"]), _number(asked["RecordId"]))
        return self.customer.audit.get(key, "")


def _dated(text, style):
    moment = datetime.fromisoformat(text)
    if style == "us":
        hour = moment.hour % 12 or 12
        day = f"{moment.month}/{moment.day}/{moment.year}"
        return f"{day} {hour}:{moment:%M:%S %p}"
    if style == "ms":
        stamp = moment.replace(tzinfo=ZoneInfo(ZONE)).timestamp()
        return f"/Date({int(stamp * 1000)})/"
    return text if style == "text" else text.replace(" ", "T")


def _number(text):
    try:
        return int(str(text))
    except ValueError:
        raise Refused(2, "Input string was not in a correct format.") from None
