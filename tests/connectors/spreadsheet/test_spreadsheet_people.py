"""What a column of a file means: people and companies, their names, addresses and numbers, by cases of real kinds."""

import pytest
from spreadsheet_common import values

from connectors.spreadsheet.recognition import object_by_columns


def test_the_first_address_and_number_count_and_the_rest_is_noted(read):
    found = read(
        contacts__csv="id,Full Name,Email,Phone,Mobile Phone,Email\n"
        "1,Vera,,,+351910000001,vera@example.com\n"
        '2,Otto,"otto@example.com; office@example.com",'
        '"+351 210 000 001 ext. 12; +351 210 000 002",+351910000002,o@example.com\n'
        "3,Ann,ann@example.com ::: a@example.com,555-0100 x7,,\n"
    )
    vera, otto, ann = (values(found, "contacts", key) for key in "123")
    assert (vera["email"], vera["phone"]) == ("vera@example.com", "+351910000001")
    assert "@note" not in vera
    assert (otto["email"], otto["phone"]) == (
        "otto@example.com",
        "+351 210 000 001 ext. 12",
    )
    for kept in (
        "office@example.com",
        "o@example.com",
        "+351 210 000 002",
        "+351910000002",
    ):
        assert kept in otto["@note"]
    assert (ann["email"], ann["phone"]) == ("ann@example.com", "555-0100 x7")
    assert "a@example.com" in ann["@note"]


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        ("First Name,Last Name", "Vera Example"),
        ("Vorname,Nachname", "Vera Example"),
        ("Vorname,Name", "Vera Example"),
        ("Prénom,Nom", "Vera Example"),
        ("Nombre,Apellidos", "Vera Example"),
        ("Nome,Cognome", "Vera Example"),
        ("Имя,Фамилия", "Vera Example"),
    ],
)
def test_a_name_is_put_together_in_any_language(read, columns, name):
    found = read(contacts__csv=f"id,{columns},Telefon\n1,Vera,Example,12345\n")
    assert values(found, "contacts", "1")["name"] == name


@pytest.mark.parametrize(
    ("columns", "one", "two"),
    [
        ("Nombre,Apellidos", "María José,Ñandú Pérez", "Ana María,Etxe"),
        ("Vorname,Name", "Anna Lena,von Beispiel", "Karl Heinz,Muster Probe"),
        ("Prénom,Nom", "Jean Luc,De La Fontaine", "Éric,Exemple"),
        ("Nome,Sobrenome", "João Pedro,da Silva", "Ana Rita,Sousa"),
    ],
)
def test_names_of_several_words_lose_none_of_them(read, columns, one, two):
    found = read(contacts__csv=f"id,{columns},Telefon\n1,{one},12345\n2,{two},54321\n")
    for key, name in (("1", one), ("2", two)):
        assert values(found, "contacts", key)["name"] == name.replace(",", " ")


def test_a_whole_name_beside_its_last_part_is_the_name(read):
    found = read(
        contacts__csv="id,Name,Last Name\n1,Vera Maria Example,Example\n"
        "2,Otto de Example,de Example\n"
    )
    assert values(found, "contacts", "1")["name"] == "Vera Maria Example"
    assert values(found, "contacts", "2")["name"] == "Otto de Example"


def test_a_list_of_customers_names_people_and_companies(read):
    found = read(
        Kunden__csv="Kundennummer,Firma,Vorname,Nachname,PLZ,Ort\n"
        "K1,Alpha GmbH,Vera,Example,01069,Dresden\nK2,Beta GmbH,,,10115,Berlin\n"
    )
    one, two = (values(found, "kunden", key) for key in ("K1", "K2"))
    assert (one["name"], one["company_name"]) == ("Vera Example", "Alpha GmbH")
    assert two["name"] == "Beta GmbH"
    assert (one["is_company"], two["is_company"]) == (False, True)


def test_what_a_program_writes_for_nothing_is_nothing(read):
    found = read(
        contacts__json='[{"id": 1, "full name": "Jennifer Null", "email": "NULL",'
        ' "created at": "0000-00-00 00:00:00", "company": "#N/A"}]'
    )
    assert values(found, "contacts", "1") == {
        "is_company": False,
        "name": "Jennifer Null",
    }


@pytest.mark.parametrize("word", ["-", "n/a", "keine", "Aucun", "k. A.", "unbekannt"])
def test_words_for_no_address_are_nothing(read, word):
    text = "ID,Full Name,Phone,Website,Email\n"
    text += f"1,Zoë Example,{word},{word},{word}\n2,Eva,+351 210 000 001,a.example,e@a.example\n"
    told = values(read(contacts__csv=text), "contacts", "1")
    assert not {"phone", "website", "email"} & set(told)


def test_an_address_with_a_name_is_the_address(read):
    text = "ID,Full Name,Email\n"
    text += (
        '1,Zoë Example,"Zoë Example <zoe@example.com>; Office <office@example.com>"\n'
    )
    told = values(read(contacts__csv=text), "contacts", "1")
    assert told["email"] == "zoe@example.com"
    assert told["@note"] == "<p>Email: office@example.com</p>"


def test_the_name_beside_an_address_is_that_of_who_has_no_other(read):
    text = 'ID,E-mail,Phone\n1,"Example, Zoë <zoe@example.com>",+351 210 000 001\n'
    told = values(read(contacts__csv=text), "contacts", "1")
    assert (told["name"], told["email"]) == ("Example, Zoë", "zoe@example.com")


def test_customers_of_whom_only_the_company_is_known_are_companies(read):
    found = read(Kunden__csv="Kundennummer;Firma;PLZ\n7;Muster GmbH;01067\n")
    got = values(found, "kunden", "7")
    assert (got["name"], got["is_company"], got["zip"]) == (
        "Muster GmbH",
        True,
        "01067",
    )
    assert "company_name" not in got


@pytest.mark.parametrize("company", ["Raison sociale", "Société"])
def test_a_customer_without_a_contact_person_is_the_company(read, company):
    found = read(
        clients__csv=f"Code client;{company};Ville;Interlocuteur\n"
        "1;Alpha SARL;Lyon;Anne Exemple\n2;Beta SA;Paris;\n"
    )
    got = [values(found, "contacts", key) for key in "12"]
    assert [each["name"] for each in got] == ["Anne Exemple", "Beta SA"]
    assert [each["is_company"] for each in got] == [False, True]


@pytest.mark.parametrize("header", ["Custname", "Name 1", "Kundenname kurz"])
def test_customers_have_a_name_whatever_its_column_is_called(read, header):
    found = read(customers__csv=f"CustID,{header},Town\n1,Alpha Ltd,Leeds\n")
    assert values(found, "contacts", "1")["name"] == "Alpha Ltd"


def test_the_name_of_a_deal_is_nobodys_last_name(read):
    found = read(Verkaufschancen__csv="ID;Name;Betrag\n1;Dach;100\n")
    got = values(found, "verkaufschancen", "1")
    assert got["name"] == "Dach"
    assert "contact_name" not in got


def test_the_address_beside_a_name_is_no_part_of_it(read):
    found = read(
        deals__csv="id,deal name,amount,associated contact\n"
        "1,Roof,5,Ana Silva (ana@example.com)\n2,Gate,5,Bo <bo@example.com>\n"
    )
    got = [values(found, "deals", key)["contact_name"] for key in "12"]
    assert got == ["Ana Silva", "Bo"]


def test_addresses_and_numbers_in_lists_of_objects_are_taken(read):
    found = read(
        contacts__json='[{"id": 1, "name": "Ann", "email": [{"label": "work", "value": '
        '"ann@x.example"}, {"label": "home", "value": "a@x.example"}], "phones": '
        '[{"type": "work", "number": "+351 210000001"}]}]'
    )
    got = values(found, "contacts", "1")
    assert (got["email"], got["phone"]) == ("ann@x.example", "+351 210000001")
    assert got["@note"] == "<p>email: a@x.example</p>"


def test_of_several_addresses_the_one_that_is_marked_counts(read):
    emails = '[{"value": "old@x.example", "primary": false}, {"value": "new@x.example", "primary": true}]'
    found = read(contacts__json=f'[{{"id": 1, "name": "Ann", "emails": {emails}}}]')
    got = values(found, "contacts", "1")
    assert (got["email"], got["@note"]) == (
        "new@x.example",
        "<p>emails: old@x.example</p>",
    )
    cell = emails.replace('"', '""')
    found = read(contacts__csv=f'id,full name,emails\n1,Ann,"{cell}"\n')
    assert values(found, "contacts", "1")["email"] == "new@x.example"


def test_what_is_called_an_address_comes_before_a_second_one(read):
    found = read(
        contacts__csv="id,full name,Email ,E-Mail,E-Mail 2\n"
        "1,Vera,,v@x.example,v2@x.example\n2,Otto,o@x.example,,\n"
    )
    got = values(found, "contacts", "1")
    assert (got["email"], got["@note"]) == (
        "v@x.example",
        "<p>E-Mail 2: v2@x.example</p>",
    )


def test_tags_divided_in_two_ways_are_the_same_tags(read):
    rows = '1,Vera,VIP;Partner\n2,Otto,Partner\n3,Ann,"Partner, VIP"\n'
    found = read(contacts__csv=f"id,full name,tags\n{rows}")
    keys = [tag["$map"][1] for tag in values(found, "contacts", "3")["category_id"]]
    assert keys == ["Partner", "VIP"]
    # A name with a comma in it is one.
    found = read(contacts__csv=f'id,full name,tags\n{rows}4,Bea,"Smith, Jones & Co"\n')
    assert len(values(found, "contacts", "4")["category_id"]) == 1


def test_ids_of_contacts_in_a_cell_are_links(read):
    found = read(
        contacts__csv="Contact ID,Name\n11,Vera\n12,Otto\n",
        deals__csv='Deal ID,Deal Name,Amount,Contact IDs\n1,S,10,"11, 12"\n2,R,20,12\n',
    )
    one, two = (values(found, "deals", key)["partner_id"] for key in "12")
    assert "11" in str(one)
    assert "12" in str(two)


def test_the_id_of_an_owner_is_taken_with_the_name_beside_it(read):
    found = read(
        deals__csv="Deal ID,Deal Name,Amount,Owner Name,Owner Id\n1,S,10,Ann Owner,900\n"
    )
    assert values(found, "deals", "1")["user_id"] == {"$owner": "900"}
    found = read(
        deals__csv="Deal ID,Deal Name,Amount,Deal Owner,Deal Owner.id\n1,S,10,Ann Owner,zcrm_9\n"
    )
    assert values(found, "deals", "1")["user_id"] == {"$owner": "zcrm_9"}


def test_an_account_of_a_german_dynamics_is_a_company():
    assert object_by_columns(["(Nicht ändern) Konto", "Kontoname"]) == "companies"
