"""Numbers and yes or no, as systems and people write them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.mapping.transforms import TRANSFORMS, BadValue

decimal, decimal_as = TRANSFORMS["decimal"], TRANSFORMS["decimal_as"]
integer, boolean = TRANSFORMS["integer"], TRANSFORMS["boolean"]


def refusal(convert, *arguments):
    with pytest.raises(BadValue) as caught:
        convert(*arguments)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,56", 1234.56),
        ("1,234.56", 1234.56),
        ("1.234.567", 1234567),
        ("1,234,567", 1234567),
        ("12,34,567.50", 1234567.5),
        ("1'234.50", 1234.5),
        ("1’234’567.05", 1234567.05),
        ("1 234,5", 1234.5),
        ("1\u202f234\u00a0567,5", 1234567.5),
        ("1234,567", 1234.567),
        ("0,125", 0.125),
        (".5", 0.5),
        (",5", 0.5),
        ("-.5", -0.5),
        ("12.", 12),
        ("(12)", -12),
        ("(1,234.50)", -1234.5),
        ("12-", -12),
        ("−12", -12),
        ("- 12", -12),
        ("+12", 12),
        ("-0", 0),
        ("50%", 50),
        ("50 %", 50),
        ("%50", 50),
        ("€ 12,50", 12.5),
        ("12,50 €", 12.5),
        ("-$12.50", -12.5),
        ("$-12.50", -12.5),
        ("R$ 1.234,50", 1234.5),
        ("US$5", 5),
        ("CHF 12.-", 12),
        ("12,- kr", 12),
        ("Rs.500", 500),
        ("5 eur", 5),
        ("₹12,34,567", 1234567),
        ("1e5", 100000),
        ("1.5E+03", 1500),
        ("١٢٣", 123),
        ("١٬٢٣٤٫٥", 1234.5),
        ("१२", 12),
        ("\u200f-12\u200e", -12),
    ],
)
def test_a_number_is_read_however_it_is_written(text, number):
    assert decimal(text) == number
    assert math.copysign(1, decimal(text)) == math.copysign(1, number)


@pytest.mark.parametrize(
    "text",
    [
        "12k", "1.5M", "5 MIO", "12 kg", "3rd", "Q1", "1-2", "10 20", "1,2,3.5",
        "1.2,3", "1,23,4", "1_000", "0x10", "NaN", "-sNaN12", "Infinity", "-inf", "--1",
        "(-1)", "(1", "$", "", "1e", "5²", "1½", "1 2 3", "+351 21 000", "12:30", "1e-999",
        "1.2.3", "2025-01-01", "5M €", "12k€", "K$5",
    ],
)  # fmt: skip
def test_what_is_no_number_is_not_cut_down_to_one(text):
    assert refusal(decimal, text) == "not_a_number"


def test_one_comma_before_three_digits_is_asked_about():
    assert refusal(decimal, "1,234") == "ambiguous_number"
    assert decimal_as("1,234", ",") == 1.234
    assert decimal_as("1,234", ".") == 1234


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("1.234", ",", 1234),
        ("1.234,5 EUR", ",", 1234.5),
        ("1,5E+05", ",", 150000),
        ("12,5-", ",", -12.5),
        ("١٢٫٥", ",", 12.5),
        ("50,5 %", ",", 50.5),
        ("zł 5,5", ",", 5.5),
        (7, ",", 7),
    ],
)
def test_a_mark_that_is_known_decides(text, mark, number):
    assert decimal_as(text, mark) == number


@pytest.mark.parametrize("text", ["1.5M", "1.2", "1.23.456", "12 k", "1,5,5"])
def test_a_mark_that_does_not_fit_is_a_problem(text):
    assert refusal(decimal_as, text, ",") == "not_a_number"


@pytest.mark.parametrize(
    "value", [10**400, -(10**400), "1e400", 2**53 + 1, "9007199254740993", str(10**40 + 1)]
)  # fmt: skip
def test_digits_are_never_lost_without_a_word(value):
    assert refusal(decimal, value) == "too_big"


@pytest.mark.parametrize("value", [math.nan, math.inf, True, None, [], {}, "1" * 5000])
def test_what_is_no_finite_number_is_refused(value):
    assert refusal(decimal, value) == "not_a_number"


def test_whole_numbers_end_where_the_field_ends():
    assert integer(2**31 - 1) == 2**31 - 1
    assert refusal(integer, 2**31) == "too_big"
    assert refusal(integer, 10**400) == "too_big"
    assert refusal(integer, "1.5") == "not_an_integer"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_comes_back_from_its_text(number):
    assert decimal(number) == number
    if abs(number) < 2**53:
        assert decimal(str(number)) == number


@given(st.decimals(-(10**12), 10**12, places=2, allow_nan=False))
def test_a_price_is_read_in_every_notation(price):
    english = f"{price:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    for text in (f"{english} $", f"EUR {english}", english.replace(",", "’")):
        assert decimal_as(text, ".") == decimal(text) == float(price)
    for text in (german, f"{german} €", german.replace(".", "\u202f")):
        assert decimal_as(text, ",") == decimal(text) == float(price)


@pytest.mark.parametrize("mark", [".", ","])
@given(text=st.text("0123456789.,'()+-€%eE kM", max_size=14))
def test_any_jumble_is_a_number_or_a_problem(mark, text):
    for arguments in ((decimal, text), (decimal_as, text, mark)):
        convert, *rest = arguments
        try:
            number = convert(*rest)
        except BadValue:
            continue
        assert isinstance(number, float)
        assert math.isfinite(number)
        assert set(text) <= set("0123456789.,'()+-€%eE ")


@pytest.mark.parametrize(
    "word", ["Ja", "OUI", "Sí", "sim", "да", "はい", "x", "✓", "1.0", -1, 1.0]
)
def test_yes_in_other_languages(word):
    assert boolean(word) is True


@pytest.mark.parametrize(
    "word", ["Nein", "non", "Não", "nie", "нет", "いいえ", "off", "0.0", 0.0]
)
def test_no_in_other_languages(word):
    assert boolean(word) is False


@pytest.mark.parametrize("word", ["maybe", "2", "n/a", "-", "null", [1]])
def test_neither_yes_nor_no_is_a_problem(word):
    assert refusal(boolean, word) in ("not_a_boolean", "not_text")
