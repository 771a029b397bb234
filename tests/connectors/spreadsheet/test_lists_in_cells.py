"""Lists that an export writes into one cell: JSON, arrays of a database, CSV within CSV."""

import csv
import io

import pytest
from spreadsheet_common import values_of


def contacts(**cells):
    stream = io.StringIO()
    rows = ["id", "Full Name", *cells], ["1", "Ana", *cells.values()]
    csv.writer(stream).writerows(rows)
    return {"contacts.csv": stream.getvalue()}


@pytest.mark.parametrize(
    "written",
    [
        '[{"id": 7, "name": "VIP"}, {"id": 9, "name": "Fair"}]',
        '{"65f1": "VIP", "65f2": "Fair"}',
        "{VIP,Fair}",
        '"VIP","Fair"',
        "VIP, Fair",
    ],
)
def test_tags_are_those_of_the_list(open_files, written):
    source = open_files(contacts(Email="a@example.com", Tags=written))
    tags = values_of(source, "contacts")["1"]["category_id"]
    assert [tag["$map"][1] for tag in tags] == ["VIP", "Fair"]


@pytest.mark.parametrize("written", ['"Fair, 2026",VIP', '{"Fair, 2026",VIP}'])
def test_a_comma_in_quotes_divides_nothing(open_files, written):
    source = open_files(contacts(Email="a@example.com", Tags=written))
    tags = values_of(source, "contacts")["1"]["category_id"]
    assert [tag["$map"][1] for tag in tags] == ["Fair, 2026", "VIP"]


@pytest.mark.parametrize(
    "written",
    [
        '[{"value": "a@example.com", "label": "work"}, {"value": "b@example.com"}]',
        '["a@example.com", "b@example.com"]',
        "{a@example.com,b@example.com}",
        "a@example.com (work), b@example.com (home)",
    ],
)
def test_the_first_address_counts_and_the_other_is_kept(open_files, written):
    source = open_files(contacts(Emails=written, Phone="+49301234567"))
    values = values_of(source, "contacts")["1"]
    assert values["email"] == "a@example.com"
    assert values["@note"] == "<p>Emails: b@example.com</p>"


@pytest.mark.parametrize(
    "written",
    [
        '[{"value":"+4930123456","label":"work"},{"value":"+49171234567"}]',
        '["+4930123456","+49171234567"]',
        '[{"phoneNumber": "+4930123456", "primary": true}, {"phoneNumber": "+49171234567"}]',
    ],
)
def test_the_first_number_counts_and_the_other_is_kept(open_files, written):
    source = open_files(contacts(Email="a@example.com", Phone=written))
    values = values_of(source, "contacts")["1"]
    assert values["phone"] == "+4930123456"
    assert values["@note"] == "<p>Phone: +49171234567</p>"
