"""When a value stands in its field for sure: what ``probe*`` would find, as SQL.

Each function returns a condition that may be false though the value is there, and is
never true where it is not: what is not plain is left to Python.
"""

import json
import re

from odoo.tools import SQL

from .alike import YES
from .folding import fold
from .probe import NOTE_FIELDS, TALK
from .probe_fields import (
    ChoiceProbe,
    DayProbe,
    FlagProbe,
    InstantProbe,
    LinkProbe,
    NumberProbe,
    TextProbe,
)
from .probe_places import OriginProbe, PeopleProbe, ThreadProbe
from .sight import any_of, get_column, is_wrapped, plain_text
from .verdicts import FIELD, NOTES

ODD = r"[^\x20-\x7e]|[<&]|  "
"""What makes comparing texts more than comparing letters."""
MARKED = r"<\s*(script|style|head|title)|<!--"
ENTITY = "&[a-zA-Z#]"
FLAGS = ("true", "false")
A_NUMBER = r"^-?[0-9]{1,15}(\.[0-9]{1,15})?$"
AN_INSTANT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?"
FRACTION, IN_UTC = r"^(\.[0-9]{1,6})?", r"(Z|\+00:00)"
"""What may stand behind the second of an instant."""
DAY, SECOND = "YYYY-MM-DD", "YYYY-MM-DD HH24:MI:SS"
TELEPHONES = ("phone", "mobile", "partner_phone")

OF_ONE_PLACE = (TextProbe, DayProbe, InstantProbe, FlagProbe, ChoiceProbe)
"""What finds a value in its own place or nowhere; others may say that it is noted."""


def stands(probe, said, path, sight):
    """Return (part, condition) of a value that a line takes, (None, None) for no plain one."""
    condition = CONDITIONS.get(type(probe))
    found = condition and condition(probe, said, path, sight)
    return (_place_of(probe), found) if found else (None, None)


def _place_of(probe):
    if isinstance(probe, ThreadProbe | PeopleProbe):
        return FIELD
    if isinstance(probe, OriginProbe):
        return NOTES if probe.model_name in TALK else FIELD
    return probe.place


def _text(probe, said, path, sight):
    column, kind = sight.column(probe.name), sight.fields[probe.name].type
    if column is None or kind not in ("char", "text", "html"):
        return None
    same = [SQL("%s = %s", column, said)]
    if not (probe.declared.table and probe.name in NOTE_FIELDS):
        if kind == "html":
            same.append(_marked(column, said))
        else:
            is_plain = SQL("%s !~ %s AND %s !~ %s", said, ODD, column, ODD)
            letters = [_alike(column, said)]
            if probe.name in TELEPHONES:
                letters.append(_telephone(column, said))
            same.append(SQL("%s AND %s", is_plain, any_of(letters)))
    return SQL("%s NOT IN %s AND %s", said, FLAGS, any_of(same))


def _alike(column, said):
    """Letters alone: in whichever case, and with something around them."""
    wanted = SQL("lower(btrim(%s))", said)
    return SQL(
        "%s = lower(btrim(%s)) OR length(%s) >= 4 AND strpos(lower(%s), %s) > 0",
        *(wanted, column, wanted, column, wanted),
    )


def _marked(column, said):
    one, other = plain_text(column), plain_text(said)
    return SQL(
        "%s OR %s !~* %s AND %s !~* %s AND (SELECT one = other AND one !~ %s"
        " FROM (SELECT %s AS one, %s AS other) AS plain)",
        is_wrapped(column, said),
        *(column, MARKED, said, MARKED, ENTITY, one, other),
    )


def _telephone(column, said):
    """The digits are compared as ``has_digits`` does."""
    digits = "ltrim(regexp_replace(%s, '[^0-9]+', '', 'g'), '0')"
    return SQL(
        "length(%s) < 60 AND"
        " (SELECT length(a) >= 5 AND strpos(b, right(a, 7)) > 0 AND (strpos(b, a) > 0"
        " OR strpos(a, b) > 0 OR right(b, 7) = right(a, 7)) AND b <> ''"
        f" FROM (SELECT {digits} AS a, {digits} AS b) AS digits)",
        *(said, said, column),
    )


def _number(probe, said, path, sight):
    column = sight.column(probe.name)
    if column is None or probe.declared.table:
        return None
    return SQL(
        "CASE WHEN %s ~ %s THEN abs(%s::float8 - COALESCE(%s, 0)::float8) <= 0.005"
        " ELSE FALSE END",
        *(said, A_NUMBER, said, column),
    )


def _flag(probe, said, path, sight):
    column = sight.column(probe.name)
    if column is None or probe.declared.table or probe.declared.lists:
        return None
    yes = [word for word in YES if word.isascii()]
    no = ["false", "0", "no", "n", "off"]
    same = SQL(
        "CASE WHEN lower(%s) = ANY(%s) THEN %s WHEN lower(%s) = ANY(%s) THEN NOT %s"
        " ELSE FALSE END",
        *(said, yes, column, said, no, column),
    )
    if probe.declared.inverted:
        same = SQL(
            "CASE WHEN lower(%s) = ANY(%s) THEN NOT %s WHEN lower(%s) = ANY(%s)"
            " THEN %s ELSE FALSE END",
            *(said, yes, column, said, no, column),
        )
    if probe.name == "active":
        same = SQL("(%s OR given.archived_at IS NULL) AND %s", column, same)
    return same


def _day(probe, said, path, sight):
    column = sight.column(probe.name)
    if column is None:
        return None
    # An instant is of the day that it begins with, whatever the zone.
    return SQL(
        "left(%s, 10) = to_char(%s, %s) AND (length(%s) = 10 OR %s ~ %s)",
        *(said, column, DAY, said, said, AN_INSTANT),
    )


def _instant(probe, said, path, sight):
    return _moment(sight.column(probe.name), said, probe.declared.zone)


def _moment(column, said, zone):
    """The same second, in UTC or as the clocks of the zone show it."""
    if column is None:
        return None
    written = SQL("replace(left(%s, 19), 'T', ' ')", said)
    is_utc = zone.key in ("UTC", "Etc/UTC")
    # What is the same is an instant: only what stands behind it is to be looked at.
    exact = SQL(
        "%s = to_char(%s, %s) AND %s",
        *(written, column, SECOND, _ends(said, IN_UTC + ("?$" if is_utc else "$"))),
    )
    day = SQL("length(%s) = 10 AND %s = to_char(%s, %s)", said, said, column, DAY)
    if is_utc:
        return any_of([exact, day])
    return any_of([exact, _local(column, said, written, zone.key), day])


def _ends(said, pattern):
    """Return the condition that an instant has a fraction at most, and ends so."""
    rest = SQL("substr(%s, 20)", said)
    plain = [each for each in ("", "Z") if re.search(pattern, each)]
    return SQL("(%s = ANY(%s) OR %s ~ %s)", rest, plain, rest, FRACTION + pattern)


def _local(column, said, written, zone):
    """Of the hour that comes twice in autumn Python decides."""

    def clock(moment):
        return SQL(
            "to_char(((%s) AT TIME ZONE 'UTC') AT TIME ZONE %s, %s)",
            *(moment, zone, SECOND),
        )

    return SQL(
        "%s AND %s = %s AND %s <> %s AND %s <> %s",
        *(_ends(said, "$"), written, clock(column)),
        *(written, clock(SQL("%s - interval '1 hour'", column))),
        *(written, clock(SQL("%s + interval '1 hour'", column))),
    )


def _choice(probe, said, path, sight):
    column = sight.column(probe.name)
    if column is None or probe.declared.table or len(probe.declared.lists) > 1:
        return None
    if probe.declared.lists:
        decided = _decided(sight, probe.declared.lists[0])
        texts = {key: each for key, each in decided.items() if isinstance(each, str)}
        return SQL("%s::jsonb ->> btrim(%s) = %s", _as_json(texts), said, column)
    field = sight.model._fields[probe.name]
    labels = {
        fold(label): value
        for value, label in field._description_selection(sight.look.env)
    }
    return SQL(
        "(%s = %s OR %s::jsonb ->> lower(%s) = %s)",
        *(said, column, _as_json(labels), said, column),
    )


def _decided(sight, name):
    known = sight.look.decisions.items()
    return {key[1]: each for key, each in known if key[0] == name and len(key) == 2}


def _as_json(values):
    return json.dumps(values, ensure_ascii=False)


# -- links ---------------------------------------------------------------------------


def _link(probe, said, path, sight):
    field = sight.fields[probe.name]
    if not sight.is_linked_plainly(probe.name):
        return None
    there = [
        _is_among(sight, field, ids)
        for ids in _list_ids(probe, said, path, sight, probe.comodel)
    ]
    if not probe.declared.lists and not probe.declared.owner:
        there += _named(probe, said, sight)
    return SQL("%s NOT IN %s AND %s", said, FLAGS, any_of(there)) if there else None


def _is_among(sight, field, found):
    """Return the condition that a link leads to what a subquery, or a value, says."""
    if field.type == "many2many":
        return SQL(
            "EXISTS (SELECT FROM %s AS link WHERE link.%s = record.id AND link.%s = %s)",
            SQL.identifier(field.relation),
            SQL.identifier(field.column1),
            SQL.identifier(field.column2),
            found,
        )
    return SQL("%s = %s", sight.column(field.name), found)


def _list_ids(probe, said, path, sight, model):
    """Return SQL of the id that a value stands for, each way by which it may."""
    declared, found = probe.declared, []
    found += [
        SQL(
            "(SELECT other.res_id FROM crm_migration_id_map AS other"
            " WHERE other.job_id = %s AND other.stream = %s AND other.part = ''"
            " AND other.source_id = btrim(%s) AND other.res_model = %s)",
            *(sight.look.job.id, stream, said, model),
        )
        for stream in dict.fromkeys(declared.streams_of(path))
    ]
    if declared.table or len(declared.lists) > 1:
        return found
    if declared.lists:
        decided = _decided(sight, declared.lists[0])
        ids = {
            key: each[1]
            for key, each in decided.items()
            if isinstance(each, tuple) and each[0] == model
        }
        found.append(SQL("(%s::jsonb ->> btrim(%s))::int", _as_json(ids), said))
    elif declared.owner and model == "res.users":
        ids = {key: each for key, each in sight.look.owners.items() if each}
        found.append(SQL("(%s::jsonb ->> btrim(%s))::int", _as_json(ids), said))
    return found


def _named(probe, said, sight):
    """Return conditions that the value is the name of what is linked, or its code."""
    other = sight.look.env[probe.comodel]
    columns = [
        get_column(sight.look.env, field, "other")
        for name in ("name", "code")
        if (field := other._fields.get(name)) and field.type == "char"
    ]
    names = [SQL("%s = %s", column, said) for column in columns if column is not None]
    if not names or probe.declared.choices:
        return []
    return [
        SQL(
            "length(%s) > 1 AND strpos(%s, '<') = 0 AND %s",
            *(said, said, sight.has_linked(probe.name, any_of(names))),
        )
    ]


def _origin(probe, said, path, sight):
    if probe.name not in sight.fields:
        return None
    if probe.name.endswith("_date"):
        return _moment(sight.column(probe.name), said, probe.declared.zone)
    ids = _list_ids(probe, said, path, sight, "res.users")
    column = sight.column(probe.name)
    there = any_of(SQL("%s = %s", column, each) for each in ids)
    return SQL("%s NOT IN %s AND %s", said, FLAGS, there)


def _thread(probe, said, path, sight):
    """What it hangs on by its own two columns, or by the link of the object."""
    name = next((n for n in ("res_model", "model") if n in sight.fields), None)
    if not name or "res_id" not in sight.fields:
        return None
    columns = sight.column(name), sight.column("res_id")
    if None in columns:
        return None
    there = any_of(
        SQL(
            "EXISTS (SELECT FROM crm_migration_id_map AS other"
            " WHERE other.job_id = %s AND other.stream = %s AND other.part = ''"
            " AND other.source_id = btrim(%s) AND other.res_model = %s"
            " AND other.res_id = %s)",
            *(sight.look.job.id, stream, said, *columns),
        )
        for stream in dict.fromkeys(probe.declared.streams_of(path))
    )
    return SQL("%s NOT IN %s AND %s", said, FLAGS, there)


def _people(probe, said, path, sight):
    """Who is a linked contact by the id of the source."""
    for name in ("partner_ids", "author_id", "partner_id"):
        field = sight.fields.get(name)
        if field is not None and field.comodel_name == "res.partner":
            ids = _list_ids(probe, said, path, sight, "res.partner")
            if ids and sight.is_linked_plainly(name):
                there = any_of(_is_among(sight, field, each) for each in ids)
                return SQL("%s NOT IN %s AND %s", said, FLAGS, there)
    return None


CONDITIONS = {
    TextProbe: _text,
    NumberProbe: _number,
    FlagProbe: _flag,
    DayProbe: _day,
    InstantProbe: _instant,
    ChoiceProbe: _choice,
    LinkProbe: _link,
    OriginProbe: _origin,
    ThreadProbe: _thread,
    PeopleProbe: _people,
}
"""Kind of a probe → what SQL knows of it; what is not here Python looks at."""
