"""Lists and single rows of the simulated Web API: paging, expanding, change tracking."""

import re
import xml.etree.ElementTree as ElementTree
from urllib.parse import quote

from .opex365_organization import sql_order
from .opex365_query import (
    BAD_QUERY,
    Filter,
    Refused,
    expands_of,
    order_of,
    parse_options,
    select_of,
)
from .opex365_schema import Table
from .opex365_wire import Wire

MAX_ROWS = 5000
_PREFERENCE = re.compile(r'([\w.\-]+)(?:=(?:"([^"]*)"|([^,;\s]+)))?')


def preferences(header):
    """Return the preferences of a ``Prefer`` header by name."""
    return {
        found[1]: found[2] if found[2] is not None else found[3] or ""
        for found in _PREFERENCE.finditer(header or "")
    }


def same_bytes(text):
    """Return a query string with its escapes in one case, as clients may write them."""
    return re.sub(r"%[0-9a-fA-F]{2}", lambda found: found[0].upper(), text)


class Lists:
    """Answers for one request.

    simulator: whose organization, secured columns and issued links are used
    """

    def __init__(self, simulator, request):
        self.sim = simulator
        self.org = simulator.org
        self.root = f"{request.host_url.rstrip('/')}{simulator.root}"
        self.path = request.path
        self.query = request.environ.get("QUERY_STRING", "")
        self.preferences = preferences(request.headers.get("Prefer"))
        self.annotations = self.preferences.get("odata.include-annotations", "")
        self.wire = Wire(self.org, self.annotations, simulator.hidden_columns)
        self.applied = []
        self._indexes = {}
        self._page_number = 1

    # -- a list ------------------------------------------------------------------

    def collection(self, table, rows=None, after=None):
        """Return the body of a list.

        rows: those of a navigation property; without it the whole table
        """
        options = parse_options(self.query)
        if "fetchXml" in options:
            return self._fetch(table, options["fetchXml"])
        if "$deltatoken" in options:
            return self._changes(table, options)
        tracked = "odata.track-changes" in self.preferences
        if tracked:
            self._check_tracking(table, options)
        state = self._resume(options)
        if "$apply" in options:
            return self._apply(table, options["$apply"])
        properties = select_of(table, options.get("$select"))
        self._refuse_secured(table, properties)
        expands = expands_of(options.get("$expand"))
        found = list(self.org.rows(table.name) if rows is None else rows)
        if text := options.get("$filter"):
            found = list(filter(self._filter(table, text), found))
        total = len(found)
        keys = self._sort(table, found, order_of(options.get("$orderby")))
        if state is not None:
            found = [row for row in found if self._key(table, row, keys) > state]
        size = self._size(options)
        more = len(found) > size
        found = found[:size]
        body = {"@odata.context": f"{self.root}$metadata#{table.set_name}({options.get('$select', '')})"}  # fmt: skip
        if self.annotations in ("*",) or "totalrecordcount" in self.annotations:
            body["@Microsoft.Dynamics.CRM.totalrecordcount"] = min(total, MAX_ROWS) if options.get("$count") == "true" else -1  # fmt: skip
            body["@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded"] = total > MAX_ROWS  # fmt: skip
            body["@Microsoft.Dynamics.CRM.globalmetadataversion"] = "7203311"
        if options.get("$count") == "true":
            body["@odata.count"] = min(total, MAX_ROWS)
        body["value"] = [self.one(table, row, properties, expands) for row in found]
        if more and ("$top" not in options or "odata.maxpagesize" in self.preferences):
            body["@odata.nextLink"] = self._next_link(table, found, keys)
        elif tracked:
            body["@odata.deltaLink"] = self._delta_link(table, options)
        return body

    def one(self, table, row, properties, expands):
        nested = {}
        for expand in expands:
            nested.update(self._expand(table, row, expand))
        return self.wire.row(table, row, properties, nested)

    def _refuse_secured(self, table, properties):
        if any((table.name, name) in self.sim.secured_columns for name in properties):
            raise Refused(403, "0x8004f504", "Caller does not have full access to the attribute")  # fmt: skip

    def _size(self, options):
        if "odata.maxpagesize" in self.preferences:
            wanted = int(self.preferences["odata.maxpagesize"])
            self.applied.append(f"odata.maxpagesize={min(wanted, MAX_ROWS)}")
            return max(1, min(wanted, MAX_ROWS))
        return min(int(options.get("$top", MAX_ROWS)), MAX_ROWS)

    # -- paging ------------------------------------------------------------------

    def _sort(self, table, rows, order):
        keys = [(table.by_wire_name[self._known(table, name)], down) for name, down in order]  # fmt: skip
        rows.sort(key=lambda row: self._key(table, row, keys))
        return keys

    def _known(self, table, name):
        if name not in table.by_wire_name:
            raise Refused(400, BAD_QUERY, f"Could not find a property named '{name}' on type 'Microsoft.Dynamics.CRM.{table.name}'.")  # fmt: skip
        return name

    def _key(self, table, row, keys):
        values = []
        for column, down in keys:
            value = row.get(column.name)
            value = value[1] if isinstance(value, tuple) else value
            word = (value is not None, str(value).rjust(40) if isinstance(value, int) else str(value))  # fmt: skip
            values.append(_Backwards(word) if down else word)
        return (*values, sql_order(row[table.id]))

    def _resume(self, options):
        """Return the key after which a page begins; refuse a link that was changed."""
        if "$skiptoken" not in options:
            return None
        issued = self.sim.issued_links.get((self.path, same_bytes(self.query)))
        if issued is None:
            raise Refused(400, "0x8004112a", "The paging cookie is invalid")
        self._page_number, key = issued
        return key

    def _next_link(self, table, page, keys):
        first, last = page[0][table.id].upper(), page[-1][table.id].upper()
        number = self._page_number + 1
        cookie = f'<cookie page="{number - 1}"><{table.id} last="{{{last}}}" first="{{{first}}}" /></cookie>'  # fmt: skip
        # XML within XML, each encoded on its own.
        inner = re.sub("%..", lambda found: found[0].lower(), quote(cookie, safe=""))
        token = quote(f'<cookie pagenumber="{number}" pagingcookie="{inner}" istracking="False" />', safe="=/")  # fmt: skip
        kept = [p for p in self.query.split("&") if p and "skiptoken" not in p]
        query = "&".join([*kept, f"$skiptoken={token}"])
        self.sim.issued_links[self.path, same_bytes(query)] = (number, self._key(table, page[-1], keys))  # fmt: skip
        return f"{self.root}{self.path.removeprefix(self.sim.root)}?{query}"

    def _fetch(self, table, text):
        """Answer FetchXML: one table, conditions of equality, pages."""
        try:
            fetch = ElementTree.fromstring(text)
            entity = fetch.find("entity")
            wanted = [(c.get("attribute"), c.get("value")) for c in entity.iter("condition")]  # fmt: skip
        except (ElementTree.ParseError, AttributeError):
            raise Refused(400, "0x80040203", "Invalid FetchXml") from None
        if entity.get("name") != table.name:
            raise Refused(400, "0x80040203", "Entity Name specified in FetchXML does not match")  # fmt: skip
        rows = [
            row
            for row in self.org.rows(table.name)
            if all(str(row.get(name)) == value for name, value in wanted)
        ]
        size = int(fetch.get("count", MAX_ROWS))
        start = (int(fetch.get("page", 1)) - 1) * size
        found = [self.wire.row(table, row, []) for row in rows[start : start + size]]
        return {"@odata.context": f"{self.root}$metadata#{table.set_name}", "value": found}  # fmt: skip

    # -- filters and sums --------------------------------------------------------

    def _filter(self, table, text):
        def value_of(row, path, as_text=False):
            if path.startswith("Microsoft."):
                raise Refused(400, BAD_QUERY, "Function is not supported here")
            navigation, _slash, name = path.rpartition("/")
            if navigation:
                return self._through(table, row, navigation, name)
            # Functions name a lookup by its logical name, comparisons never do.
            column = table.columns.get(path) if as_text else None
            column = column or table.by_wire_name.get(path)
            if column is None or column.attribute_of:
                self._known(table, path)
            value = row.get(column.name) if column else None
            return value[1] if isinstance(value, tuple) else value

        def children_of(row, navigation):
            found = self.org.schema.collection(table, navigation)
            if self.sim.refuses_lambdas or not found:
                raise Refused(400, BAD_QUERY, f"Could not find a property named '{navigation}'")  # fmt: skip
            other, column = found

            def value_of_child(child, name):
                return child.get(other.by_wire_name[self._known(other, name)].name)

            rows = self._children(other, column).get(row.get(table.id), ())
            return rows, value_of_child

        return Filter(text, value_of, children_of)

    def _through(self, table, row, navigation, name):
        found = self.org.schema.single(table, navigation)
        if not found:
            self._known(table, f"{navigation}/{name}")
        column, target = found
        other = self.org.schema.tables[target]
        self._known(other, name)
        value = row.get(column.name)
        parent = self.org.tables[target].get(value[1]) if value else None
        found = parent.get(other.by_wire_name[name].name) if parent else None
        return found[1] if isinstance(found, tuple) else found

    def _apply(self, table, text):
        rows = self.org.rows(table.name)
        filtered = re.match(r"filter\((.*)\)/(?=aggregate|groupby)", text)
        if filtered:
            rows = list(filter(self._filter(table, filtered[1]), rows))
            text = text[filtered.end() :]
        if len(rows) > self.sim.aggregate_limit:
            raise Refused(400, "0x8004e023", "The maximum record limit is exceeded. Reduce the number of records.")  # fmt: skip
        if found := re.fullmatch(r"aggregate\(\$count as (\w+)\)", text):
            return {"value": [{found[1]: len(rows)}]}
        found = re.fullmatch(r"groupby\(\((\w+)\),aggregate\(\$count as (\w+)\)\)", text)  # fmt: skip
        if not found:
            raise Refused(400, BAD_QUERY, "The $apply expression is not supported")
        column, groups = table.by_wire_name[self._known(table, found[1])], {}
        for row in rows:
            value = row.get(column.name)
            value = value[1] if isinstance(value, tuple) else value
            groups[value] = groups.get(value, 0) + 1
        return {"value": [{**({} if value is None else {found[1]: value}), found[2]: n} for value, n in groups.items()]}  # fmt: skip

    def count(self, table):
        options = parse_options(self.query)
        rows = self.org.rows(table.name)
        if text := options.get("$filter"):
            rows = list(filter(self._filter(table, text), rows))
        return min(len(rows), MAX_ROWS)

    # -- expanding ---------------------------------------------------------------

    def _expand(self, table, row, expand):
        schema, name = self.org.schema, expand.name
        self._refuse_unreadable(table, name)
        if found := schema.single(table, name):
            column, target = found
            value = row.get(column.name)
            if column.kind == "O":
                target = value[0] if value else target
            other = schema.tables[target]
            inner = self.org.tables[target].get(value[1]) if value and value[0] == target else None  # fmt: skip
            if value and value[0] == "activitypointer" == target:
                inner = self.org.tables[target].get(value[1])
            return {name: inner and self._child(other, inner, expand)}
        if found := schema.collection(table, name):
            other, column = found
            rows = self._children(other, column).get(row[table.id], [])
        elif found := schema.many(table, name):
            relation, other = found
            rows = self.linked(relation, table, row, other)
        else:
            raise Refused(400, BAD_QUERY, f"Could not find a property named '{name}' on type 'Microsoft.Dynamics.CRM.{table.name}'.")  # fmt: skip
        if text := expand.options.get("$filter"):
            rows = list(filter(self._filter(other, text), rows))
        select = expand.options.get("$select", "")
        link = f"{self.root}{table.set_name}({row[table.id]})/{name}?$select={select}"
        return {
            name: [self._child(other, r, expand) for r in rows[:MAX_ROWS]],
            f"{name}@odata.nextLink": link,
        }

    def _refuse_unreadable(self, table, navigation):
        if not self.sim.unreadable:
            return
        schema = self.org.schema
        ends = [schema.collection(table, navigation), schema.many(table, navigation)]
        names = {end.name for pair in ends if pair for end in pair if isinstance(end, Table)}  # fmt: skip
        if names & self.sim.unreadable:
            raise Refused(403, "0x80040220", f"Principal user is missing prvRead for {navigation}")  # fmt: skip

    def _children(self, table, column):
        """Return the rows of a table by the id that a lookup of theirs holds."""
        place = (table.name, column.name)
        if place not in self._indexes:
            index = self._indexes[place] = {}
            for row in self.org.rows(table.name):
                if row.get(column.name):
                    index.setdefault(row[column.name][1], []).append(row)
        return self._indexes[place]

    def _child(self, table, row, expand):
        properties = select_of(table, expand.options.get("$select"))
        return self.one(table, row, properties, expands_of(expand.options.get("$expand")))  # fmt: skip

    def linked(self, relation, table, row, other):
        key = row[table.id]
        ids = {
            b if a == key else a
            for a, b in self.org.links.get(relation, ())
            if key in (a, b)
        }
        return [r for r in self.org.rows(other.name) if r[other.id] in ids]

    # -- change tracking ---------------------------------------------------------

    def _check_tracking(self, table, options):
        if not table.is_tracked or table.name in self.sim.untracked:
            raise Refused(400, "0x80072491", f"Change tracking is not enabled for {table.name}")  # fmt: skip
        if {"$filter", "$orderby", "$expand", "$top"} & set(options):
            raise Refused(400, BAD_QUERY, "This option is not allowed with odata.track-changes")  # fmt: skip
        self.applied.append("odata.track-changes")

    def _delta_link(self, table, options):
        stamp = quote(f"{self.org.version}!03/05/2025 08:00:09", safe="").lower()
        select = f"$select={options['$select']}&" if options.get("$select") else ""
        return f"{self.root}{table.set_name}?{select}$deltatoken={stamp}"

    def _changes(self, table, options):
        version = int(options["$deltatoken"].split("!")[0])
        if version < self.sim.expired_before:
            raise Refused(400, "0x80044352", "The change tracking stamp has expired")
        properties = select_of(table, options.get("$select"))
        rows = [r for r in self.org.rows(table.name) if r["versionnumber"] > version]
        context = f"{self.root}$metadata#{table.set_name}"
        gone = [
            {
                "@odata.context": f"{context}/$deletedEntity",
                "id": key,
                "reason": "deleted",
            }  # fmt: skip
            for stamp, name, key in self.org.deleted
            if name == table.name and stamp > version
        ]
        return {
            "@odata.context": f"{context}/$delta",
            "@odata.deltaLink": self._delta_link(table, options),
            "value": [self.wire.row(table, row, properties) for row in rows] + gone,
        }


class _Backwards:
    """Sorts the other way round."""

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        return other.value < self.value

    def __gt__(self, other):
        return other.value > self.value

    def __eq__(self, other):
        return self.value == other.value
