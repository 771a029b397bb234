"""Fields that are prepared once for many records, which must not know of each other."""

from hypothesis import given
from hypothesis import strategies as st

from connectors.mapping.apply import MAX_KNOWN, apply, prepare
from connectors.mapping.references import lookup_several_by
from connectors.mapping.values import (
    _NULL_OF_PROGRAMS,
    PLAIN_BEGINS,
    BadValue,
    as_text,
    is_blank,
    is_written_null,
)


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


@given(st.one_of(st.text(), st.from_regex(_NULL_OF_PROGRAMS, fullmatch=True)))
def test_what_begins_plainly_says_something(text):
    if is_blank(text) or is_written_null(text):
        assert text[:1] not in PLAIN_BEGINS


@given(st.text("ab \t\n\x00\x1fé\u00a0\u200b\u2060\ufeff\ud800\U0001f600"))
def test_a_text_is_kept_but_for_what_no_database_keeps(text):
    kept = [sign for sign in text.strip() if sign not in "\x00\ud800\u200b\u2060\ufeff"]
    assert as_text(text) == "".join(kept).strip()


CELLS = st.one_of(
    *(st.none(), st.integers(), st.text(" 7a", max_size=3)),
    st.lists(st.text(" 7a", max_size=2), max_size=3),
    st.lists(st.lists(st.text("7", max_size=1), max_size=2), max_size=2),
    st.dictionaries(st.just("id"), st.just(7)),
)


@given(CELLS, st.sampled_from(["", "companies"]), st.sampled_from(["", "name"]))
def test_a_column_alone_refers_to_what_it_does_beside_others(cell, stream, member):
    def look(value, pairs):
        try:
            return lookup_several_by(value, pairs)
        except BadValue as error:
            return error.code

    alone = look([cell], [[stream, member]])
    assert alone == look([cell, None], [[stream, member], ["", ""]])
