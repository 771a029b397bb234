"""Which staged values SQL can compare with their column, and how: one letter for each way.

A value is compared so only where it is surely the same in Python: everything else keeps
its own letter, is part of what tells rows apart (see ``verify_sql``), and goes the long way.
"""

import re
from dataclasses import dataclass

from odoo.tools import SQL

from ..odoo.sanitize import _CLOSE, _OPEN
from .batch import AUTHORS, MAP, OWNER, REF, as_reference
from .field_types import INDEX_LIMIT

MISSING, NULL, EMPTY, OTHER = "-", "N", "e", "x"

TEXT, DAY, MOMENT, NUMBER = "t", "d", "m", "n"

WHOLE, TRUTH, CHOICE = "i", "b", "s"

USER, RECORD, DECIDED = "o", "r", "v"

ALWAYS_COMPARED = ("@created_at", "@updated_at")
"""Of these each moment is, in the columns of all that is loaded."""

FORMER = "@former "
"""Before the key of an owner: who stood for them when they did something."""

PLAIN, MARKUP = "p", "h"
"""Text that sanitizing only wraps, and paragraphs that it leaves as they are."""

BARE = "w"
"""A web address before which Odoo writes its scheme."""

_CHARACTERS = r"[[:alnum:]_ .,;:!?()/@%+*=€$£°#'’“”–…-]"

_PLAIN_TEXT = f"^{_CHARACTERS}+$"

_PARAGRAPHS = f"^(<p>({_CHARACTERS}|<br>)+</p>)+$"

_INLINE = "|".join(
    f"<{tag}>{_CHARACTERS}+</{tag}>" for tag in ("b", "strong", "i", "em", "u")
)

_BARE = r"^[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+(/[A-Za-z0-9_./~-]*)?$"

_SITE = f"^https?://{_BARE[1:]}"

_DAY = r"^[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"

_MOMENT = (
    r"^[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([T ]"
    r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|\+00:00)?)?$"
)
"""In UTC, or a day alone."""

_BEHIND = r"^(\.\d{1,6})?(Z|\+00:00)?$"
"""What may stand behind the second of a moment in UTC."""

_NUMBER = r"^-?\d{1,12}(\.\d{1,6})?$"

_WHOLE = r"^-?\d{1,9}$"


@dataclass(frozen=True)
class Kind:
    """How one target is compared."""

    target: str
    field: object
    """None for a date or an author of origin."""
    users: bool = False
    """It may be an owner of the source."""
    is_name: bool = False
    """Where nothing can be seen of it, another name is given."""
    is_own: bool = False
    """Whether it is there or not changes nothing but its own column."""
    choices: tuple = ()
    """What its field takes, of a selection."""
    is_site: bool = False
    """Odoo writes it as a web address: ``res.partner._clean_website``, 19.0."""

    @property
    def is_reference(self):
        kind = self.field.type if self.field is not None else ""
        return kind == "many2one" and not self.users

    def get_value(self):
        """Return SQL of the staged value as text."""
        return SQL("(given.v ->> %s)", self.target)

    def get_flag(self, number, users):
        """Return SQL of the letter that says how the value of a row is compared.

        :param number: of the join that found the record it refers to
        :param users: SQL of an object: key of an owner → id of the user
        """
        json = self.get_json()
        cases = dict(self._get_cases(number, users))
        if self.is_own and self.field.type != "boolean":
            cases["null"] = SQL("%s", NULL)
        return SQL(
            "CASE jsonb_typeof(%s) %s ELSE CASE WHEN given.v ? %s THEN %s ELSE %s END END",
            json,
            SQL(" ").join(SQL("WHEN %s THEN %s", *case) for case in cases.items()),
            *(self.target, OTHER, MISSING),
        )

    def get_json(self):
        return SQL("(given.v -> %s)", self.target)

    def get_decision(self):
        """Return SQL of the key of what was decided about a value of a list."""
        key = SQL("(%s ->> %s)", self.get_json(), MAP)
        return SQL("(%s || %s)", f"{self.field.comodel_name} ", key)

    def _get_cases(self, number, users):
        """Yield (type of a JSON value, SQL of its letter)."""
        value, json = self.get_value(), self.get_json()
        kind = self.field.type if self.field is not None else "datetime"
        if self.users:
            owner = SQL("%s ? (%s ->> %s)", users, json, OWNER)
            is_it = SQL("%s AND %s", self._is_only(OWNER), owner)
            yield "object", self._choose((is_it, USER))
        elif self.is_reference:
            found = SQL.identifier(f"ref_{number}", "res_model")
            decided = SQL("owners.decided ? %s", self.get_decision())
            yield (
                "object",
                self._choose(
                    (SQL("%s = %s", found, self.field.comodel_name), RECORD),
                    (SQL("%s AND %s", self._is_only(MAP), decided), DECIDED),
                ),
            )
        elif kind in ("char", "text"):
            yield "string", self._choose(*self._list_for_text(kind, value))
        elif kind == "html":
            whole = SQL("btrim(%s) = %s AND strpos(%s, '--') = 0", value, value, value)
            # What is emphasized counts as a letter.
            bare = SQL("regexp_replace(%s, %s, 'x', 'g')", value, _INLINE)
            yield (
                "string",
                self._choose(
                    (SQL("%s AND %s ~ %s", whole, value, _PLAIN_TEXT), PLAIN),
                    (SQL("%s AND %s ~ %s", whole, bare, _PARAGRAPHS), MARKUP),
                ),
            )
        elif kind in ("date", "datetime"):
            flag = DAY if kind == "date" else MOMENT
            yield "string", self._choose((self._is_in_time(kind, value), flag))
        elif kind == "boolean":
            yield "boolean", SQL("%s", TRUTH)
        elif kind == "selection":
            is_it = SQL("%s = ANY(%s)", value, list(self.choices))
            yield "string", self._choose((is_it, CHOICE))
        elif kind in ("float", "monetary", "integer"):
            pattern, flag = (_WHOLE, WHOLE) if kind == "integer" else (_NUMBER, NUMBER)
            # Nothing and zero are not told apart everywhere.
            is_it = SQL("%s ~ %s AND %s ~ '[1-9]'", value, pattern, value)
            yield "number", self._choose((is_it, flag))
            yield "string", self._choose((is_it, flag))

    def _is_in_time(self, kind, value):
        """Return the condition that a text is a day or a moment of our days.

        Where it is compared in any case a shorter look will do: what is no moment is none
        of the column either. The whole pattern is laid out anew for each text.
        """
        begins = SQL("left(%s, 1) IN ('1', '2')", value)
        if kind == "date" and self.is_own:
            return SQL("%s AND %s LIKE '____-__-__'", begins, value)
        if self.target not in ALWAYS_COMPARED:
            return SQL("%s ~ %s", value, _DAY if kind == "date" else _MOMENT)
        rest = SQL("substr(%s, 20)", value)
        return SQL(
            "%s AND %s LIKE '____-__-__%%' AND (%s IN ('', 'Z') OR %s ~ %s)",
            *(begins, value, rest, rest, _BEHIND),
        )

    def get_flag_where(self, is_it, letter):
        """Return SQL of a letter where a condition is true of the value that a row has."""
        return SQL(
            "CASE WHEN NOT given.v ? %s THEN %s WHEN %s THEN %s ELSE %s END",
            *(self.target, MISSING, is_it, letter, OTHER),
        )

    def _choose(self, *cases):
        each = SQL(" ").join(SQL("WHEN %s THEN %s", *case) for case in cases)
        return SQL("CASE %s ELSE %s END", each, OTHER)

    def _is_only(self, kind):
        """Return the condition on which a JSON object is a reference, and nothing more."""
        json = self.get_json()
        return SQL("%s = jsonb_build_object(%s, %s -> %s)", json, kind, json, kind)

    def _list_for_text(self, kind, value):
        yield SQL("%s = ''", value), EMPTY if self.is_own else OTHER
        if self.is_name:
            # Of blanks alone nothing is left to see, and they get another name.
            yield SQL("%s !~ '[[:alnum:]]'", value), OTHER
        if kind == "char" and self.field.size:
            yield SQL("length(%s) > %s", value, self.field.size), OTHER
        if kind == "char" and self.field.index:
            yield SQL("octet_length(%s) > %s", value, INDEX_LIMIT), OTHER
        if self.is_site:
            yield SQL("%s ~ %s", value, _BARE), BARE
            yield SQL("%s !~ %s", value, _SITE), OTHER
        yield SQL("TRUE"), TEXT

    def get_flags(self):
        """Return the letters that a value of it may have, where SQL compares it."""
        if self.users:
            return (USER,)
        if self.is_reference:
            return (RECORD, DECIDED)
        if self.is_site:
            return (TEXT, BARE)
        return {
            "html": (PLAIN, MARKUP),
            "date": (DAY,),
            "datetime": (MOMENT,),
            "boolean": (TRUTH,),
            "selection": (CHOICE,),
            "integer": (WHOLE,),
            "float": (NUMBER,),
            "monetary": (NUMBER,),
        }.get(self.field.type, (TEXT,))

    def get_own_condition(self, number, users, column, env, missing, empty):
        """Return the condition for whatever letter the value of a row has.

        :param missing: what is to be true where the row has no such value
        :param empty: that the column is empty
        """
        flag = SQL.identifier("given", f"f_{number}")
        cases = [
            SQL(
                "WHEN %s THEN %s",
                each,
                self.get_condition(each, number, users, column, env),
            )
            for each in self.get_flags()
        ]
        return SQL(
            "CASE %s WHEN %s THEN %s WHEN %s THEN %s AND %s WHEN %s THEN %s %s END",
            *(flag, MISSING, missing, NULL, missing, empty, EMPTY, empty),
            SQL(" ").join(cases),
        )

    def get_condition(self, flag, number, users, column, env):
        """Return the condition on which the column holds the staged value."""
        value = self.get_value()
        if flag == TEXT and self.field.company_dependent:
            return SQL("%s ->> %s = %s", column, str(env.company.id), value)
        if flag == TEXT and self.field.translate:
            return SQL("%s ->> %s = %s", column, env.lang or "en_US", value)
        if flag == TRUTH:
            return SQL("COALESCE(%s, FALSE) = (%s)::boolean", column, value)
        if flag in (TEXT, MARKUP, CHOICE):
            return SQL("%s = %s", column, value)
        if flag == BARE:
            return SQL("%s = 'http://' || %s", column, value)
        if flag == PLAIN:
            return SQL("%s = %s || %s || %s", column, _OPEN, value, _CLOSE)
        if flag == DAY:
            return SQL("to_char(%s, 'YYYY-MM-DD') = %s", column, value)
        if flag == MOMENT:
            return SQL(
                "to_char(%s, 'YYYY-MM-DD HH24:MI:SS') = %s",
                *(column, self.get_moment()),
            )
        if flag == WHOLE:
            return SQL("%s = (%s)::integer", column, value)
        if flag == NUMBER:
            return self._is_same_number(column, value, env)
        return SQL("%s = %s", column, self.get_id(flag, number, users))

    def get_moment(self):
        """Return SQL of the text of a moment, to the second."""
        return SQL("replace(left(%s || ' 00:00:00', 19), 'T', ' ')", self.get_value())

    def get_id(self, flag, number, users):
        if flag == USER:
            key = SQL("given.v -> %s ->> %s", self.target, OWNER)
            if self.target in AUTHORS:
                # Who did it, where somebody else has taken over since.
                former = SQL("%s ->> (%s || (%s))", users, FORMER, key)
                return SQL("COALESCE(%s, %s ->> (%s))::integer", former, users, key)
            return SQL("(%s ->> (%s))::integer", users, key)
        if flag == DECIDED:
            return SQL("(owners.decided ->> %s)::integer", self.get_decision())
        return SQL.identifier("given", f"id_{number}")

    def _is_same_number(self, column, value, env):
        """The same as ``_is_same_number`` of Python, but where that is a close call."""
        if self.field.type == "monetary":
            return SQL("abs(%s - (%s)::numeric) < 0.005", column, value)
        digits = self.field.get_digits(env)
        if not digits:
            return SQL("%s = (%s)::float8", column, value)
        close = 0.49 * 10 ** -digits[1]
        return SQL("abs(%s - (%s)::numeric) < %s::numeric", column, value, close)

    def read_flag(self, batch, targets):
        """Return in Python the letter that SQL gives the value of a row.

        Whatever is not sure is ``OTHER``: a shape is not compared by SQL then.
        """
        if self.target not in targets:
            return MISSING
        value = targets[self.target]
        if self.is_own and value is None and self.field.type != "boolean":
            return NULL
        reference = as_reference(value)
        if reference:
            return self._read_reference(batch, value, *reference)
        kind = self.field.type if self.field is not None else "datetime"
        text = str(value)
        is_text = isinstance(value, str)
        if kind in ("char", "text") and is_text:
            if self.is_own and not value:
                return EMPTY
            if self.is_site and not re.match(_SITE, value):
                return BARE if re.match(_BARE, value) else OTHER
            return TEXT if value.strip() else OTHER
        if kind == "html" and is_text:
            return MARKUP if value.startswith("<") else PLAIN if value else OTHER
        if kind in ("date", "datetime") and is_text:
            pattern = _DAY if kind == "date" else _MOMENT
            flag = DAY if kind == "date" else MOMENT
            return flag if not self.users and re.match(pattern, value) else OTHER
        if kind == "boolean":
            return TRUTH if isinstance(value, bool) else OTHER
        if kind == "selection":
            return CHOICE if value in self.choices else OTHER
        if kind == "integer":
            return (
                WHOLE if re.match(_WHOLE, text) and re.search("[1-9]", text) else OTHER
            )
        if kind in ("float", "monetary"):
            is_number = re.match(_NUMBER, text) and re.search("[1-9]", text)
            return NUMBER if is_number else OTHER
        return OTHER

    def _read_reference(self, batch, value, kind, key):
        if set(value) != {kind} or (kind == REF and len(key) != 2):
            return OTHER
        if kind == OWNER:
            return USER if self.users and batch.users.get(key) else OTHER
        if not self.is_reference:
            return OTHER
        found = (batch.links if kind == REF else batch.decided).get(key)
        if not isinstance(found, tuple) or found[0] != self.field.comodel_name:
            return OTHER
        return RECORD if kind == REF else DECIDED

    def expect(self, flag, batch, value):
        """Return the value in Python that the condition stands for, as ``_plain`` has it."""
        if flag == PLAIN:
            return f"{_OPEN}{value}{_CLOSE}"
        if flag == BARE:
            return f"http://{value}"
        if flag == MOMENT:
            return f"{value} 00:00:00"[:19].replace("T", " ")
        if flag == NUMBER:
            return float(value)
        if flag == WHOLE:
            return int(value)
        if flag == USER:
            return batch.get_user(str(value[OWNER]), self.target)
        if flag == DECIDED:
            decided = batch.decided.get(as_reference(value)[1]) or (None, None)
            return decided[1] if decided[0] == self.field.comodel_name else None
        if flag == RECORD:
            kind, key = as_reference(value)
            return batch.links.get(key, (None, None))[1] if kind == REF else None
        return value


def is_custom(name):
    """Tell whether a field was made for the migration: no code of Odoo's reads it.

    >>> is_custom("x_migration_score"), is_custom("name")
    (True, False)
    """
    return re.match("x_", name) is not None
