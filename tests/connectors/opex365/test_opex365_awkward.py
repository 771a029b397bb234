"""OPEX 365: organizations that are set up otherwise than the one everybody has in mind."""

import pytest
from opex365_common import a_simulator, connect
from opex365_mappings_common import Reading
from reading import own

pytestmark = pytest.mark.simulator


def rename(org, table, column, value, label):
    """Give the option of a choice another label, as an administrator does."""
    described = org.schema.tables[table].columns[column]
    described.options = [
        (number, label if number == value else words, state)
        for number, words, state in described.options
    ]


# -- addresses ---------------------------------------------------------------------


def test_addresses_besides_those_on_the_record_are_addresses_below_it():
    """Rows of ``customeraddress`` that people added; the others repeat the record."""
    with a_simulator() as simulator:
        reading, known = Reading(simulator), simulator.org.known
        rows = reading.own("addresses")
        values = reading.values("addresses", "res.partner")
        added = {known["address_bill"], known["address_ship"], known["address_home"]}
        assert set(values) == added
        assert {k for k, row in rows.items() if not row.get("_embedded")} == added
        assert known["address_empty"] not in rows
        bill = values[known["address_bill"]].values
        account = simulator.org.tables["customeraddress"][known["address_bill"]]
        assert bill["parent_id"] == {"$ref": ["companies", account["parentid"][1]]}
        assert (bill["type"], bill["name"], bill["city"]) == ("invoice", "Buchhaltung", "Århus")  # fmt: skip
        assert (bill["street"], bill["street2"]) == ("Ø-havnen 7", "Tor 4")
        for words in ("Ask for: Frau Ólafs", "Further phone: +45 86 00 00 02", "Shipping method: DHL", "County: Midtjylland"):  # fmt: skip
            assert words in bill["comment"]
        assert values[known["address_ship"]].values["type"] == "delivery"
        home = values[known["address_home"]].values
        assert home["type"] == "other"
        assert home["parent_id"]["$ref"][0] == "contacts"


def test_addresses_whose_customer_cannot_be_seen_do_not_come_twice():
    """Asked for without the customers, as where a role hides them or an expand is refused."""
    with a_simulator() as simulator:
        org, known = simulator.org, simulator.org.known
        first = org.tables["customeraddress"][known["address_home"]]["parentid"]
        del org.tables[first[0]][first[1]]
        rows = own(connect(simulator), "addresses")
    told = {k for k, row in rows.items() if not row.get("_embedded")}
    assert told == {known[f"address_{name}"] for name in ("bill", "ship", "home")}


# -- labels that an organization changed -------------------------------------------


def test_a_default_that_was_given_a_meaning_of_its_own_is_told():
    """The value is that of a form nobody touched; the label is not."""
    with a_simulator() as simulator:
        rename(simulator.org, "account", "customersizecode", 1, "Kleinkunde")
        rename(simulator.org, "account", "statuscode", 1, "Rahmenvertrag")
        rename(simulator.org, "opportunity", "statuscode", 1, "Warten auf Muster")
        reading = Reading(simulator)
        firms = reading.values("companies", "res.partner")
        for key, row in reading.own("companies").items():
            note = firms[key].values["comment"]
            assert "Size: Kleinkunde" in note
            assert ("Status reason: Rahmenvertrag" in note) is (row["statuscode"] == 1)
            for silent in ("Default Value", "Active", "Any"):
                assert silent not in note
        deals = reading.values("deals", "crm.lead")
        waiting = [
            deals[k].values["description"]
            for k, row in reading.own("deals").items()
            if row["statuscode"] == 1
        ]
        assert waiting
        assert all("Status reason: Warten auf Muster" in text for text in waiting)


def test_defaults_in_another_language_say_nothing():
    """Nobody knows all words for *Default Value*: that several columns have one tells."""
    german = {"Default Value": "Standardwert", "Active": "Aktiv", "Inactive": "Inaktiv"}
    with a_simulator() as simulator:
        for table in ("account", "contact"):
            for column in simulator.org.schema.tables[table].columns.values():
                column.options = [
                    (number, german.get(words, f"{words}e"), state)
                    for number, words, state in column.options
                ]
        rename(simulator.org, "account", "customersizecode", 1, "Kleinkunde")
        reading = Reading(simulator)
        for stream in ("companies", "contacts"):
            values = reading.values(stream, "res.partner")
            for outcome in values.values():
                note = outcome.values.get("comment") or ""
                assert "Standardwert" not in note
                assert ": Aktiv" not in note
                assert ("Size: Kleinkunde" in note) is (stream == "companies")


# -- amounts ------------------------------------------------------------------------


def test_amounts_in_notes_name_their_currency():
    """Annual revenue in kronor, on a company of an Odoo that counts in euro."""
    with a_simulator() as simulator:
        org, known = simulator.org, simulator.org.known
        krona = ("transactioncurrency", known["krona"])
        row = org.tables["account"][known["valmont"]]
        row.update(transactioncurrencyid=krona, exchangerate=11.25)
        [plain, *_rest] = [k for k in org.tables["contact"] if k != known["mireille"]]
        org.tables["contact"][plain].update(annualincome=None, creditlimit=None)
        org.tables["contact"][known["mireille"]].update(annualincome=52_000.0, annualincome_base=52_000.0)  # fmt: skip
        reading = Reading(simulator)
        firms = reading.values("companies", "res.partner")
        assert (
            "Currency of the amounts: SEK" in firms[known["valmont"]].values["comment"]
        )
        others = [k for k in firms if k != known["valmont"]]
        assert all("amounts: EUR" in firms[k].values["comment"] for k in others)
        people = reading.values("contacts", "res.partner")
        assert "Currency of the amounts: EUR" in people[known["mireille"]].values["comment"]  # fmt: skip
        assert "Currency" not in (people[plain].values.get("comment") or "")
        qualified = reading.values("leads", "mail.message")
        assert all("EUR" in o.values["body"] for o in qualified.values())
        for outcome in reading.values("deal_closes", "mail.message").values():
            body = outcome.values["body"]
            assert ("Actual revenue" in body) is ("Currency: " in body)


# -- merged records -----------------------------------------------------------------


def test_what_was_merged_says_into_what():
    with a_simulator() as simulator:
        org = simulator.org
        first, second = list(org.tables["lead"])[:2]
        org.tables["lead"][second].update(merged=True, statecode=2, statuscode=7, masterid=("lead", first))  # fmt: skip
        reading = Reading(simulator)
        merged = {"companies": "account", "contacts": "contact"}
        for stream, table in merged.items():
            values = reading.values(stream, "res.partner")
            [key] = [k for k, row in org.tables[table].items() if row["merged"]]
            assert "Merged into: " in values[key].values["comment"]
            assert values[key].values["active"] is False
        leads = reading.values("leads", "crm.lead")
        name = own(connect(simulator), "leads")[first]["fullname"]
        assert f"Merged into: {name}" in leads[second].values["@note"]


# -- columns that were added to tables of the product's own ---------------------------


def test_added_columns_of_activities_cases_and_quotes_are_told_in_their_texts():
    """Only accounts, contacts, leads and deals get fields of their own in Odoo."""
    with a_simulator() as simulator:
        reading = Reading(simulator)
        name = next(iter(simulator.org.tables["account"].values()))["name"]
        told = {
            ("tasks", "mail.activity", "note"): ("Effort: 2.5", f"Plant: {name}"),
            ("tasks", "mail.message", "body"): ("Effort: 2.5", f"Plant: {name}"),
            ("calls", "mail.message", "body"): ("Mood: Grumpy", "Urgent: Yes"),
            ("calls", "mail.activity", "note"): ("Mood: Grumpy", "Urgent: Yes"),
            ("cases", "helpdesk.ticket", "description"): ("Fault: F-17 Überdruck",),
            ("quotes", "sale.order", "@note"): ("Incoterm: DAP",),
            ("deals", "crm.lead", "description"): ("forecastcategory: Best case",),
        }
        for (stream, model, target), words in told.items():
            found = reading.values(stream, model)
            assert found, stream
            for outcome in found.values():
                for word in words:
                    assert word.lower() in outcome.values[target].lower(), (
                        stream,
                        word,
                    )
        [campaigns] = [m for m in reading.mappings if m.stream == "campaigns"]
        assert "opex_booth" in campaigns.ignored
        [deals] = [m for m in reading.mappings if m.stream == "deals" and not m.part]
        assert "_msdyn_predictivescoreid_value" in deals.ignored
        assert "msdyn_forecastcategory" not in {c.key for c in deals.custom_fields}


def test_a_relation_that_was_added_between_accounts_and_contacts_is_a_field():
    """No column tells of it, on either side: it was lost without a word."""
    with a_simulator() as simulator:
        reading, org = Reading(simulator), simulator.org
        accounts, contacts = list(org.tables["account"]), list(org.tables["contact"])
        firms = reading.values("companies", "res.partner")
        partners = firms[accounts[0]].values["@custom.company_opex_account_partner"]
        assert sorted(one["$ref"][1] for one in partners) == sorted(contacts[:2])
        assert "@custom.company_opex_account_partner" not in firms[accounts[1]].values
        deals, second = reading.values("deals", "crm.lead"), list(org.tables["opportunity"])[1]  # fmt: skip
        assert deals[second].values["@custom.deal_opex_deal_stakeholder"] == [
            {"$ref": ["contacts", contacts[2]]}
        ]
        # From the other side it would be the same once more.
        assert not any("opex_account_partner" in row for row in reading.own("contacts").values())  # fmt: skip


def test_links_are_columns_of_the_source_and_not_made_by_the_connector():
    """All of them begin with an underscore: one that nothing takes would pass unseen."""
    with a_simulator() as simulator:
        source, row = (
            connect(simulator),
            next(iter(own(connect(simulator), "tasks").values())),
        )
    assert "_opex_plant_value" in row
    assert not source.is_made("_opex_plant_value")
    assert all(source.is_made(name) for name in ("_labels", "_thread", "_named"))
