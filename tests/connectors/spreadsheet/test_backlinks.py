"""Links that only the other side tells, as HubSpot's exports of contacts and companies do."""

from contextlib import closing

from files import records
from spreadsheet_common import values

from connectors.spreadsheet.source import SpreadsheetSource

COMPANIES = (
    "Record ID,Company name,Associated Contact IDs,Associated Deal IDs\n"
    "501,Alpha,101;102,10;12\n502,Beta,103,\n"
)
CONTACTS = (
    "Record ID,First Name,Last Name,Associated Deal,Associated Deal IDs\n"
    "101,Vera,A,Saddles;Reins,10;11\n102,Otto,B,Reins,11\n103,Ann,C,,\n"
)
DEALS = "Record ID,Deal Name,Amount,Deal Stage{}\n10,Saddles,1,New{}\n11,Reins,2,New{}\n12,Bits,3,New{}\n"
PLAIN = DEALS.format("", "", "", "")


def links(found, stream, source_id, target):
    value = values(found, stream, source_id).get(target)
    several = value if isinstance(value, list) else [value] if value else []
    return [tuple(each["$ref"]) for each in several]


def test_a_deal_has_the_contacts_and_companies_that_name_it(read):
    found = read(companies__csv=COMPANIES, contacts__csv=CONTACTS, deals__csv=PLAIN)
    assert links(found, "deals", "10", "partner_id") == [
        ("contacts", "101"),
        ("companies", "501"),
    ]
    assert links(found, "deals", "11", "partner_id") == [
        ("contacts", "101"),
        ("contacts", "102"),
    ]
    assert links(found, "deals", "12", "partner_id") == [("companies", "501")]


def test_a_contact_has_the_company_that_names_it(read):
    found = read(companies__csv=COMPANIES, contacts__csv=CONTACTS)
    assert links(found, "contacts", "102", "parent_id") == [("companies", "501")]
    assert links(found, "contacts", "103", "parent_id") == [("companies", "502")]


def test_both_sides_say_the_same_once_and_more_together(read):
    deals = DEALS.format(",Associated Contact IDs", ",102", ",101", ",")
    found = read(contacts__csv=CONTACTS, deals__csv=deals)
    # What the deal says itself comes first.
    assert links(found, "deals", "10", "partner_id") == [
        ("contacts", "102"),
        ("contacts", "101"),
    ]
    assert ("contacts", "102") in links(found, "deals", "11", "partner_id")


def test_what_is_told_so_is_no_text_of_the_contact(source):
    opened = source(contacts__csv=CONTACTS, deals__csv=PLAIN)
    ignored = {m.stream: m.ignored for m in opened.get_mappings()}["contacts"]
    assert {"Associated Deal", "Associated Deal IDs"} <= set(ignored)
    # Without the deals nobody else says it.
    alone = source(contacts__csv=CONTACTS)
    (mapping,) = alone.get_mappings()
    assert "Associated Deal IDs" not in mapping.ignored


def test_links_to_records_that_no_file_has_are_told_once(source):
    contacts = CONTACTS.replace("11\n103", "11;98;99\n103")
    opened = source(contacts__csv=contacts, deals__csv=PLAIN)
    pages = list(opened.read_pages(opened.get_stream("deals"), None))
    (told,) = pages[-1].warnings
    assert told.code == "links_without_record"
    assert (told.data["links"], told.data["records"]) == (2, 2)


def test_it_is_gathered_once_for_a_job(write, tmp_path):
    files = write(contacts__csv=CONTACTS, deals__csv=PLAIN)
    for _batch in range(2):
        config = {"files": files, "work_folder": str(tmp_path)}
        with closing(SpreadsheetSource(config)) as opened:
            rows = {row["Record ID"]: row for row in records(opened, "deals")}
            assert rows["10"]["_told_by_contacts"] == ["101"]
            assert "_told_by_contacts" not in rows["12"]
    assert len(list(tmp_path.glob("*.links"))) == 1


def test_the_number_of_a_customer_is_no_contact(source):
    companies = "Company ID,Company Name,Customer ID\n1,Alpha,7\n2,Beta,8\n"
    contacts = "Contact ID,Full Name\n7,Vera\n8,Otto\n"
    opened = source(companies__csv=companies, contacts__csv=contacts)
    found = {m.stream: m for m in opened.get_mappings()}
    assert "Customer ID" not in found["companies"].ignored
    assert "parent_id" not in {f.target for f in found["contacts"].fields}
