"""The columns of a table, looked for by what they can be called and by what they hold."""

from .evidence import fits
from .names import id_of_untouchable, names_of_columns, squeeze
from .zones import zone_of

# Objects that only hold together what belongs to the record itself.
CONTAINERS = {"properties", "fields", "attributes", "values", "address"}
# Targets that say the same in different ways: they may be filled by one column.
_FAMILIES = (
    {"partner_id", "contact_name", "partner_name", "parent_id", "company_name", "name"},
    {"@thread"},
    {"start", "stop", "allday", "@duration"},
    {"date", "@created_at"},
    {"stage_id", "@state"},
    {"expected_revenue", "@currency"},
    {"email", "login", "email_from"},
    {"name", "email"},
    {"@author", "@created_by", "user_id"},
    {"@done", "@done_at"},
)


def usual_zone(columns):
    """Return the zone in which the file's dialect writes instants, None of no other."""
    zones = (column.habit.zone for column in columns.values() if column.habit)
    return next(filter(None, zones), None)


def names_by_habit(columns):
    """Return what columns mean in the file's dialect: squeezed name → columns.

    >>> names_by_habit({})
    {}
    """
    found = {}
    for name, column in columns.items():
        if column.habit and column.habit.means:
            found.setdefault(squeeze(column.habit.means), []).append(name)
    return found


class Columns:
    """Finds columns for the fields of a template; each serves one purpose."""

    def __init__(self, columns, known=None, rows=()):
        self.all = columns
        self.known = known
        self.rows = rows
        self.zone = usual_zone(columns)
        self._names = self._find_names()
        self._taken = {}

    def _find_names(self):
        """Return squeezed name → columns: what the dialect says stands before the rest."""
        told = {n for n, c in self.all.items() if c.habit and c.habit.means is not None}
        names = names_by_habit(self.all)
        for key, columns in names_of_columns(self._headers(), self.known).items():
            others = [name for name in columns if name not in told]
            names[key] = names.get(key, []) + others
        return names

    def _headers(self):
        """Return what the columns are headed by: what is nearer to the top comes first.

        ``company.name`` is a company name; the ``name`` of ``properties`` just a name.
        """
        _known, hidden = id_of_untouchable(list(self.all))
        headers = {}
        for column in sorted(self.all.values(), key=lambda c: c.name.count(".")):
            # What Dynamics hides in the first column is the id, and nothing besides.
            if column.shape != "object" and column.name != hidden:
                first, _dot, rest = column.name.partition(".")
                inside = column.nested and first in CONTAINERS
                own = rest if inside else column.name
                headers[column.name] = column.headed or own
        return headers

    def named(self, names):
        """Yield the columns of these names, the likeliest first."""
        seen = set()
        for name in names:
            for found in self._names.get(squeeze(name), ()):
                if found not in seen:
                    seen.add(found)
                    yield name, self.all[found]

    def find(self, item, names=None):
        """Return the first column for a field that is free and holds what it takes.

        One that holds anything comes before one that was never filled in; what formulas
        that nobody has computed would say is not said by a lesser column.
        """
        empty = None
        for name, column in self.named(item.source if names is None else names):
            if self.is_free(column, item.target) and fits(item, column, name):
                if column.values or column.kind != "char" or column.shape:
                    return column
                if column.uncomputed:
                    return column
                empty = empty or column
        return empty

    def is_free(self, column, target):
        taken = self._taken.get(column.name)
        return not taken or any({taken, target} <= family for family in _FAMILIES)

    def is_used(self, name):
        """Tell whether a column serves a purpose, or the dialect says that it serves none."""
        column = self.all.get(name)
        told = column is not None and column.habit and column.habit.means == ""
        return name in self._taken or bool(told)

    def take(self, target, source):
        for name in (source,) if isinstance(source, str) else source or ():
            base = name.removesuffix(".0")
            self._taken.setdefault(base if base in self.all else name, target)

    def zone_of(self, column):
        return zone_of(column.name) or self.zone

    def mark_of(self, column):
        """Return the decimal mark of a column, empty where each value must show its own."""
        # An amount beside a currency shows what its dot is for: "500.000 ₫".
        open_ = column.doubtful == "ambiguous_numbers" and column.kind == "monetary"
        return "" if open_ else column.decimal_mark
