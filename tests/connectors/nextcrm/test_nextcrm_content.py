"""What NextCRM's rows become: values, people, deals, and the default profile.

These tests need a running PostgreSQL; without one they fail and say how to start it.
"""

import re

import pytest
from nextcrm_common import connect, rows, values_of
from reading import own

from connectors.core.errors import FatalError
from connectors.mapping.apply import applies, apply, as_json
from simulators.nextcrm import NextCrmSimulator

pytestmark = pytest.mark.simulator


# -- values as they stand ------------------------------------------------------------


def test_a_year_of_five_digits_arrives_as_it_stands_and_is_reported(source):
    deals = own(source, "deals").values()
    assert [d["close_date"] for d in deals if d["close_date"] > "20259"] == [
        "20260-06-30T00:00:00"
    ]
    outcomes = values_of(source, "deals", "crm.lead").values()
    problems = [(p.target, p.code) for o in outcomes for p in o.problems]
    assert ("date_deadline", "bad_date") in problems
    contracts = own(source, "contracts").values()
    assert any(c["endDate"].startswith("20261-") for c in contracts)


def test_money_keeps_its_cents_and_text_its_letters(untouched, source):
    invoices = own(source, "invoices")
    assert {row["grandTotal"] for row in invoices.values()} == {"6087.81"}
    assert {row["fxRateToBase"] for row in invoices.values()} == {"1.08400000"}
    made = rows(untouched, "crm_Contacts")
    for key, contact in own(source, "contacts").items():
        for member in ("last_name", "tags", "notes", "email", "birthday"):
            assert contact[member] == made[key].get(member)


def test_infinity_and_dates_before_christ_stop_nothing(simulator):
    keys = simulator.database.ids("crm_Opportunities", '"deletedAt" IS NULL')
    for key, moment in zip(keys, ("infinity", "-infinity", "0044-03-15 BC"), strict=False):  # fmt: skip
        simulator.execute(
            'UPDATE "crm_Opportunities" SET close_date = %s WHERE id = %s',
            (moment, key),
        )
    deals = own(connect(simulator), "deals")
    assert deals[keys[0]]["close_date"] == "infinity"
    assert deals[keys[2]]["close_date"].endswith("BC")
    targets = {
        p.target
        for o in values_of(connect(simulator), "deals", "crm.lead").values()
        for p in o.problems
    }
    assert "date_deadline" in targets


def test_the_two_kinds_of_invoices_are_told_apart(untouched):
    source = connect(untouched)
    assert len(own(source, "invoices")) == 8
    assert own(source, "received_invoices") == {}
    with NextCrmSimulator("2025-12") as older:
        source = connect(older)
        assert own(source, "invoices") == {}
        received = own(source, "received_invoices").values()
        assert {row["invoice_amount"] for row in received} == {"1.234,50 Kč"}
        assert {row["rossum_status"] for row in received} == {"exported"}


def test_an_invoice_was_paid_on_the_day_of_its_last_payment(untouched, source):
    days = {}
    for row in rows(untouched, "Invoice_Payments").values():
        days.setdefault(row["invoiceId"], []).append(str(row["paidAt"])[:10])
    assert days
    for key, outcome in values_of(source, "invoices", "account.move").items():
        if key in days:
            assert outcome.values["@paid_at"][:10] == max(days[key])
            assert outcome.values["@paid"] > 0
            listed = [row["date"][:10] for row in outcome.values["@payments"]]
            assert listed == sorted(days[key])


def test_columns_of_a_customers_own_are_proposed_as_fields(simulator):
    simulator.execute(
        'ALTER TABLE "crm_Accounts" ADD "loyaltyLevel" text DEFAULT \'gold\','
        ' ADD since date, ADD "100% score" numeric, ADD "labels" text[], ADD blob bytea'
    )
    source = connect(simulator)
    company = next(iter(own(source, "companies").values()))
    assert company["loyaltyLevel"] == "gold"
    assert "100% score" in company
    assert "blob" not in company
    found = next(m for m in source.get_mappings() if m.stream == "companies")
    kinds = {c.label: c.kind for c in found.custom_fields}
    assert kinds["Loyalty level"] == "char"
    assert kinds["Since"] == "date"
    assert kinds["100% score"] == "float"
    described = source.describe(source.get_stream("companies"))
    own_fields = {field.path for field in described if field.custom}
    assert own_fields == {"loyaltyLevel", "since", "100% score", "labels"}


def test_whole_numbers_beyond_odoos_and_names_that_meet_cost_no_value(simulator):
    simulator.execute(
        'ALTER TABLE "crm_Leads" ADD badge bigint DEFAULT 7000000000,'
        " ADD \"Level\" text DEFAULT 'a', ADD \"level!\" text DEFAULT 'b'"
    )
    found = values_of(connect(simulator), "leads", "crm.lead")
    for outcome in found.values():
        assert outcome.values["@custom.lead_badge"] == 7000000000.0
    (mapping,) = (m for m in connect(simulator).get_mappings() if m.stream == "leads")
    kinds = {c.key: c.kind for c in mapping.custom_fields}
    assert kinds["lead_badge"] == "float"
    names = {re.sub("[^a-z0-9]+", "_", key).strip("_") for key in kinds}
    assert len(names) == len(kinds) == 3


def test_instants_are_told_in_utc_whatever_the_zone_of_the_people(source):
    zone = "Europe/Prague"
    for item in source.get_mappings():
        fields = [f for f in as_json(item)["fields"] if f["target"] == "@created_at"]
        for row in own(source, item.stream).values() if fields else ():
            values = apply(fields, row, zone=zone).values
            if "createdAt" in row and row["createdAt"]:
                told = row["createdAt"][:19].replace("T", " ")
                assert values["@created_at"] == told, item.stream


@pytest.mark.parametrize(
    ("zone", "day"), [("UTC", "2024-06-14"), ("Europe/Prague", "2024-06-15")]
)
def test_a_deadline_is_the_day_of_the_people(simulator, zone, day):
    simulator.execute(
        'UPDATE "crm_Accounts_Tasks" SET "dueDateAt" = \'2024-06-14 22:00\''
    )
    simulator.execute(
        "UPDATE \"crm_Activities\" SET date = '2024-06-14 22:00'"
        " WHERE type = 'call' AND status = 'scheduled'"
    )
    source = connect(simulator)
    for name in ("todos", "activities"):
        found = values_of(source, name, "mail.activity", zone=zone).values()
        assert {outcome.values["date_deadline"] for outcome in found} == {day}


# -- people --------------------------------------------------------------------------


def test_spellings_of_a_tag_become_one_tag(untouched, source):
    tags = own(source, "contact_tags")
    assert set(tags) >= {"vip", "ärzte", "event-2025", "book-a-call"}
    assert tags["vip"]["name"] in ("VIP", "vip", "Vip")
    for key, contact in own(source, "contacts").items():
        spelled = rows(untouched, "crm_Contacts")[key]["tags"] or ()
        folded = {tag.strip().lower() for tag in spelled if tag.strip()}
        assert sorted(folded) == sorted(contact["_tags"])
        assert folded <= set(tags)


def test_tags_in_json_are_read_in_every_shape(source):
    odd = {"7", "vip", '{"color": "#fff"}'}
    known = {"urgent", "büro", "single", "one"}
    assert set(own(source, "task_tags")) == known | odd
    shapes = {str(t["tags"]): sorted(t["_tags"]) for t in own(source, "tasks").values()}
    assert shapes["['urgent', 'Urgent ']"] == ["urgent"]
    assert shapes["[{'label': 'Büro'}, {'name': 'urgent'}]"] == ["büro", "urgent"]
    assert shapes["single"] == ["single"]
    # Without a word for it a tag is what is written there.
    assert shapes["[7, {'value': 'VIP'}, {'color': '#fff'}, {}]"] == sorted(odd)
    assert shapes["None"] == shapes["[]"] == []


def test_a_parent_is_found_by_name_unless_it_is_the_company_itself(untouched, source):
    companies = own(source, "companies")
    linked = {row["name"]: row["_parent_id"] for row in companies.values()}
    assert linked["A loop 10"] is linked["A loop 11"] is None
    assert sum(bool(parent) for parent in linked.values()) == 1
    child = next(row for row in companies.values() if row["_parent_id"])
    assert companies[child["_parent_id"]]["name"] == child["member_of"]


def test_a_person_loses_a_company_that_is_deleted_but_stays(untouched, source):
    companies = set(own(source, "companies"))
    contacts = own(source, "contacts").values()
    assert {c["_company"] for c in contacts} - {None} <= companies
    assert any(c["accountsIDs"] and not c["_company"] for c in contacts)


def test_only_a_different_shipping_address_is_a_delivery_address(source):
    delivery = next(as_json(m) for m in source.get_mappings() if m.part == "delivery")
    for row in own(source, "companies").values():
        differs = row["shipping_street"] not in (None, row["billing_street"])
        assert applies(delivery, row) == bool(row["_shipping"]) == differs


def test_opt_outs_also_come_from_targets_in_the_bin(simulator):
    simulator.execute('UPDATE "crm_Targets" SET "deletedAt" = now()')
    said = own(connect(simulator), "opt_outs")
    wanted = {
        row["email"].lower()
        for row in simulator.company.rows["crm_Targets"]
        if row["do_not_email"] and row["email"]
    }
    assert wanted
    assert wanted <= set(said)
    assert any(row["reason"] == "campaign" for row in said.values())


def test_who_opted_out_is_blocked_at_every_address_that_may_be_loaded(simulator):
    simulator.execute(
        "UPDATE \"crm_Targets\" SET email = NULL, company_email = id || '@Firm.example',"
        " personal_email = 'me@' || id || '.example' WHERE do_not_email"
    )
    source = connect(simulator)
    said = {row["email"].lower() for row in own(source, "opt_outs").values()}
    opted = {k for k, row in own(source, "targets").items() if row["do_not_email"]}
    assert opted
    for key in opted:
        assert {f"{key}@firm.example", f"me@{key}.example"} <= said


def test_a_contact_without_any_name_is_called_by_whatever_there_is(simulator):
    key = next(iter(own(connect(simulator), "contacts")))
    simulator.execute(
        "UPDATE \"crm_Contacts\" SET first_name = NULL, last_name = '-', email = '',"
        " personal_email = NULL, office_phone = NULL, mobile_phone = NULL WHERE id = %s",
        (key,),
    )
    for column, value in (
        ("mobile_phone", "+420 1"),
        ("personal_email", "a@b.example"),
    ):
        sql = f'UPDATE "crm_Contacts" SET {column} = %s WHERE id = %s'
        simulator.execute(sql, (value, key))
        assert own(connect(simulator), "contacts")[key]["_name"] == value


def test_a_campaign_knows_its_lists_and_the_size_of_its_audience(untouched, source):
    targets, lists = own(source, "targets"), own(source, "lists")
    members = untouched.company.rows["TargetsToTargetLists"]
    for campaign in own(source, "campaigns").values():
        chosen = {
            row["target_list_id"]
            for row in untouched.company.rows["CampaignToTargetLists"]
            if row["campaign_id"] == campaign["id"]
        }
        assert set(campaign["_lists"]) == chosen & set(lists)
        reached = {m["target_id"] for m in members if m["target_list_id"] in chosen}
        assert campaign["_audience"] == len(reached & set(targets))
    assert max(c["_audience"] for c in own(source, "campaigns").values()) > 5


# -- deals ---------------------------------------------------------------------------


def test_won_and_lost_are_told_by_the_last_word_of_the_audit_log(untouched, source):
    deals = own(source, "deals")
    made = untouched.company.rows["crm_Opportunities"]
    states = {n: deals[row["id"]]["_state"] for n, row in enumerate(made) if row["id"] in deals}  # fmt: skip
    assert states[0] == states[3] == "open"  # ACTIVE, PENDING
    assert states[1] == "lost"  # killed
    assert states[5] == "won"  # killed, reopened, closed
    assert states[6] == "open"  # killed, reopened
    assert states[7] == "won"
    assert states[2] == "lost"  # INACTIVE
    killed = deals[made[1]["id"]]
    assert killed["_closed_at"] > killed["createdAt"]
    assert deals[made[0]["id"]]["_closed_at"] is None


@pytest.mark.parametrize("choice", ["won", "lost"])
def test_the_consultant_may_say_what_closed_means(untouched, choice):
    deals = own(connect(untouched, closed_means=choice), "deals").values()
    assert {d["_state"] for d in deals if d["status"] == "CLOSED"} == {choice}


def test_a_deal_knows_its_way_through_the_stages(source):
    values = values_of(source, "deals", "crm.lead")
    ways = [v.values["@stage_history"] for v in values.values() if "@stage_history" in v.values]  # fmt: skip
    assert len(ways) > 5
    for way in ways:
        # A step that stays in the stage is no step.
        assert len(way) in (2, 3)
        assert all(
            one["stage"] != two["stage"] for one, two in zip(way, way[1:], strict=False)
        )
        assert [step["at"] for step in way] == sorted(step["at"] for step in way)
        assert all(step["stage"]["$ref"][0] == "stages" for step in way)


def test_a_contact_that_is_gone_is_no_contact_of_a_deal(untouched, source):
    contacts = set(own(source, "contacts"))
    deals = own(source, "deals").values()
    assert {key for d in deals for key in d["_contacts"]} <= contacts
    assert any(d["contact"] and d["contact"] not in contacts for d in deals)
    for deal in deals:
        if deal["contact"] in contacts:
            assert deal["_contacts"][0] == deal["contact"]
        assert deal["_currency"] in ("EUR", "USD")


def test_stages_stand_in_the_order_of_the_list(source):
    stages = sorted(own(source, "stages").values(), key=lambda s: s["_sequence"])
    assert [s["probability"] for s in stages] == [10, 25, 30, 45, 65, 75, 80, 95, 100]


def test_the_check_counts_won_and_lost_as_they_are_read(faulty, source):
    deals = [d for d in own(source, "deals").values() if d["status"] == "CLOSED"]
    states = [d["_state"] for d in deals]
    assert source.closed_outcomes() == {s: states.count(s) for s in ("won", "lost")}
    assert min(states.count(s) for s in ("won", "lost")) > 0
    begun = len(faulty.door.statements)
    source.closed_outcomes()
    assert len(faulty.door.statements) == begun + 1


def test_a_deal_without_a_currency_is_in_the_one_of_the_system(simulator):
    simulator.execute('DELETE FROM "crm_SystemSettings"')
    deals = own(connect(simulator), "deals").values()
    assert {d["_currency"] for d in deals if not d["currency"]} == {"EUR"}
    values = values_of(connect(simulator), "deals", "crm.lead").values()
    assert {v.values["@currency"] for v in values} == {"EUR", "USD"}
    # Where nothing says it, the product itself counts in euro (lib/currency.ts).
    simulator.execute('UPDATE "Currency" SET "isDefault" = false')
    deals = own(connect(simulator), "deals").values()
    assert {d["_currency"] for d in deals if not d["currency"]} == {"EUR"}


def test_further_contacts_of_a_deal_are_named_in_its_note(untouched, source):
    people = rows(untouched, "crm_Contacts")
    values = values_of(source, "deals", "crm.lead")
    several = {k: d for k, d in own(source, "deals").items() if len(d["_contacts"]) > 1}
    assert several
    for key, deal in several.items():
        for contact in deal["_contacts"][1:]:
            assert people[contact]["email"] in (
                None,
                *re.findall(r"[^\s<>;]+@+[^\s<>;]+", values[key].values["@note"]),
            )


def test_what_the_seller_says_of_himself_on_invoices_is_read(untouched, source):
    (settings,) = own(source, "invoice_settings").values()
    assert settings["baseCurrency"] == "USD"
    assert "companyName" in settings


# -- the profile ---------------------------------------------------------------------


@pytest.mark.parametrize("version", ["0.21.2", "0.11.0", "0.1.0", "2025-12"])
def test_nobody_is_left_behind_by_the_default_profile(version):
    with NextCrmSimulator(version) as running:
        source = connect(running)
        mapped = {}
        for item in source.get_mappings():
            mapped.setdefault(item.stream, []).append(as_json(item))
        for name in ("users", "companies", "contacts", "leads", "deals", "targets"):
            for row in own(source, name).values():
                if row.get("_converted_to"):
                    continue
                fits = [m for m in mapped[name] if applies(m, row) and not m["part"]]
                assert len(fits) == 1, (name, row)
                errors = [
                    p.code
                    for p in apply(fits[0]["fields"], row).problems
                    if p.level == "error"
                ]
                allowed = ["required"] if not row.get("_name", True) else []
                assert errors in ([], allowed), (name, row, errors)


def test_a_name_is_never_a_dash_or_nothing(source):
    for name in ("contacts", "leads"):
        for row in own(source, name).values():
            assert row["_name"] is None or row["_name"].strip("- ")


def test_a_lost_lead_is_the_consultants_decision(source):
    values = values_of(source, "leads", "crm.lead")
    states = {v.values["@state"]["$map"][1] for v in values.values()}
    assert states == {"New", "Contacted", "Qualified", "Lost"}
    lists = {item.name: item for item in source.get_value_lists()}
    assert lists["lead_states"].proposals["Lost"] == "lost"


def test_a_stream_stops_with_a_sentence_where_text_is_broken(simulator, monkeypatch):
    source = connect(simulator)
    with pytest.raises(FatalError) as caught:
        source.database.fetch("SELECT convert_from('\\xff'::bytea, 'UTF8')")
    assert caught.value.data["reason"] == "text that is not UTF-8"
