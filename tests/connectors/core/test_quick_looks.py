"""What is told of most cells at a glance is what a close look tells of them."""

from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.core import shapes
from connectors.mapping import moments, several
from connectors.mapping.values import BadValue

SIGNS = "+-.,/() 0123456789"
ADDRESSES = st.one_of(
    st.from_regex(several._ONE_OF_A_KIND["email"]),
    st.text("aZ9._+-@ ;<>\n\x1cé", max_size=30),
    st.sampled_from(
        ["keine@", "nomail@example.com", "a@b", "a@b.c\n", "a@b..c", "@b.c"]
        + ["a" * 312 + "@b.test", "a" * 313 + "@b.test", "sem@e.mail", "no@mail.no"]
    ),
    st.builds(
        "{}@{}".format, st.text("a.b-_1", max_size=9), st.text("a.b-1", max_size=9)
    ),
)
NUMBERS = st.one_of(
    st.from_regex(several._ONE_OF_A_KIND["phone"]),
    st.text(SIGNS, max_size=30),
    st.builds("+{}".format, st.text(SIGNS, max_size=20)),
    st.sampled_from(
        ["+49", "+1 2", "0", "00000", "1.23E+11", "0 0 0 0", "+٣٤ 91", "1  2"]
        + ["1" * 100, "1" * 100 + " ", "1" * 101, "0000-00-00"]
    ),
)


def look(text):
    """Return the shape without any shortcut."""
    return shapes._look_closely.__wrapped__(text)


@settings(max_examples=1500, deadline=None)
@given(st.one_of(ADDRESSES, NUMBERS).map(str.strip).filter(bool))
def test_a_cell_has_the_shape_that_a_close_look_finds(text):
    assert shapes.shape_of(text) is look(text)


def test_addresses_and_numbers_need_no_close_look(monkeypatch):
    monkeypatch.setattr(shapes, "_look_closely", None)
    found = [
        shapes.shape_of(t) for t in ("a.b-c@x.example.com", "+351 21 000", "+35121")
    ]
    assert [(s.kind, s.coded, s.whole) for s in found] == [
        ("email", False, False),
        ("", True, False),
        ("", True, True),
    ]


def take(way, text, kind):
    try:
        return way(text, kind)
    except BadValue as error:
        return type(error), error.code, error.data, vars(error)


@settings(max_examples=1500, deadline=None)
@given(st.one_of(ADDRESSES, NUMBERS), st.sampled_from(["email", "phone"]))
def test_the_first_of_a_cell_is_that_of_a_close_look(text, kind):
    assert take(several._first, text, kind) == take(several._first_of_all, [text], kind)


def test_most_addresses_and_numbers_are_not_divided(monkeypatch):
    monkeypatch.setattr(several, "_divide", None)
    assert several.first_email("a.b@x.example") == "a.b@x.example"
    assert several.first_phone("+351 (21) 000-001") == "+351 (21) 000-001"


MOMENTS = st.one_of(
    st.from_regex(moments._OF_PROGRAMS, fullmatch=True),
    st.datetimes().map(str),
    st.datetimes(timezones=st.just(moments.UTC)).map(lambda at: f"{at:%FT%T.%fZ}"),
    st.dates().map(str),
    st.sampled_from(["2025-02-30", "2025-06-30T24:00:00Z", "2025-06-30 23:59:60"]),
)


@given(MOMENTS, st.sampled_from([None, "dmy", "mdy", "serial", "%d.%m.%Y"]))
def test_what_a_program_writes_is_read_as_what_people_write(text, order):
    def look_closely():
        read = moments._from_iso
        if order:
            read = partial(moments._from_written, order=order)
        try:
            moment = moments._from_people(text, read)
        except ValueError:
            return None
        return moment if moments.EARLIEST <= moment.day.year <= moments.LATEST else None

    try:
        found = moments.read_written(text, order) if order else moments.read_iso(text)
    except BadValue:
        found = None
    assert found == look_closely()
