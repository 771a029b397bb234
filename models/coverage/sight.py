"""A payload beside what it became, as SQL sees them: members, columns, what is linked."""

from odoo.tools import SQL, html_sanitize

from ..mapping.custom_objects import get_model
from .members import list_values

EMPTY = ("", "[]", "{}")
APART = "\x01"
"""Stands between texts where SQL looks at several of them at once."""
ARGUMENTS = 90
"""Texts that are joined at once: no function takes more than 100."""
_ELEMENT = r"</?[a-zA-Z][\w:-]*(\s[^<>]*|/)?>"
_ENTITIES = {
    "&#34;": '"',
    "&quot;": '"',
    "&#39;": "'",
    "&lt;": "<",
    "&gt;": ">",
    "&nbsp;": " ",
    "&amp;": "&",
}
TEXTS = ("char", "text", "html")
_BEFORE, _BEHIND = html_sanitize("x").split("x")


class Sight:
    """One mapping of an object. The record is ``record``, what its payload says ``said``.

    :param look: a ``Look``, for what was decided
    :param root: the ``Member`` that knows the payloads
    """

    def __init__(self, look, mapping_id, root):
        self.look, self.plan, self.mapping_id = look, look.plan, mapping_id
        self.model_name = self.plan.mappings[mapping_id]
        self.model = get_model(look.env, self.model_name)
        self.fields, self.root = self.model._fields, root
        self.values, self.bounds = list_values(root, self.plan.is_left_alone)
        self.names = {place: f"k{n}" for n, place in enumerate(self.values)}

    # -- the payload -------------------------------------------------------------

    def list_said(self):
        """Return SQL of a column for each value of the payload, as text."""
        columns = [
            SQL("%s AS %s", self._fetch(place), SQL.identifier(name))
            for place, name in self.names.items()
        ]
        return SQL(", ").join(columns or [SQL("TRUE")])

    def list_plain(self):
        """Return SQL of those values that are short and without marks, as far as is known."""
        return [
            SQL.identifier(name)
            for place, name in self.names.items()
            if self.root.find(place).is_plain
        ]

    def say(self, place):
        """Return SQL of the text that stands at a place; NULL where there is none."""
        if place in self.names:
            return SQL.identifier("said", self.names[place])
        return self._fetch(place)

    def _fetch(self, place):
        if len(place) == 1:
            return SQL("(given.v ->> %s)", place[0])
        return SQL("(given.v #>> %s)", list(place))

    def list_members(self):
        """Return (name, SQL of its text) of the values that stand in the payload itself."""
        return [
            (key, self.say((key,)))
            for key, member in self.root.within.items()
            if member.is_value
        ]

    def say_at(self, path):
        """Return SQL of what stands at a dotted path of a line."""
        places = [(path,)]
        if "." in path:
            places.append(tuple(path.split(".")))
        if len(places) == 1 or places[0] in self.names:
            return self.say(places[0])
        return SQL("COALESCE(%s, %s)", *map(self.say, places))

    def list_given(self, *targets):
        """Return SQL of the texts that lines take for these targets."""
        return [
            self.say_at(path)
            for _probe, paths in self.plan.lines_of(self.mapping_id, targets)
            for path in paths
        ]

    def is_given(self, *targets):
        """Return the condition that the payload gives something for one of the targets."""
        return any_of(
            SQL("COALESCE(%s, '') NOT IN %s", said, EMPTY)
            for said in self.list_given(*targets)
        )

    def list_filled(self, *types):
        """Return (SQL of the field, SQL of the text) of what fills fields of some types."""
        return [
            (SQL.identifier("record", name), self.say_at(path))
            for name, paths, _zone in self.plan.of_types(
                self.mapping_id, self.model, types
            )
            for path in paths
        ]

    def is_known_whole(self):
        """Return the condition that nothing stands in the payload but the known values."""
        conditions = []
        for place, known in self.bounds:
            there = SQL("(given.v #> %s)", list(place)) if place else SQL("given.v")
            if isinstance(known, int):
                rest = SQL(
                    "jsonb_typeof(%s) = 'array' AND jsonb_array_length(%s) <= %s",
                    *(there, there, known),
                )
            else:
                rest = SQL(
                    "jsonb_typeof(%s) = 'object' AND %s - %s::text[] = '{}'",
                    *(there, there, known),
                )
            conditions.append(
                SQL("CASE WHEN %s IS NULL THEN TRUE ELSE %s END", there, rest)
            )
        return SQL(" AND ").join(conditions)

    # -- Odoo --------------------------------------------------------------------

    def column(self, name):
        """Return SQL of what a field of the record holds, None where it is no column."""
        return get_column(self.look.env, self.fields.get(name), "record")

    def outcome(self):
        """Return SQL of how a lead stands: as ``outcome_of`` tells it."""
        return SQL(
            "CASE WHEN record.active IS NOT TRUE AND COALESCE(record.probability, 0) = 0"
            " THEN 'lost' WHEN record.probability = 100 OR EXISTS (SELECT FROM crm_stage"
            " AS stage WHERE stage.id = record.stage_id AND stage.is_won) THEN 'won'"
            " ELSE 'open' END"
        )

    def list_texts(self, *types):
        """Return SQL of the stored texts that are read, None where one is no column."""
        columns = [self.column(name) for name in self.list_text_names(*types)]
        return None if None in columns else columns

    def list_text_names(self, *types):
        """Return the fields of ``list_texts``, in the same order."""
        names = self.look.names_of(self.model_name)
        return [name for name in names if self.fields[name].type in types]

    def has_linked(self, name, condition):
        """Return the condition that a record which a field links to is so.

        :param condition: SQL of the model's table, called ``other``
        """
        field = self.fields[name]
        other = self.look.env[field.comodel_name]
        if field.type == "many2many":
            return SQL(
                "EXISTS (SELECT FROM %s AS link JOIN %s AS other ON other.id = link.%s"
                " WHERE link.%s = record.id AND (%s))",
                SQL.identifier(field.relation),
                SQL.identifier(other._table),
                SQL.identifier(field.column2),
                SQL.identifier(field.column1),
                condition,
            )
        if field.type == "one2many" and other._name == "res.users":
            # There are few of them: all are read once, and looked up by their hash.
            return SQL(
                "record.id IN (SELECT other.%s FROM %s AS other WHERE (%s))",
                SQL.identifier(field.inverse_name),
                SQL.identifier(other._table),
                condition,
            )
        if field.type == "one2many":
            return SQL(
                "EXISTS (SELECT FROM %s AS other WHERE other.%s = record.id AND (%s))",
                SQL.identifier(other._table),
                SQL.identifier(field.inverse_name),
                condition,
            )
        # Where nothing is linked, nothing is looked up.
        return SQL(
            "(%s IS NOT NULL AND"
            " EXISTS (SELECT FROM %s AS other WHERE other.id = %s AND (%s)))",
            self.column(name),
            SQL.identifier(other._table),
            self.column(name),
            condition,
        )

    def is_linked_plainly(self, name):
        """Tell whether SQL sees what a field links to."""
        field = self.fields[name]
        if field.type == "one2many":
            inverse = self.look.env[field.comodel_name]._fields[field.inverse_name]
            return inverse.type == "many2one" and inverse.store and not field.domain
        if not field.store or field.company_dependent:
            return False
        return field.type == "many2many" or bool(field.column_type)

    def name_of_linked(self, name):
        """Return SQL of the name of ``other``, None where that is no column."""
        comodel = self.look.env[self.fields[name].comodel_name]
        if comodel._name == "res.partner":
            # What Odoo shows is made of it, whatever the stored one says.
            return SQL("other.name")
        if comodel._name == "res.users":
            return SQL(
                "(SELECT partner.name FROM res_partner AS partner"
                " WHERE partner.id = other.partner_id)"
            )
        field = comodel._fields.get(comodel._rec_name)
        is_text = field is not None and field.type in TEXTS
        return get_column(self.look.env, field, "other") if is_text else None


def get_column(env, field, table):
    """Return SQL of what a field holds, None where it is no column of its table."""
    if field is None or not field.store or not field.column_type:
        return None
    column = SQL.identifier(table, field.name)
    if field.company_dependent:
        return SQL("(%s ->> %s)", column, str(env.company.id))
    if field.translate:
        return SQL("COALESCE(%s ->> %s, %s ->> 'en_US')", column, env.lang, column)
    return column


def join_texts(texts):
    """Return SQL of texts in one, ``APART`` before each that there is."""
    chunks = [texts[n : n + ARGUMENTS] for n in range(0, len(texts), ARGUMENTS)]
    joined = [
        SQL("concat_ws(%s, '', %s)", APART, SQL(", ").join(chunk))
        for chunk in chunks or [[SQL("NULL")]]
    ]
    return SQL("(%s)", SQL(" || ").join(joined))


def any_of(conditions):
    """Return the condition that one of them is true."""
    conditions = list(conditions)
    if not conditions:
        return SQL("FALSE")
    return SQL("(%s)", SQL(" OR ").join(SQL("(%s)", each) for each in conditions))


def is_wrapped(marked, said):
    """Return the condition that HTML is a text as it was said, and what Odoo puts around it.

    Nearly all that was no HTML in the source; telling it by ``plain_text`` takes 9 µs.
    """
    return SQL(
        "(strpos(%s, '<') = 0 AND strpos(%s, '&') = 0 AND %s = %s || %s || %s)",
        *(said, said, marked, _BEFORE, said, _BEHIND),
    )


def plain_text(text):
    """Return SQL of a text without HTML, entities of it and further blanks."""
    bare = SQL("regexp_replace(%s, %s, ' ', 'g')", text, _ELEMENT)
    for entity, char in _ENTITIES.items():
        bare = SQL("replace(%s, %s, %s)", bare, entity, char)
    # Most have none of both, and each replacement is another text.
    bare = SQL(
        "CASE WHEN strpos(%s, '<') = 0 AND strpos(%s, '&') = 0 THEN %s ELSE %s END",
        *(text, text, text, bare),
    )
    return SQL("btrim(regexp_replace(%s, %s, ' ', 'g'))", bare, r"\s+")
