"""Columns most of whose values are of a kind, and columns whose name means two things."""

import pytest
from files import records
from texts_common import mapped


@pytest.mark.parametrize(
    ("pattern", "separator"), [("{0}/03/2024", ";"), ("03/{0}/2024", ",")]
)
def test_days_are_read_by_their_order_beside_words_for_no_day(
    open_files, pattern, separator
):
    days = [pattern.format(day) for day in range(11, 19)]
    rows = [["ID", "Deal Name", "Close Date"]]
    rows += [[str(n), "A", day] for n, day in enumerate([*days, "TBD", "Q3 2024"])]
    text = "\n".join(map(separator.join, rows))
    values = mapped(open_files({"deals.csv": text}), "deals")
    found = [row.get("date_deadline") for row in values.values()]
    assert found == [*(f"2024-03-{day}" for day in range(11, 19)), None, None]


def test_a_mark_that_amounts_prove_counts_beside_words_for_no_amount(open_files):
    amounts = ["1.100,50", "12.500", "ask", "3.000", "on request", "4,25"]
    rows = [f"{n};A;{amount}" for n, amount in enumerate(amounts)]
    text = "\n".join(["ID;Deal Name;Amount", *rows])
    values = mapped(open_files({"deals.csv": text}), "deals")
    found = [row.get("expected_revenue") for row in values.values()]
    assert found == [1100.5, 12500, None, 3000, None, 4.25]


def test_texts_with_some_days_among_them_stay_texts(open_files):
    text = "ID,Full Name,Notes\n1,A,01/02/2024\n2,B,called\n3,C,asked\n"
    source = open_files({"contacts.csv": text})
    column = source.get_groups()["contacts"].columns["Notes"]
    assert (column.kind, column.date_order) == ("char", "")
    assert records(source, "contacts")[0]["Notes"] == "01/02/2024"


@pytest.mark.parametrize(
    "states",
    [
        ["Texas", "New York", "New Jersey"],
        ["NY", "TX", "OK"],
        ["GE", "Wien", "Neuchâtel"],
        ["New York", "New Hampshire"],
    ],
)
def test_a_state_of_an_address_is_no_state_of_a_lead(open_files, states):
    rows = [f"{n},A,Town,{state},Land" for n, state in enumerate(states)]
    text = "\n".join(["ID,Lead Name,City,State,Country", *rows])
    values = mapped(open_files({"leads.csv": text}), "leads")
    assert [row["state_id"] for row in values.values()] == [
        {"$map": ["states", state]} for state in states
    ]
    assert not any("@state" in row for row in values.values())


@pytest.mark.parametrize(
    "states", [["Open", "Closed Won", "Closed Lost"], ["New", "Contacted", "On ice"]]
)
def test_a_state_of_a_lead_is_none_of_an_address(open_files, states):
    rows = [f"{n},A,{state}" for n, state in enumerate(states)]
    text = "\n".join(["ID,Lead Name,State", *rows])
    values = mapped(open_files({"leads.csv": text}), "leads")
    assert not any("state_id" in row for row in values.values())
    assert all("@state" in row or "stage_id" in row for row in values.values())


@pytest.mark.parametrize(
    "name", ["Value Currency Code", "Ccy", "Local Currency", "Währung des Betrags"]
)
def test_a_column_that_is_called_a_currency_is_that_of_the_amount(open_files, name):
    text = f"ID,Deal Name,Value,{name}\n1,A,10,usd\n2,B,20,Dólar\n3,C,30,Bitcoin\n"
    values = mapped(open_files({"deals.csv": text}), "deals")
    assert [row["@currency"] for row in values.values()] == ["usd", "Dólar", "Bitcoin"]


def test_a_name_beside_the_topic_of_a_lead_is_the_persons(open_files):
    text = "ID,Name,Topic,Status Reason\n1,Vera Example,Saddles,New\n"
    values = mapped(open_files({"leads.csv": text}), "leads")["1"]
    assert (values["name"], values["contact_name"]) == ("Saddles", "Vera Example")


@pytest.mark.parametrize("sign", [": ", ".", " | ", " - "])
def test_headers_that_begin_with_their_object_say_what_the_rows_are(open_files, sign):
    names = ["First Name", "Last Name", "Email"]
    header = ",".join(f"Contact{sign}{name}" for name in names)
    text = f"{header},Company{sign}Name\nVera,Example,vera@alpha.example,Alpha\n"
    source = open_files({"export.csv": text})
    (values,) = mapped(source, "export").values()
    assert values["name"] == "Vera Example"
    assert (values["email"], values["company_name"]) == ("vera@alpha.example", "Alpha")


def test_a_rate_is_no_currency(open_files):
    text = "ID,Deal Name,Value,Currency Rate\n1,A,10,1.1\n2,B,20,0.9\n"
    values = mapped(open_files({"deals.csv": text}), "deals")
    assert not any("@currency" in row for row in values.values())
