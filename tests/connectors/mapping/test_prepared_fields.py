"""Fields that are prepared once for many records, which must not know of each other."""

from connectors.mapping.apply import MAX_KNOWN, apply, prepare


def field(target, source, *steps, **more):
    return {"target": target, "source": source, "steps": list(steps), **more}


FIELDS = [
    field("name", "name", ["strip"], required=True),
    field("amount", "amount", ["decimal"]),
    field("owner", "owner", ["owner"]),
    field("tags", "tags", ["split", ";"]),
    field("born", ["day", "month"], ["join", "-"]),
    field("kind", None, ["constant", ["a"]]),
]
ROWS = [
    {"name": " Ana ", "amount": "1.5", "owner": "7", "tags": "x;y", "day": "1"},
    {"name": " Ana ", "amount": "a lot", "owner": "7", "tags": "x;y", "month": "2"},
    {"name": "", "amount": "a lot", "owner": 7, "tags": ["x"]},
    {"name": 1, "amount": True},
    {"name": "1", "amount": "1"},
    {"name": True, "amount": 1.0},
    {"name": "NULL", "amount": "0000-00-00"},
    {},
]


def test_each_record_comes_to_the_same_as_alone():
    prepared = prepare(FIELDS)
    for row in [*ROWS, *reversed(ROWS)]:
        assert apply(prepared, row) == apply(FIELDS, row), row


def test_what_is_no_plain_value_belongs_to_one_record():
    prepared = prepare(FIELDS)
    first = apply(prepared, ROWS[0]).values
    first["tags"].append("z")
    first["owner"]["more"] = 1
    assert apply(prepared, ROWS[0]) == apply(FIELDS, ROWS[0])


def test_a_bad_value_is_told_of_each_record_that_has_it():
    prepared = prepare(FIELDS)
    for _time in range(2):
        assert [p.target for p in apply(prepared, ROWS[1]).problems] == ["amount"]


def test_no_more_is_remembered_than_fits():
    (one,) = prepared = prepare(FIELDS[:1])
    for number in range(2 * MAX_KNOWN + 1):
        assert apply(prepared, {"name": f" {number}"}).values == {"name": str(number)}
        assert len(one.known) <= MAX_KNOWN
