"""How a line is converted once a person has said what it becomes: as a proposal would be.

What was proposed for this very target counts first; then what the source says of the
field; then what is proposed for the same target elsewhere; then the type of the target.
"""

from ...connectors.mapping.ways import OF_TYPE, find_way
from ..words.mapping import PLACES
from .field_kinds import STEPS, normalize

_INSTANTS = (
    *("@created_at", "@updated_at", "@closed_at", "@done_at", "@paid_at", "@at"),
    *("@opt_out_at", "@start"),
)
_AMOUNTS = (
    *("@actual_revenue", "@rate", "@total", "@untaxed", "@paid", "@residual", "@tax"),
    *("@amount_untaxed", "@amount_tax", "@amount_total", "@tax_amount", "@subtotal"),
)
_PLACES = {
    **dict.fromkeys(_INSTANTS, [["datetime", None]]),
    **dict.fromkeys(_AMOUNTS, [["decimal"]]),
    **dict.fromkeys(("@created_by", "@updated_by", "@author"), [["owner"]]),
    **dict.fromkeys(("@opt_out", "@tax_included"), [["boolean"]]),
    "@duration": [["duration", None]],
    "@addresses": [["addresses", ["to"]]],
}
"""Places whose values need no decision → their conversion where nobody says otherwise."""
LINKS = frozenset({"@thread", "@partners", "@files", "@onto", "@bill"})
"""Places that name records of the migration."""
_SEVERAL_LINKS = LINKS - {"@onto", "@bill"}
_TYPE_OF_PLACE = {
    **dict.fromkeys(_INSTANTS, "datetime"),
    **dict.fromkeys(_AMOUNTS, "float"),
    "@note": "html",
}
DECIDED = {
    "@state": ("OUTCOMES", ("open", "won", "lost")),
    "@done": ("PROGRESS", ("open", "done", "cancelled")),
    "@subtype": ("", ("note", "email", "call", "comment")),
    "@event": ("", ("sent", "opened", "clicked", "bounced", "failed")),
}
"""Places with a list of their own: table of words by which it is proposed, its choices."""
_TEXTS = {"char", "text", "html"}
_MAKE_TEXT = {"full_name", "join", "template", "labelled"}
_MAKE_TIME = {"moment", "moment_of_end", "date_and_time"}
_BY_NAME = {"value_map", "lookup", "lookup_by", "lookup_several_by", "split"}
NEVER_CREATED = frozenset(
    {"res.country", "res.currency", "res.lang", "res.company", "crm.recurring.plan"}
)
"""Lists of Odoo that a migration takes as they are."""
NOT_PROPOSED = NEVER_CREATED | {"mail.activity.type", "res.country.state"}
"""Lists that get new entries only where a person says so."""


class Conversion:
    """The conversion of a line for a target.

    :param line: the line, as superuser
    :param target: a field of its model, or a place
    """

    def __init__(self, line, target):
        self.line, self.target = line, target
        self.env = line.env
        self.stream = line.mapping_id.stream_id
        name = target.split("/")[0]
        self.field = self.env[line.model_name]._fields.get(name)
        self.type = self.field.type if self.field else _TYPE_OF_PLACE.get(target)

    def find(self):
        """Return (source paths, steps).

        :raises UserError: nothing of the migration becomes what the target links to
        """
        line = self.line
        paths = line._get_paths()
        if line._get_proposed("target") == self.target and not line.joined_line_ids:
            proposed = line._get_proposed("steps") or []
            return self._get_own_source(), self._with_lists(proposed)
        if len(paths) != 1:
            return line.source_paths or False, self._of_several(paths)
        path = self._get_own_path()
        found = self._of_source(path) or self._of_the_like()
        if found:
            return found[0], self._with_lists(found[1])
        return path, self._of_type()

    def for_one(self):
        """Return the steps by which a text that a part or a choice of fields gives is read.

        What was proposed for the field as a whole does not count.
        """
        path = next(iter(self.line._get_paths()), "")
        found = self._of_source(path) or self._of_the_like()
        if found and found[0] == path:
            return self._with_lists(found[1])
        return self._of_type()

    def get_label(self):
        words = PLACES.get(self.target)
        if words or not self.field:
            return str(self.env._(words)) if words else self.target
        return self.field._description_string(self.env)

    def _get_own_path(self):
        """Return the member that a line takes, also where it takes the first of a list."""
        (path,) = self.line._get_paths()
        return self.line.source if path == f"{self.line.source}.0" else path

    def _get_own_source(self):
        paths = self.line._get_paths()
        return self._get_own_path() if len(paths) == 1 else self.line.source_paths

    # -- where it may be known from ------------------------------------------------

    def _of_source(self, path):
        ways = self.stream.ways
        if not ways:
            return None
        if found := find_way(ways, path, self.target):
            return found
        if self.field is not None and self.field.comodel_name == "res.users":
            return path, [["owner"]]
        if self.type == "many2one":
            streams = self.line._get_streams_of(self.field.comodel_name)
            links = [f"{OF_TYPE}many2one:{name}" for name in streams]
            return find_way(ways, path, *links)
        if self.type in ("many2many", "one2many"):
            if self.field.comodel_name == "res.partner":
                return None
            source, steps = find_way(ways, path, OF_TYPE + "many2many") or (path, None)
            return steps and (source, [*steps, *self.line._get_list_steps(self.field)])
        if self.type == "selection" or not self.type or self.target == "@note":
            return None
        return find_way(ways, path, OF_TYPE + self.type)

    def _of_the_like(self):
        """Return what is proposed for this target elsewhere: a list, a link by id."""
        others = self.line.job_id.mapping_ids.filtered(
            lambda m: m.model_name == self.line.model_name
        ).line_ids
        for other in others - self.line:
            steps = other._get_proposed("steps") or []
            if other._get_proposed("target") != self.target or not steps:
                continue
            plain = len(other._get_paths()) == 1
            if plain and steps[0][0] in _BY_NAME and steps[-1][0] == "value_map":
                return self._get_own_path(), steps
        return None

    def _of_several(self, paths):
        """Return the steps for several fields taken together."""
        steps = self.line.steps or []
        first = steps[0][0] if steps else ""
        if not paths:
            return steps
        if first in _MAKE_TEXT and (self.type in _TEXTS or self.target == "@note"):
            return steps
        if first in _MAKE_TIME and self.type in ("date", "datetime"):
            return steps
        if self.target == "@note":
            return [["labelled", [[path] for path in paths]]]
        found = self._of_source(paths[0]) or self._of_the_like()
        return [["coalesce"], *(found[1] if found else self._of_type())]

    def _of_type(self):
        line, field = self.line, self.field
        if field is None:
            return self._of_place()
        if field.comodel_name == "res.users":
            return [["owner"]]
        if field.type == "many2one":
            return line._get_link_steps(field) or line._get_list_steps(field)
        if field.type in ("many2many", "one2many"):
            link = line._get_link_steps(field)
            return link or [["split", ","], *line._get_list_steps(field)]
        if field.type == "selection":
            return line._get_list_steps(field)
        return STEPS.get(field.type, [["strip"]])

    def _of_place(self):
        if self.target in LINKS:
            stream = self.line._guess_stream(None)
            if self.target in _SEVERAL_LINKS:
                return [["lookup_all", stream, ""]]
            return [["lookup", stream]]
        if self.target == "@note":
            return [["labelled", [[self.line.source_label or self.line.source]]]]
        if self.target in DECIDED:
            words, choices = DECIDED[self.target]
            return self.line._get_choice_steps(self.target, words, choices)
        return _PLACES.get(self.target, [["strip"]])

    def _with_lists(self, steps):
        """Return the steps, and see to the lists that they name."""
        described = (self.stream.ways or {}).get("lists", {})
        job = self.line.job_id
        lists = list(job.value_lists or [])
        known = {item["name"] for item in lists}
        for name, *arguments in steps:
            if name == "value_map" and arguments[0] not in known:
                if arguments[0] in described:
                    lists.append(described[arguments[0]])
                    job.value_lists = lists
        return steps


def steps_for_type(stream, path, kind, otherwise):
    """Return how a field is read as a type of Odoo, by what its source says of it."""
    found = find_way(stream.ways, path, OF_TYPE + (kind or ""))
    return found[1] if found and found[0] == path else otherwise


def is_named_after(path, stream):
    """Tell whether a member is called after an object: ``company_id`` after ``companies``.

    >>> is_named_after("company_id", "companies"), is_named_after("owner", "deals")
    (True, False)
    """
    own = normalize(path.split(".")[0]).removesuffix("id")
    return bool(own) and normalize(stream).startswith(own[:-1] or own)
