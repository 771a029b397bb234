"""Habits of exports that other programs write: what a column or a file is called, and packs."""

import csv
import io

import pytest
from files import records, sheet, told
from spreadsheet_common import values_of


def text_of(*rows):
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue()


HEADER = ["Name", "Stage", "Deal Value", "Owner"]
TITLES = [["Deals"], ["Manage your deals"], [], ["Active deals"]]


@pytest.mark.parametrize("count", [1, 2])
def test_titles_above_a_table_of_few_rows_are_not_its_records(open_files, count):
    rows = [["Mill", "New", 1000.5, "Ana"], ["Wheel", "Won", 0, "Rui"]][:count]
    source = open_files({"Deals.xlsx": sheet([*TITLES, HEADER, *rows])})
    assert [r["Name"] for r in records(source, "deals")] == ["Mill", "Wheel"][:count]


def test_the_first_group_of_a_board_is_read_like_the_others(open_files):
    """Monday repeats the header below the title of every group."""
    rows = [
        *([*TITLES, HEADER, ["Mill", "New", 1000.5, "Ana"], []]),
        *(["Closed"], HEADER, ["Wheel", "Won", 0, "Rui"], ["Cog", "Lost", 12, "Rui"]),
    ]
    source = open_files({"Board.xlsx": sheet([list(row) for row in rows])})
    names = {
        record["Name"]
        for stream in source.get_streams()
        for record in records(source, stream.name)
    }
    assert names == {"Mill", "Wheel", "Cog"}


@pytest.mark.parametrize(
    "rows",
    [
        [["Email"], ["a@example.com"], ["b@example.com"], ["Note:", "two of them"]],
        [["Email"], *([f"p{n}@example.com"] for n in range(9)), ["a", "b", "c"]],
    ],
)
def test_a_list_of_one_column_keeps_its_header(open_files, rows):
    source = open_files({"contacts.csv": text_of(*rows)})
    (group,) = source.get_groups().values()
    assert group.tables[0].layout.header_row == 1


@pytest.mark.parametrize(
    "cells",
    [
        ["a@example.com;b@example.com", "c@example.com;d@example.com"],
        ["a@example.com,b@example.com", "c@example.com,d@example.com"],
        ["a@example.com | b@example.com", "c@example.com | d@example.com"],
        ["https://x.example/?a=1|2", "https://y.example/?a=2|3"],
    ],
)
def test_a_list_of_addresses_is_not_cut_within_its_cells(open_files, cells):
    source = open_files({"contacts.csv": "\n".join(["Address", *cells])})
    found = [record["Address"] for record in records(source, "contacts")]
    assert found == cells


def test_a_linked_record_is_called_without_its_module(open_files):
    """Vtiger has no ids and writes ``Accounts::::Alpha``."""
    source = open_files(
        {
            "Organizations.csv": text_of(["Organization Name"], ["Alpha"], ["Beta"]),
            "Opportunities.csv": text_of(
                ["Opportunity Name", "Amount", "Organization Name", "Contact Name"],
                ["Mill", "5", "Accounts::::Alpha", "Contacts::::Ana Sá"],
                ["C++", "5", "a::::b", ""],
            ),
        }
    )
    first, second = values_of(source, "deals").values()
    assert (first["partner_name"], first["contact_name"]) == ("Alpha", "Ana Sá")
    assert second["partner_name"] == "a::::b"
    assert first["partner_id"]["$ref"][:2] == ["companies", "Alpha"]
    assert "armor_removed" in told(source)


def test_a_linked_record_is_called_without_the_address_of_its_page(open_files):
    """Notion writes ``Alpha (https://www.notion.so/Alpha-…?pvs=21)``."""

    def page(name):
        return f"{name} (https://www.notion.so/{name[:4]}-{'0a' * 16}?pvs=21)"

    both = f"{page('Alpha')}, {page('Beta, Inc')}"
    source = open_files(
        {
            "Companies.csv": text_of(["Name", "Website"], ["Alpha", "alpha.example"]),
            "Contacts.csv": text_of(
                ["Name", "Company", "Notes"],
                ["Ana", page("Alpha"), f"{page('Alpha')} knows her"],
                ["Rui", page("Beta, Inc"), ""],
                ["Eva", both, ""],
            ),
        }
    )
    found = {one["name"]: one for one in values_of(source, "contacts").values()}
    assert {name: one["company_name"] for name, one in found.items()} == {
        "Ana": "Alpha",
        "Rui": "Beta, Inc",
        "Eva": 'Alpha, "Beta, Inc"',
    }
    assert found["Ana"]["parent_id"]["$ref"][:2] == ["companies", "Alpha"]
    assert "notion.so" in found["Ana"]["comment"]
    assert "armor_removed" in told(source)


def test_both_parts_of_a_name_in_a_composite_are_taken(open_files):
    """Twenty: the label of the field, then that of its part."""
    source = open_files(
        {
            "person.csv": text_of(
                ["Id", "Name / First Name", "Name / Last Name"]
                + [
                    "Phones / Primary Phone Number",
                    "Phones / Primary Phone Country Code",
                ],
                ["1", "José", "Sá", "912345678", "PT"],
            )
        }
    )
    (values,) = values_of(source, "contacts").values()
    assert (values["name"], values["phone"]) == ("José Sá", "912345678")
    assert "country_id" not in values


def test_one_column_of_two_things_is_no_composite(open_files):
    rows = ["id", "Name", "PLZ / Ort"], ["1", "Alpha", "01067 Dresden"]
    (values,) = values_of(open_files({"Firmen.csv": text_of(*rows)}), "firmen").values()
    assert "city" not in values


def test_odoo_names_the_model_of_a_file_and_who_is_a_company(open_files):
    source = open_files(
        {
            "Kontakt (res.partner).csv": text_of(
                ["External ID", "Name", "Is a Company", "Job Position"],
                ["a", "Alpha", "True", ""],
                ["b", "Ana", "", "Buyer"],
            ),
            "Lead_Opportunity (crm.lead).csv": text_of(
                ["id", "name", "expected_revenue", "date_deadline"],
                ["c", "Mill", "12.5", "2027-01-31"],
            ),
        }
    )
    known = {group.known: name for name, group in source.get_groups().items()}
    alpha, ana = values_of(source, known["contacts"]).values()
    assert (alpha["is_company"], ana["is_company"]) == (True, False)
    assert ana["function"] == "Buyer"
    (deal,) = values_of(source, known["deals"]).values()
    assert (deal["name"], deal["expected_revenue"]) == ("Mill", 12.5)
    assert deal["date_deadline"] == "2027-01-31"


OTHER = "5b8e0f3a-1b2c-4d3e-8f90-000000000001"


@pytest.mark.parametrize(
    ("currency", "meant"), [("-99", "EUR"), ("'-99", "EUR"), (OTHER, OTHER)]
)
def test_the_number_of_a_currency_is_none(open_files, currency, meant):
    """SuiteCRM writes -99 for the usual one, whose sign stands beside the amount.

    Beside an amount in another one the same sign stands: whoever loads must ask.
    """
    source = open_files(
        {
            "Opportunities.csv": text_of(
                ["ID", "Opportunity Name", "Opportunity Amount", "Currency"],
                ["1", "Mill", "€1.000,50", currency],
                ["2", "Wheel", "€12,00", currency],
            )
        }
    )
    values = values_of(source, "deals")["1"]
    assert (values["expected_revenue"], values["@currency"]) == (1000.5, meant)


def test_a_table_is_what_its_id_and_columns_are_called_after(open_files):
    """HubSpot names a file after a view."""
    header = ["Ticket ID", "Ticket name", "Ticket status", "Create date", "Priority"]
    rows = header, ["1", "Broken strap", "New", "2024-03-01 10:15", "High"]
    source = open_files({"hubspot-crm-exports-warteschlange.csv": text_of(*rows)})
    (group,) = source.get_groups().values()
    assert group.known == "tickets"


def test_the_address_of_an_owner_counts_where_it_is_packed_behind_the_name(open_files):
    """Insightly: ``name;e-mail;``."""
    rows = (
        ["RecordId", "OrganizationName", "OrganisationOwner"],
        [*("1", "Alpha", "Ana Reis;ana@example.com;")],
    )
    source = open_files({"Organisations.csv": text_of(*rows)})
    (values,) = values_of(source, "companies").values()
    assert values["user_id"] == {"$owner": "ana@example.com"}


def test_close_says_won_and_lost_in_its_own_words_beside_those_of_the_customer(
    open_files,
):
    header = ["id", "lead_name", "status_label", "status_type", "value", "user_name"]
    rows = header, ["o1", "Alpha", "Signed!", "won", "5", "Ana Reis"]
    source = open_files({"opportunities.csv": text_of(*rows)})
    values = values_of(source, "deals")["o1"]
    assert values["@state"] == {"$map": ["deal_states", "won"]}
    assert values["stage_id"] == {"$map": ["stages", "Signed!"]}
    assert values["user_id"] == {"$owner": "Ana Reis"}


@pytest.mark.parametrize(
    ("won", "lost"),
    [
        ("Deal - Datum des gewonnenen Deals", "Deal - Datum des verlorenen Deals"),
        ("Negócio - Ganho em", "Negócio - Data de perda"),
        ("Affaire - Heure du gain", "Affaire - Heure de l'échec"),
    ],
)
def test_when_deals_of_pipedrive_were_won_or_lost_in_other_languages(
    open_files, won, lost
):
    thing = won.partition(" - ")[0]
    value = {"Deal": "Wert", "Negócio": "Valor", "Affaire": "Valeur"}[thing]
    rows = [
        [f"{thing} - ID", f"{thing} - {value}", won, lost],
        ["1", "5", "2024-06-07 08:09:10", ""],
        ["2", "5", "", "2024-06-01 00:00:01"],
    ]
    source = open_files({"export.csv": text_of(*rows)})
    (group,) = source.get_groups()
    closed = [v["@closed_at"] for v in values_of(source, group).values()]
    assert closed == ["2024-06-07 08:09:10", "2024-06-01 00:00:01"]


@pytest.mark.parametrize(
    ("written", "meant"), [("0.1", 10.0), ("1", 1.0), ("10", 10.0), ("0.1%", 0.1)]
)
def test_a_fraction_alone_is_a_part_of_one(open_files, written, meant):
    rows = ["id", "Deal Name", "Amount", "Probability"], ["1", "Mill", "5", written]
    source = open_files({"deals.csv": text_of(*rows)})
    assert values_of(source, "deals")["1"]["probability"] == meant


def test_an_owner_is_known_by_the_address_before_the_name(open_files):
    header = ["Deal : id", "Deal : Name", "Deal : Sales owner"]
    rows = [*header, "Deal : Sales owner email"], ["1", "Mill", "Ana", "a@example.com"]
    source = open_files({"deals.csv": text_of(*rows)})
    assert values_of(source, "deals")["1"]["user_id"] == {"$owner": "a@example.com"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2027年1月31日", "2027-01-31"),
        ("2027. 01. 31.", "2027-01-31"),
        ("2027.01.31.", "2027-01-31"),
        ("31.01.2027 14:30 Uhr", "2027-01-31"),
        ("31/01/2027 14h30", "2027-01-31"),
    ],
)
def test_days_as_they_are_written_where_they_come_from(open_files, written, meant):
    header = ["id", "Deal Name", "Amount", "Expected Close Date"]
    source = open_files({"deals.csv": text_of(header, ["1", "Mill", "5", written])})
    assert values_of(source, "deals")["1"]["date_deadline"] == meant


def test_an_owner_without_an_address_is_known_by_the_name(open_files):
    header = ["Deal : id", "Deal : Name", "Deal : Sales owner"]
    rows = [*header, "Deal : Sales owner email"], ["1", "Mill", "Ana", "a@example.com"]
    source = open_files({"deals.csv": text_of(*rows, ["2", "Cog", "Rui", ""])})
    owners = [values["user_id"] for values in values_of(source, "deals").values()]
    assert owners == [{"$owner": "a@example.com"}, {"$owner": "Rui"}]
