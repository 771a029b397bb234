"""What a table holds is told by its columns and values; what it is called is a hint."""

import pytest

from connectors.spreadsheet.headings import HEADERS
from connectors.spreadsheet.object_labels import OBJECT_LABELS
from connectors.spreadsheet.objects import OBJECT_NAMES
from connectors.spreadsheet.preview import preview

PEOPLE = "First name,Last name,Email,Phone,Job title\nAna,Reis,ana@p.example,+351 210 000 001,Buyer\n"
SALES = "Title,Amount,Stage,Probability,Expected close date\nRoof,100.50,New,20,2026-12-01\n"
INVOICED = "Invoice number,Invoice date,Due date,Amount due,Customer\nR1,2026-01-02,2026-02-02,10.00,Beta\n"
TABLES = {
    "contacts": PEOPLE,
    "deals": SALES,
    "companies": "Company,Industry,Website,VAT\nBeta Lda,Roofs,beta.example,PT501964843\n",
    "invoices": INVOICED,
    "meetings": "Subject,Start date,Start time,End time,Location\nKick-off,2026-01-02,10:00,11:00,Porto\n",
    "emails": "From,To,Subject,Body\na@p.example,b@p.example,Hi,Text\n",
    "tickets": "Ticket number,Requester,Ticket status,Urgency,Description\n1,Ana,Open,High,Broken\n",
    "products": "SKU,Product name,Unit price,Barcode\nA1,Roof,10.50,4006381333931\n",
    "order_lines": "Order ID,Product ID,Quantity,Unit price,Discount\n1,7,2,10.5,0\n",
}


def guess(source, name, text, **options):
    found = source(**{name.replace(".", "__"): text}, **options)
    (group,) = found.get_groups().values()
    return group


@pytest.mark.parametrize("held", TABLES)
def test_the_columns_tell_where_the_name_says_nothing(source, held):
    group = guess(source, "q3.csv", TABLES[held])
    assert group.known == held
    assert 60 <= group.guess.confidence < 100
    assert not group.guess.is_asked


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("deals.csv", "contacts"),
        ("companies.csv", "deals"),
        ("Kontakte.csv", "invoices"),
        ("tasks.csv", "order_lines"),
        ("notes.csv", "contacts"),
        ("Produkte.csv", "emails"),
    ],
)
def test_columns_count_more_than_a_name_that_misleads(source, name, held):
    group = guess(source, name, TABLES[held])
    assert group.known == held
    assert group.guess.confidence < 95


@pytest.mark.parametrize(
    ("name", "text", "held"),
    [
        ("leads.csv", PEOPLE, "leads"),
        ("users.csv", "Name,Email\nAna Reis,ana@p.example\n", "users"),
        ("Subscribers.csv", "Email,First name\na@p.example,Ana\n", "list_members"),
        ("tags.csv", "id,name\n1,VIP\n", "tags"),
    ],
)
def test_a_name_tells_apart_what_has_the_same_columns(source, name, text, held):
    group = guess(source, name, text)
    assert group.known == held
    assert not group.guess.is_asked


def test_name_and_columns_together_are_surest(source):
    both = guess(source, "contacts.csv", PEOPLE).guess
    alone = guess(source, "q3.csv", PEOPLE).guess
    assert 100 > both.confidence > alone.confidence


ENOUGH = ("first name", "last name", "job title", "phone", "city", "zip", "street")


@pytest.mark.parametrize(
    "language", [lang for lang, words in HEADERS.items() if set(ENOUGH) <= set(words)]
)
def test_people_are_people_in_every_language(source, language):
    words = [HEADERS[language][name].split(";")[0].strip() for name in ENOUGH]
    rows = ["Ana", "Reis", "Buyer", "+351 210 000 001", "Porto", "4000-001", "Rua 1"]
    text = f"{';'.join(words)}\n{';'.join(rows)}\n"
    group = guess(source, "q3.csv", text)
    assert (group.known, group.guess.is_asked) == ("contacts", False)


def test_most_languages_of_odoo_are_known():
    assert len(HEADERS) >= 55
    assert {"el", "uk", "ko", "ar", "he", "th", "vi", "hr"} <= set(HEADERS)


ASKED = "Name;Telefon;Ort\n{}"


@pytest.mark.parametrize(
    "name", ["Kunden.csv", "customers.csv", "顧客.csv", "klanten.csv"]
)
def test_customers_are_asked_for_where_nothing_says_which(source, name):
    rows = "Huber;0301 234567;Wien\nSonne;0301 234568;Graz\n"
    group = guess(source, name, ASKED.format(rows))
    assert group.guess.is_asked
    assert {name for name, _c in group.guess.others} | {group.known} == {
        "companies",
        "contacts",
    }
    assert [f.code for f in group.findings(group.tables[0])][0] == "table_either"


def test_customers_are_not_asked_for_where_columns_or_values_say_it(source):
    people = guess(source, "Kunden.csv", "Vorname;Nachname;Telefon\nAna;Reis;1\n")
    assert (people.known, people.guess.is_asked) == ("contacts", False)
    firms = guess(source, "Kunden.csv", "Firma;Branche;USt-ID\nBeta;Dach;DE1\n")
    assert (firms.known, firms.guess.is_asked) == ("companies", False)
    rows = "Huber GmbH;1;Wien\nSonne AG;2;Graz\nNord Ltd.;3;Hull\n"
    named = guess(source, "customers.csv", ASKED.format(rows))
    assert (named.known, named.guess.is_asked) == ("companies", False)


def test_what_nothing_is_known_of_is_asked_for(source):
    group = guess(source, "车辆.csv", "Kennzeichen,Baujahr\nB-AB 1,2019\n")
    assert (group.known, group.guess.is_asked) == (None, True)


def test_a_person_says_what_a_table_holds(source):
    options = {"q3.csv": {"object": "products"}}
    group = guess(source, "q3.csv", PEOPLE, options=options)
    assert (group.known, group.guess.confidence) == ("products", 100)
    assert not group.guess.is_asked


def test_a_table_can_be_left_out_and_is_counted(source):
    options = {"q3.csv": {"object": "leave_out"}}
    found = source(q3__csv=PEOPLE, options=options)
    (stream,) = found.get_streams()
    assert stream.optional
    assert found.get_mappings() == ()
    (rule,) = found.left_out
    assert rule.stream == stream.name
    (group,) = found.get_groups().values()
    assert not group.guess.is_asked


def test_an_unknown_object_is_refused(source):
    found = source(q3__csv=PEOPLE, options={"q3.csv": {"object": "spaceships"}})
    (failure,) = [f for f in found.check().findings if f.code == "bad_setting"]
    assert "object" in failure.data["reason"]


def test_two_tables_of_one_form_may_hold_different_things(source):
    options = {"people (2).csv": {"object": "leads"}}
    files = {"people__csv": PEOPLE, "people (2)__csv": PEOPLE}
    found = source(options=options, **files)
    assert sorted(g.known for g in found.get_groups().values()) == ["contacts", "leads"]


def test_the_preview_offers_every_object_with_its_confidence(tmp_path):
    (tmp_path / "q3.csv").write_text(PEOPLE)
    files = [{"name": "q3.csv", "path": str(tmp_path / "q3.csv")}]
    (table,) = preview(files)
    assert table["confidence"] == 85
    assert not table["asked"]
    assert table["choice"] == "contacts"
    (table,) = preview(files, {"q3.csv": {"custom_object": "Machines"}})
    assert (table["choice"], table["custom_object"]) == ("custom", "Machines")
    (table,) = preview(files, {"q3.csv": {"object": "custom"}})
    assert (table["choice"], table["asked"]) == ("custom", True)


def test_every_object_that_is_known_can_be_chosen():
    assert set(OBJECT_LABELS) == {*OBJECT_NAMES, "custom", "leave_out"}


@pytest.mark.parametrize(
    "text",
    [
        "First Name,Last Name,Email\nAna,Reis,ana@p.example\n",
        "Vorname,Nachname,Telefon\nAna,Reis,+351 210 000 001\n",
        "Record ID,First Name,Last Name,Email,Lifecycle Stage\n1001,Ana,Reis,a@p.example,lead\n",
    ],
)
def test_names_and_one_way_to_reach_them_are_people(source, text):
    assert guess(source, "export.csv", text).known == "contacts"


@pytest.mark.parametrize(
    ("text", "held", "name"),
    [
        ('{"deals": [{"id": 1, "name": "Roof"}], "contacts": []}', "deals", "deals"),
        ('{"data": {"companies": [{"id": 1}]}}', "companies", "companies"),
        ('{"data": [{"id": 1, "name": "Roof"}]}', None, "q3"),
    ],
)
def test_a_list_alone_in_its_file_is_what_it_is_called(source, text, held, name):
    group = guess(source, "q3.json", text)
    assert (group.known, group.name) == (held, name)


FIRMS = (
    "Firmen-ID;Firmenname;Straße;PLZ;Ort;Telefon;Branche;Besitzer\n"
    "F-1;Müller GmbH;Allee 1;70173;Stuttgart;+49 711 555010;Bau;Ana\n"
    "F-2;Höfler e.K.;Markt 3;97070;Würzburg;+49 931 555020;Brot;Ana\n"
)


def test_the_id_of_a_company_is_its_own_in_a_file_of_companies(source):
    group = guess(source, "Firmen.csv", FIRMS)
    assert (group.known, group.key) == ("companies", "Firmen-ID")
    people = (
        "Kontakt-ID;Firmen-ID;Vorname;Nachname;E-Mail\nK-1;F-1;Ana;Reis;a@p.example\n"
    )
    group = guess(source, "Firmen.csv", people)
    assert (group.known, group.key) == ("contacts", "Kontakt-ID")
