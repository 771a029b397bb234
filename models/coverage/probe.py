"""Where in Odoo the value of a mapping line must stand, and whether it stands there."""

import ast
import itertools
import json
import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .alike import fold, has_address, has_digits, has_text
from .owners import look_for_owner
from .verdicts import FIELD, LEFT_OUT, NOTES

TALK = ("mail.message",)
"""Models of which every field is history: what stands there is notes and chatter."""
NOTE_FIELDS = (
    *("comment", "description", "note", "body"),
    *("content", "x_migration_notes"),
)

UNITS = (1, 100, 0.01, 60, 1 / 60, 3600, 1 / 3600, 1000, 0.001, 1 / 3_600_000, 24)
_UNIT_STEPS = re.compile("hour|minute|second|duration|percent|scale|multipl|divid|unit")
SEVERAL = re.compile(r"\s{0,9}(?:[;|,\n]|:::)\s*|\s{1,9}/\s+")


_NAMED_ADDRESS = re.compile(
    r"""[ \t]{0,9}"?([^"<>();|\n]{0,200}?)"?\s{0,9}[<(]([^<>()\s@]{1,100}@[^<>()\s]{1,260})[>)][\s,;|]*"""
)
LONGEST_CELL = 20_000
"""Characters of a text that may name people; beyond it is prose, or worse."""


def named_addresses(text):
    """Return the addresses of a text such as ``Ana <a@b.c>; d@b.c``, then the names.

    >>> named_addresses("Silva, Ana <a@b.c>; d@b.c"), named_addresses("a@b.c; d@b.c")
    (['a@b.c', 'd@b.c', 'Silva, Ana'], [])
    >>> named_addresses("Ana Silva (a@b.c)"), named_addresses("Silva (Lisboa)")
    (['a@b.c', 'Ana Silva'], [])
    """
    is_cell = len(text) <= LONGEST_CELL and "@" in text and ("<" in text or "(" in text)
    found = _NAMED_ADDRESS.findall(text) if is_cell else None
    if not found:
        return []
    rest = [
        p.strip() for p in SEVERAL.split(_NAMED_ADDRESS.sub(";", text)) if p.strip()
    ]
    names = (name.strip(" ,") for name, _address in found)
    return [address for _name, address in found] + rest + list(filter(None, names))


def _read_list(value):
    """Return the texts of a list that stands in one cell, None for any other.

    As JSON has it, or Python.

    >>> _read_list('["VIP", "Gold"]'), _read_list("[VIP]"), _read_list("[[1]]")
    (['VIP', 'Gold'], None, None)
    >>> _read_list("['VIP', 'Gold']")
    ['VIP', 'Gold']
    """
    if not (isinstance(value, str) and value[:1] == "[" and value[-1:] == "]"):
        return None
    try:
        items = json.loads(value)
    except ValueError:
        try:
            items = ast.literal_eval(value)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return None
    if not all(isinstance(item, str) for item in items):
        return None
    return list(dict.fromkeys(filter(None, (item.strip() for item in items))))


def key_of(value):
    """Return a value as ids and lists are kept, computed apart from the mapping's own."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def zone_named(name):
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, TypeError):
        return ZoneInfo("UTC")


ROLES = ("won", "lost", "closed", "done")
"""What a flag can say of a record; other names beside them are value lists."""


FLAGS = {
    "owner": "owner",
    "invert": "inverted",
    "lower": "lowered",
    "lookup_parent": "by_parent",
}
"""Step → what is known of a line that has it."""


class Declared:
    """What a line says about its values, as data: lists, tables, objects, units, zone.

    Only declarations are taken from the steps, never what they compute.
    """

    def __init__(self, steps, zone, paths=(), choices=()):
        self.choices = {key_of(key): label for key, label in choices}
        self.streams, self.members, self.lists = [], [], []
        self.paths, self.places, self.roles = list(paths), {}, {}
        self.table, self.constants, self.marks = {}, set(), set()
        self.part = None
        self.owner = self.inverted = self.by_parent = self.lowered = False
        self.factors, self.zone = (1,), zone_named(zone)
        for name, *arguments in steps or []:
            self._read(name, arguments)
        self.is_link = bool(
            self.streams or self.members or self.lists or self.owner or self.by_parent
        )

    def _read(self, name, arguments):
        if name in ("lookup", "lookup_all", "stage_steps"):
            self.streams.append(arguments[0])
            if name == "stage_steps":
                self.zone = zone_named("UTC")
        elif name in ("lookup_several", "lookup_first"):
            self.streams += arguments[0]
            self._place([[stream] for stream in arguments[0]])
        elif name == "lookup_typed":
            self.streams += [arguments[1], *arguments[2].values()]
            self.constants |= set(arguments[2])
        elif name == "lookup_by":
            self.members.append(tuple(arguments[:2]))
        elif name == "lookup_several_by":
            self._read_pairs(arguments[0])
        elif name == "value_map":
            self.lists.append(arguments[0])
        elif name in ("stage_moves", "stages_entered"):
            self._read_stages(name, arguments)
        elif name == "replace_values":
            self.table.update(arguments[0])
        elif name in FLAGS:
            setattr(self, FLAGS[name], True)
        elif name in ("pick", "constant", "default"):
            self.constants |= {key_of(a) for a in arguments if not isinstance(a, dict)}
        elif name in ("datetime", "local_date") and arguments and arguments[0]:
            self.zone = zone_named(arguments[0])
        elif name == "datetime_as" and arguments[1:] and arguments[1]:
            self.zone = zone_named(arguments[1])
        elif _UNIT_STEPS.search(name):
            self.factors = UNITS
        else:
            self._read_cells(name, arguments)

    def _read_stages(self, name, arguments):
        """Read of which list the stages of a history are, and in which zone its moments."""
        stages, *rest = arguments
        self.lists.append(stages if name == "stage_moves" else rest[0])
        if arguments[-1]:
            self.zone = zone_named(arguments[-1])

    def _read_cells(self, name, arguments):
        """Read what says how the cells of several columns, or of one, are taken."""
        if name in ("outcome", "progress"):
            if len(arguments[0]) == len(self.paths):
                self.roles = dict(zip(self.paths, arguments[0], strict=True))
            self.lists += [each for each in arguments[0] if each not in ROLES]
        elif name == "split":
            given = arguments[0] if arguments else ","
            self.marks |= set(given if isinstance(given, list) else [given])
        elif name == "part":
            self.part = arguments

    def _read_pairs(self, given):
        # A pair may bring options along: what else is known of the record.
        options = [pair[2] if pair[2:] else {} for pair in given]
        self.marks |= {each["split"] for each in options if each.get("split")}
        kinds = [
            list(more.get("streams", {}).values()) if pair[0] == "*" else [pair[0]]
            for pair, more in zip(given, options, strict=True)
        ]
        self._place(kinds)
        for each in options:
            if "at" in each:
                # Another column says of which object it is, in these words.
                self.constants |= set(each.get("streams") or ())
        for pair, streams in zip(given, kinds, strict=True):
            if pair[1]:
                self.members += [(stream, pair[1]) for stream in streams]
            else:
                self.streams += streams

    def _place(self, kinds):
        """Remember of which objects the values of each source are.

        Of a column that only says more of another's record none is named.
        """
        if len(kinds) == len(self.paths):
            pairs = zip(self.paths, kinds, strict=True)
            self.places = {path: streams for path, streams in pairs if any(streams)}

    def streams_of(self, path):
        """Return the objects that a value at a path refers to: contact 7 is no deal 7."""
        for own, streams in self.places.items():
            if path == own or path.startswith(f"{own}."):
                return streams
        return self.streams

    def pieces(self, value):
        """Return the single values of a cell that holds several, [] for any other."""
        if (listed := _read_list(value)) is not None:
            return listed
        pieces = [value] if isinstance(value, str) else []
        for mark in self.marks:
            pieces = [part for piece in pieces for part in piece.split(mark)]
        if ";#" in self.marks and all(piece.isdigit() for piece in pieces[1::2]):
            pieces = pieces[::2]  # SharePoint: behind each value stands its id
        if self.members and not self.marks:
            # Names that stand in one cell: nobody bears them together.
            pieces = [part for piece in pieces for part in SEVERAL.split(piece)]
        pieces = list(dict.fromkeys(filter(None, (piece.strip() for piece in pieces))))
        return pieces if len(pieces) > 1 else []

    def keys(self, value):
        """Return the keys under which a value may be decided on or referred to."""
        key = key_of(value)
        given = self.table.get(key.lower() if self.lowered else key)
        return [key] if given is None else [key_of(given), key]


class Probe:
    """One line's look into Odoo. Subclasses say where they look.

    ``look`` returns FIELD, NOTES, (LEFT_OUT, reason) or None where the value is not
    there. A probe with ``is_exact`` knows what should stand there, so that something
    else in its place is a difference.
    """

    is_exact = False
    fields = ()

    def __init__(self, line, mapping):
        self.target, self.line_id = line["target"], line["id"]
        self.model_name = mapping["model"]
        self.declared = Declared(
            *(line["steps"], line["zone"]),
            *(line.get("paths") or (), line.get("choices") or ()),
        )
        self.may_refer = self.declared.is_link

    def wanted_links(self, value, path, payload):
        """Yield (stream, key) of the records that a value may refer to."""
        declared = self.declared
        if not declared.is_link or isinstance(value, bool):
            return
        for key in declared.keys(value):
            for stream in declared.streams_of(path):
                yield stream, key
        if declared.by_parent:
            yield from ((stream, key_of(value)) for stream in _siblings(payload, path))

    def wanted_pieces(self, value, path):
        """Yield (stream, key) of each id of a cell that holds several."""
        if streams := self.declared.streams_of(path):
            keys = map(key_of, self.declared.pieces(value))
            yield from itertools.product(streams, keys)

    def is_noted(self, value, path, case):
        """Tell whether the notes have a value where this line puts it.

        That is behind the label that it gives to the path; without one, in a line that
        is no other field's.
        """
        labels, lines = case.look.plan.labels, case.note_lines()
        if lines.has(value, labels.of(path)):
            return True
        return not labels.lane(self.line_id, path) and lines.has_words(value)

    def look_at_pieces(self, value, path, case, part):
        """Look for each value of a cell that holds several; None where one is nowhere.

        What a message tells of one of them accounts for that one alone.
        """
        found = set()
        for piece in self.declared.pieces(value):
            kind = self.look_one(piece, path, case, part)
            if not kind and not (kind := case.told_of(self.target, piece)):
                return None
            found.add(kind)
        for kind in (NOTES, FIELD):
            if kind in found:
                return kind
        return next(iter(found), None)

    def look(self, value, path, case, part):
        raise NotImplementedError

    def _found(self, record, ids, model, value, path, case):
        """Tell whether a value stands for one of the records of a link."""
        look = case.look
        for stream, key in self.wanted_links(value, path, case.payload):
            hit = look.links.get((stream, key))
            if hit and (hit == (model, None) or look.stands_for(hit, model, ids)):
                return FIELD
        for key in self.declared.keys(value):
            for name in self.declared.lists:
                decided = look.decisions.get((name, key))
                if isinstance(decided, tuple) and look.stands_for(decided, model, ids):
                    return FIELD
                if decided is False:
                    return LEFT_OUT, look.words("decided_empty")
                for decided in look.within.get((name, key), ()):
                    if decided and look.stands_for(decided, model, ids):
                        return FIELD
        if found := look_for_owner(self.declared, value, look, model, ids):
            return found
        return self._found_by_name(ids, model, value, case)

    def _found_by_name(self, ids, model, value, case):
        if not ids or isinstance(value, bool):
            return None
        names = [case.look.name_of(model, res_id) for res_id in ids]
        wanted = fold(self.declared.choices.get(key_of(value), value))
        if any(is_name(wanted, name) for name in names):
            return FIELD
        # Google marks labels of its own with a star.
        pieces = [fold(p).removeprefix("* ") for p in SEVERAL.split(str(value)) if p]
        if len(pieces) > 1 and all(
            any(is_name(piece, name) for name in names) for piece in pieces
        ):
            return FIELD
        members = [member for _stream, member in self.declared.members]
        if members and case.look.is_member(ids, model, members, value):
            return FIELD
        return None


def _siblings(payload, path):
    """Yield the texts beside a value in its object: ``{"stream": …, "id": …}``."""
    data = payload
    for part in path.split(".")[:-1]:
        data = data[int(part)] if isinstance(data, list) else data.get(part)
    if isinstance(data, dict) and isinstance(data.get("stream"), str):
        yield data["stream"]


def is_name(wanted, name):
    """Tell whether a folded text names a record: as a whole, or as a part of its name.

    >>> is_name("ana", "ana sousa"), is_name("ana", "banana, ana"), is_name("an", "ana")
    (True, True, False)
    """
    if not wanted:
        return True
    if wanted == name:
        return True
    if len(wanted) < 2:
        return False
    # A pattern for each of a million names would cost more than all else.
    place = name.find(wanted)
    while place >= 0:
        behind = place + len(wanted)
        if not _is_letter(name[place - 1 : place]) and not _is_letter(
            name[behind : behind + 1]
        ):
            return True
        place = name.find(wanted, place + 1)
    return False


def _is_letter(char):
    return char.isalnum() or char == "_"


def has_any_text(value, found, folded):
    """Tell whether a text is there, as text, address or telephone number."""
    if isinstance(value, bool):
        return False
    if value == found:
        return True
    text = str(value)
    if has_text(text, folded()):
        return True
    if "@" in text or "." in text:
        if len(text) < 2000 and has_address(text, folded()):
            return True
    return len(text) < 60 and has_digits(text, folded())
