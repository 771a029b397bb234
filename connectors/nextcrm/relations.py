"""Give the rows of a page what other tables say of them, a statement or two per page.

What is added begins with an underscore; what the row itself says is never changed.
"""

from .dates import mark_days
from .enrich import COMPLETIONS
from .query import quoted
from .streams import TABLES
from .tables import SOFT

NAMES = {
    "crm_Accounts": ("name",),
    "crm_Contacts": ("first_name", "last_name"),
    "crm_Leads": ("firstName", "lastName", "company"),
    "crm_Opportunities": ("name",),
    "crm_Targets": ("first_name", "last_name", "company"),
    "crm_TargetLists": ("name",),
    "crm_Contracts": ("title",),
    "crm_campaigns": ("name",),
    "crm_campaign_steps": ("subject",),
    "Boards": ("title",),
}
"""Columns that together name a row."""
BINNED = {table.name: table.binned for table in TABLES.values()}


class Relations:
    """Completes rows within one snapshot; small tables are read once."""

    def __init__(self, database, catalog, *, closed_means="auto"):
        self.database, self.catalog = database, catalog
        self.closed_means = closed_means
        self.kept = {}
        self._names = {}
        self._parents = None

    def complete(self, stream, rows):
        """Add to the rows of a stream what belongs to them."""
        mark_days(stream, rows)
        if rows and (completion := COMPLETIONS.get(stream)):
            completion(self, rows)

    # -- tools ------------------------------------------------------------------

    def find(self, sql, ids, **values):
        """Return the objects of a statement that takes ``%(ids)s``, none for no ids."""
        values["ids"] = sorted({str(each) for each in ids if each})
        return self.database.fetch_json(sql, values) if values["ids"] else []

    def live(self, table, ids):
        """Return those of the ids that stand for a row that is not deleted."""
        return set(self.live_rows(table, ids))

    def live_rows(self, table, ids, *members):
        """Return ``{id: row}`` of those rows that are not deleted, with these members."""
        if not self.catalog.has(table, "id"):
            return {}
        names = [name for name in members if self.catalog.has(table, name)]
        listed = ", ".join(map(quoted, ("id", *names)))
        sql = f"""SELECT {listed} FROM {quoted(table)} AS t
                   WHERE id = ANY(%(ids)s::uuid[]) AND {self.is_live(table)}"""
        return {row["id"]: row for row in self.find(sql, ids)}

    def gone(self, table, ids, alive=()):
        """Return ``{id: name}`` of those rows that are in the bin: they are not read.

        Of a row that was deleted for good nothing is left but its id.

        :param alive: ids that need not be asked for
        """
        ids = set(ids) - set(alive)
        names = [n for n in NAMES.get(table, ()) if self.catalog.has(table, n)]
        if not names or not self.catalog.has(table, "id"):
            return {}
        listed = ", ".join(f"t.{quoted(name)}" for name in names)
        sql = f"""SELECT id, concat_ws(' ', {listed}) AS name FROM {quoted(table)} AS t
                   WHERE id = ANY(%(ids)s::uuid[]) AND NOT ({self.is_live(table)})"""
        return {row["id"]: row["name"].strip() or "?" for row in self.find(sql, ids)}

    def is_live(self, table):
        """Return the condition for rows of ``table`` AS t that are not deleted."""
        conditions = [
            f"({condition.format(t='t')}) IS NOT TRUE"
            for column, condition in BINNED.get(table, SOFT)
            if self.catalog.has(table, column)
        ]
        return " AND ".join(conditions) or "true"

    def names(self, table):
        """Return ``{id: name}`` of a lookup table."""
        if table not in self._names:
            rows = []
            if self.catalog.has(table, "id", "name"):
                rows = self.database.fetch_json(f"SELECT id, name FROM {quoted(table)}")
            self._names[table] = {row["id"]: row["name"] for row in rows}
        return self._names[table]

    def grouped(self, table, member, other, ids):
        """Return ``{member: [other, …]}`` of a join table, in a fixed order."""
        if not self.catalog.has(table, member, other):
            return {}
        sql = f"""SELECT {quoted(member)} AS one,
                         array_agg(DISTINCT {quoted(other)}::text) AS others
                    FROM {quoted(table)} WHERE {quoted(member)} = ANY(%(ids)s::uuid[])
                   GROUP BY 1"""
        return {row["one"]: row["others"] for row in self.find(sql, ids)}

    def parents(self):
        """Return ``{company: parent}``, told by its name: one of that name, no circle."""
        if self._parents is None:
            rows = self.database.fetch(
                f"""SELECT c.id::text, p.id FROM "crm_Accounts" AS c JOIN (
                        SELECT min(id::text) AS id, lower(btrim(name)) AS name
                          FROM "crm_Accounts" AS t
                         WHERE btrim(name) <> '' AND {self.is_live("crm_Accounts")}
                         GROUP BY 2 HAVING count(*) = 1
                    ) AS p ON p.name = lower(btrim(c.member_of))
                    WHERE c.id::text <> p.id""",
                stream="companies",
            )
            self._parents = without_circles(dict(rows))
        return self._parents


def without_circles(parents):
    """Return the links of which none leads back to where it starts.

    >>> without_circles({"a": "b", "b": "a", "c": "a", "d": "c"})
    {'c': 'a', 'd': 'c'}
    """
    in_circle = set()
    for start in parents:
        way, here = [], start
        while here in parents and here not in way and here not in in_circle:
            way.append(here)
            here = parents[here]
        if here in way:
            in_circle.update(way[way.index(here) :])
    return {
        child: parent for child, parent in parents.items() if child not in in_circle
    }
