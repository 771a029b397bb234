"""What a signature is about, as data that is the same on every database, and its hash.

No id of a database is in it: objects, paths, keys of the source, logins and names are.
"""

import hashlib
import json
import zlib

MAPPING, VALUES, OWNERS, DRY_RUN, PHASE = "mapping values owners dry_run phase".split()

OF_PLAN = (MAPPING, VALUES, OWNERS)
"""What a plan carries as well."""

WITH_RECORD = ("map", "reactivate")
"""Decisions about a value that mean a record which Odoo has already."""

RULE = ("target", "steps", "state", "ignore_reason", "label", "field", "object_label")
"""Of a line of a plan: what is signed."""


def pick(kind, plan):
    """Return what a plan says of a kind: ``[[identity, members], …]`` in a fixed order."""
    return in_order(PICKED[kind](plan))


def pick_sums(rows):
    """Return the sums of objects: pairs of a name and a dict of counts."""
    return in_order([[name], dict(sums)] for name, sums in rows)


def in_order(items):
    """Sort by what stands there, whatever order the database gave.

    >>> in_order([[["b"], {}], [["a"], {"n": 2}], [["a"], {"n": 1}]])
    [[['a'], {'n': 1}], [['a'], {'n': 2}], [['b'], {}]]
    """
    return sorted(items, key=as_text)


def as_text(value):
    """Return JSON that is the same whatever the order of members was."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
    )


def get_digest(value):
    """Return the SHA-256 of data.

    >>> get_digest({"a": 1, "b": 2}) == get_digest({"b": 2, "a": 1})
    True
    """
    return hashlib.sha256(as_text(value).encode()).hexdigest()


def pack(content):
    """Return what is kept of content: few bytes."""
    return zlib.compress(as_text(content).encode(), 9)


def unpack(raw):
    """Return the content that was packed, None for what is none."""
    try:
        return json.loads(zlib.decompress(raw))
    except (zlib.error, ValueError, TypeError):
        return None


def compare(before, now):
    """Return ``[(identity, members before, members now)]`` of what differs.

    >>> compare([[["a"], {"n": 1}], [["b"], {}]], [[["a"], {"n": 2}], [["c"], {}]])
    [(['a'], {'n': 1}, {'n': 2}), (['b'], {}, None), (['c'], None, {})]
    """
    sides = []
    for items in (before, now):
        found = {}
        for identity, members in items:
            found.setdefault(as_text(identity), (identity, []))[1].append(members)
        sides.append(found)
    old, new = sides
    changes = []
    for key in sorted(old.keys() | new.keys()):
        identity = (old.get(key) or new.get(key))[0]
        was = list(old.get(key, (None, []))[1])
        known = list(new.get(key, (None, []))[1])
        gone = [each for each in was if not _take(known, each)]
        for position in range(max(len(gone), len(known))):
            pair = [
                side[position] if position < len(side) else None
                for side in (gone, known)
            ]
            changes.append((identity, *pair))
    return changes


def _take(items, wanted):
    """Take one that is the same out of a list; tell whether there was one."""
    if wanted in items:
        items.remove(wanted)
        return True
    return False


def _pick_mapping(plan):
    filters = plan.get("filters") or {}
    for name, selected in (plan.get("streams") or {}).items():
        members = {"selected": bool(selected), "filter": filters.get(name) or None}
        yield [["stream", name], members]
    for item in plan.get("objects") or []:
        yield [["object", *_place(item)], {"selected": bool(item["selected"])}]
    for item in plan.get("lists") or []:
        yield [["list", item["name"]], {"label": item.get("label"), "as": item}]
    for line in plan.get("mapping") or []:
        # What nobody has decided, and nobody proposes anything for, is no rule.
        if line["state"] == "open" and not line.get("target"):
            continue
        source = line["source"]
        paths = source if isinstance(source, list) else [source] if source else []
        # What is empty is left out of some plans.
        rule = {name: line[name] for name in RULE if line.get(name)}
        yield [["field", *_place(line), *paths], rule]


def _place(item):
    return [
        *(item["stream"], item.get("part") or ""),
        *(item.get("model") or "", item.get("key") or ""),
    ]


def _pick_values(plan):
    for item in plan.get("values") or []:
        decision = item.get("decision")
        if not decision:
            continue
        # What a load creates for it is named in the source.
        named = decision in WITH_RECORD
        placed = {name: item[name] for name in ("order", "won") if name in item}
        yield [
            [item["list"], item["key"], item.get("within") or ""],
            {
                **placed,
                "decision": decision,
                "choice": item.get("choice") or None,
                "name": (item.get("name") or None) if named else None,
                "model": (item.get("model") or None) if named else None,
            },
        ]


def _pick_owners(plan):
    policy = (plan.get("options") or {}).get("owner_policy")
    yield [["", "policy"], {"policy": policy}]
    for item in plan.get("owners") or []:
        decision = item.get("decision")
        if decision:
            login = item.get("login") if decision == "assign" else None
            yield [[item["key"]], {"decision": decision, "login": login}]


PICKED = {MAPPING: _pick_mapping, VALUES: _pick_values, OWNERS: _pick_owners}
