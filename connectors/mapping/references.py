"""Conversions of ids into references: to records, to owners, to decisions of a person.

A reference by name, ``{"$ref": [stream, value, member, hints]}``, names a record by what
one of its members says; case and blanks around it do not count. Several records may have
the same name. ``hints`` is what else the referring record knows about the one it means::

    {"$ref": ["contacts", "Vera Example", "full name",
              {"company": "Alpha Example", "email": ["vera@alpha.example"]}]}

The member may be several put together, ``First Name + Last Name``: the filled ones with
a blank between. The keys of the hints are members of ``stream`` (a name, or a dotted
path), their values a text, a number, or a list of those of which any may be the one.
An empty text is agreed with by a record that has nothing there, and contradicted by none.
Whoever loads takes the record that agrees in more hints, less those that it contradicts,
than any other, and in one at least. Where no hint tells them apart the link stays empty,
the name is kept in the notes, and a message names the candidates: the oldest one is no better than the others.
Records that were merged count as one. Hints never rule out the only record of a name.
"""

from .parts import MAP, OWNER, REF
from .values import (
    BadValue,
    as_key,
    as_list,
    as_text,
    beside,
    is_blank,
    transform,
)

TOGETHER = " + "
"""Between the members of a reference by name that are compared as one text."""


@transform
def lookup(value, stream):
    """
    >>> lookup(7, "companies")
    {'$ref': ['companies', '7']}
    """
    return {REF: [stream, _key(value)]}


def _key(value):
    text = as_text(value)
    if not text:
        raise BadValue("not_a_reference")
    return text


@transform
def lookup_all(value, stream, member="id"):
    """
    >>> lookup_all([{"id": 7}, {"id": 9}], "tags")
    [{'$ref': ['tags', '7']}, {'$ref': ['tags', '9']}]
    """
    items = value if isinstance(value, list) else [value]
    keys = [
        item.get(member) if isinstance(item, dict) and member else item
        for item in items
    ]
    return [lookup(key, stream) for key in keys if not is_blank(key)]


@transform
def lookup_several(value, streams):
    """
    >>> lookup_several([[{"id": 1}], 2, None], ["deals", "contacts", "companies"])
    [{'$ref': ['deals', '1']}, {'$ref': ['contacts', '2']}]
    """
    return [
        reference
        for items, stream in beside(value, streams)
        if not is_blank(items)
        for reference in lookup_all(items, stream)
    ]


@transform
def lookup_typed(value, member, otherwise, streams):
    """
    >>> lookup_typed([[{"id": 5, "kind": "staff"}], [{"id": 7}]], "kind", "contacts", {"staff": "users"})
    [{'$ref': ['users', '5']}, {'$ref': ['contacts', '7']}]
    """
    references = []
    for items in as_list(value):
        for item in as_list(items):
            if not isinstance(item, dict) or is_blank(item.get("id")):
                continue
            kind = item.get(member)
            stream = otherwise if is_blank(kind) else streams.get(as_key(kind))
            reference = lookup(item["id"], stream) if stream else None
            if reference and reference not in references:
                references.append(reference)
    return references


@transform
def lookup_by(value, stream, member):
    """
    >>> lookup_by("Ana@Example.com ", "contacts", "email")
    {'$ref': ['contacts', 'Ana@Example.com', 'email']}
    """
    if isinstance(value, list):
        return [lookup_by(item, stream, member) for item in value if not is_blank(item)]
    return {REF: [stream, _key(value), member]}


@transform
def lookup_several_by(value, pairs):
    """
    >>> lookup_several_by(["7", "Acme"], [["deals", ""], ["companies", "name"]])
    [{'$ref': ['deals', '7']}, {'$ref': ['companies', 'Acme', 'name']}]
    >>> lookup_several_by(["7;8", "x"], [["deals", "", {"split": ";"}], ["", ""]])
    [{'$ref': ['deals', '7']}, {'$ref': ['deals', '8']}]
    >>> lookup_several_by(["Vera", "Acme"], [["contacts", "name", {"hints": {"company": 1}}], ["", ""]])
    [{'$ref': ['contacts', 'Vera', 'name', {'company': 'Acme'}]}]
    >>> options = {"hints": {"company": 1, "city": 2}, "blank": ["company"]}
    >>> lookup_several_by(["Vera", None, None], [["contacts", "name", options], ["", ""], ["", ""]])
    [{'$ref': ['contacts', 'Vera', 'name', {'company': ''}]}]
    >>> lookup_several_by(["7", "Vera"], [["contacts", ""], ["contacts", "name"]])
    [{'$ref': ['contacts', '7']}]
    >>> lookup_several_by(["006A"], [["*", "", {"streams": {"006": "deals"}}]])
    [{'$ref': ['deals', '006A']}]
    >>> types = {"streams": {"Contacts": "contacts"}, "at": 1}
    >>> lookup_several_by(["7", "Contacts"], [["*", "", types], ["", ""]])
    [{'$ref': ['contacts', '7']}]

    A name may be that of a record of any of several objects; whoever loads knows of which:

    >>> lookup_several_by(["Roof"], [["*", "", {"any": {"deals": "title", "people": "name"}}]])
    [{'$ref': ['deals', 'Roof', 'title'], 'any': True}, {'$ref': ['people', 'Roof', 'name'], 'any': True}]

    >>> beside_ids = {"any": {"deals": "title", "people": "name"}, "unless": 1}
    >>> lookup_several_by(["7", "Roof"], [["people", ""], ["*", "", beside_ids]])
    [{'$ref': ['people', '7']}]

    Where a stream's ids are given, its names say the same once more and less surely:

    >>> lookup_several_by(["7", "Acme"], [["companies", ""], ["companies", "name"]])
    [{'$ref': ['companies', '7']}]
    >>> lookup_several_by([None, "Acme"], [["companies", ""], ["companies", "name"]])
    [{'$ref': ['companies', 'Acme', 'name']}]

    With a label the name goes along, for whoever loads to see whether it is the record's:

    >>> pairs = [["companies", ""], ["companies", "name", {"label": "Account"}]]
    >>> lookup_several_by(["7", "Acme"], pairs)
    [{'$ref': ['companies', '7'], 'named': [['Account', 'Acme']]}]
    """
    if len(pairs) == 1 and len(pairs[0]) == 2:
        return _lookup_alone(value, *pairs[0])
    references, sides, named = [], beside(value, pairs), {}
    known = {
        stream
        for items, (stream, member, *_more) in sides
        if not member and not is_blank(items)
    }
    for items, (stream, member, *more) in sides:
        options = more[0] if more else {}
        if not stream:
            continue
        if member and stream in known:
            if options.get("label") and not is_blank(items):
                text = ", ".join(map(as_text, as_list(items)))
                named.setdefault(stream, []).append([options["label"], text])
            continue
        if options.get("split") and isinstance(items, str):
            items = items.split(options["split"])
        for item in as_list(items):
            if is_blank(item):
                continue
            if options.get("any"):
                if any(
                    not is_blank(sides[n][0]) for n in range(options.get("unless", 0))
                ):
                    break  # the id beside it says which one it is
                references += [
                    {REF: [other, _key(item), name], "any": True}
                    for other, name in options["any"].items()
                ]
                continue
            if options.get("streams"):
                # Another column, or the first signs of an id, say what it is of.
                at = options.get("at")
                kind = _key(item)[:3] if at is None else as_key(sides[at][0] or "")
                stream = options["streams"].get(kind)
                if not stream:
                    raise BadValue("not_a_reference")
            reference = lookup(item, stream)
            reference[REF] += [member] if member else []
            if not member:
                known.add(stream)
            hints = {
                name: as_text(sides[place][0] or "")
                for name, place in options.get("hints", {}).items()
                if place < len(sides)
                and (not is_blank(sides[place][0]) or name in options.get("blank", ()))
            }
            reference[REF] += [hints] if hints and member else []
            references.append(reference)
    for reference in references:
        if texts := named.pop(reference[REF][0], None):
            reference["named"] = texts
    return references


def _lookup_alone(value, stream, member):
    """Return the references of ``lookup_several_by`` where nothing stands beside them."""
    items = value[0] if isinstance(value, (list, tuple)) and len(value) == 1 else value
    references = [
        lookup(item, stream) for item in as_list(items) if stream and not is_blank(item)
    ]
    for reference in references if member else ():
        reference[REF].append(member)
    return references


@transform
def lookup_first(value, streams):
    """
    >>> lookup_first([[], [{"id": 9}]], ["contacts", "companies"])
    {'$ref': ['companies', '9']}
    """
    return next(iter(lookup_several(value, streams)), None)


@transform
def one_link(value):
    """
    >>> one_link([{"$ref": ["contacts", "7"]}]), one_link([])
    ({'$ref': ['contacts', '7']}, None)
    >>> len(one_link([{"$ref": ["contacts", "7"]}, {"$ref": ["contacts", "9"]}]))
    2
    """
    links = [each for each in as_list(value) if not is_blank(each)]
    return links if len(links) > 1 else next(iter(links), None)


@transform
def lookup_parent(value):
    """
    >>> lookup_parent({"stream": "notes", "id": 7})
    {'$ref': ['notes', '7']}
    """
    if not isinstance(value, dict) or is_blank(value.get("stream")):
        raise BadValue("not_a_reference")
    if is_blank(value.get("id")):
        raise BadValue("not_a_reference")
    return lookup(value["id"], as_text(value["stream"]))


@transform
def value_map(value, name):
    """
    >>> value_map("Gold", "tier"), value_map(["a", "b"], "tier")
    ({'$map': ['tier', 'Gold']}, [{'$map': ['tier', 'a']}, {'$map': ['tier', 'b']}])
    """
    if isinstance(value, list):
        return [{MAP: [name, _key(item)]} for item in value if not is_blank(item)]
    return {MAP: [name, _key(value)]}


@transform
def owner(value):
    """
    >>> owner(5), owner(["Ana", ""])
    ({'$owner': '5'}, [{'$owner': 'Ana'}])

    Insightly packs name and address into one cell:

    >>> owner("Ana;ana@example.com;"), owner("Ana;Rui")
    ({'$owner': 'ana@example.com'}, {'$owner': 'Ana;Rui'})
    """
    if isinstance(value, list):
        return [{OWNER: _key(each)} for each in value if not is_blank(each)]
    text = _key(value)
    mails = [part.strip() for part in text.split(";") if "@" in part]
    return {OWNER: mails[0] if ";" in text and len(mails) == 1 else text}
