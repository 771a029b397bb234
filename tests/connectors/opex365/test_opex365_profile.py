"""OPEX 365: what the default profile makes of records."""

import fnmatch

import pytest
from reading import own, records
from test_opex365 import a_simulator, connect

from connectors.core.errors import RecordError
from connectors.mapping.apply import applies, apply, as_json
from connectors.opex365.deals import complete_outcome
from connectors.opex365.mappings import MAPPINGS
from connectors.opex365.pictures import find_places
from simulators.opex365_activities import PNG

pytestmark = pytest.mark.simulator


class Reading:
    """A source with what it brought, read and mapped only once."""

    def __init__(self, simulator):
        self.simulator = simulator
        self.source = connect(simulator)
        self.mappings = self.source.get_mappings()
        self._records = {}

    def own(self, name):
        if name not in self._records:
            self._records[name] = own(self.source, name)
        return self._records[name]

    def values(self, name, model, part=""):
        """Return ``{source id: outcome}`` of the mappings of a stream to a model."""
        outcome = {}
        for item in self.mappings:
            if (item.stream, item.model, item.part) != (name, model, part):
                continue
            mapping = as_json(item)
            for key, data in self.own(name).items():
                if applies(mapping, data):
                    assert key not in outcome, "two mappings of one model apply"
                    outcome[key] = apply(mapping["fields"], data, zone="Europe/Paris")
        return outcome


@pytest.fixture(scope="module")
def reading():
    with a_simulator() as simulator:
        yield Reading(simulator)


def test_every_activity_becomes_something(reading):
    for name, models in (
        ("emails", ("mail.message",)),
        ("calls", ("mail.message", "mail.activity")),
        ("tasks", ("mail.message", "mail.activity")),
        ("meetings", ("mail.message", "calendar.event")),
        ("letters", ("mail.message",)),
    ):
        found = [key for model in models for key in reading.values(name, model)]
        assert sorted(found) == sorted(reading.own(name)), name


def test_tasks_may_be_those_of_a_project(reading):
    """Where the consultant says so: the open, the done and the canceled ones alike."""
    chosen = {("task_kinds", "task"): "task"}
    states = set()
    for data in reading.own("tasks").values():
        (item,) = [
            mapping
            for mapping in map(as_json, reading.source.get_mappings())
            if mapping["stream"] == "tasks" and applies(mapping, data, chosen)
        ]
        assert item["model"] == "project.task"
        values = apply(item["fields"], data, zone="Europe/Paris").values
        states.add(values["@done"])
        assert values["@thread"] if data.get("_thread") else True
    assert states == {"open", "done", "cancelled"}


def test_deals_keep_stage_outcome_owner_and_lines(reading):
    values = reading.values("deals", "crm.lead")
    deals = reading.own("deals")
    assert {v.values["@state"] for v in values.values()} == {"open", "won", "lost"}
    for key, deal in deals.items():
        got = values[key].values
        if stage := deal.get("_stage"):
            assert got["stage_id"] == {"$ref": ["stages", stage["id"]]}
        if deal.get("_lines"):
            assert got["@note"].startswith("<table>")
        if deal["statecode"]:
            assert got["@closed_at"]
        assert got["user_id"] == {"$owner": deal["_ownerid_value"]}


def test_a_qualified_lead_is_no_second_deal_but_a_note_on_what_it_became(reading):
    leads, known = reading.own("leads"), reading.simulator.org.known
    values = reading.values("leads", "crm.lead")
    qualified = set(known["qualified"])
    assert len(qualified) > 1
    assert set(values) == set(leads) - qualified
    notes = reading.values("leads", "mail.message")
    assert set(notes) == qualified
    deals = reading.own("deals")
    for key, outcome in notes.items():
        first = outcome.values["@thread"][0]["$ref"]
        assert first[0] == "deals"
        named = leads[key]["_qualifyingopportunityid_value"]
        assert first[1] == named or deals[first[1]]["_originatingleadid_value"] == key
        # All that it held stands there, and nothing that the platform keeps.
        for words in (leads[key]["companyname"], "lead", "Trade Show", "9000.25"):
            assert words in outcome.values["body"]
        assert "Versionnumber" not in outcome.values["body"]


def test_a_lead_that_became_no_deal_goes_to_its_contact_else_its_account():
    with a_simulator(leads=18) as simulator:
        source = connect(simulator)
        leads = own(source, "leads")
        became = [leads[k]["_became"][0]["stream"] for k in simulator.org.known["qualified"]]  # fmt: skip
        assert became == ["deals", "deals", "contacts", "companies"]


def test_a_qualified_lead_that_became_nothing_at_all_is_still_there(reading):
    key = reading.simulator.org.known["qualified"][0]
    data = {n: v for n, v in reading.own("leads")[key].items() if n not in ("_became", "_sheet")}  # fmt: skip
    [mapping] = [
        as_json(m) for m in reading.mappings
        if m.stream == "leads" and applies(as_json(m), data)
    ]  # fmt: skip
    assert mapping["model"] == "crm.lead"
    assert apply(mapping["fields"], data).values["@state"] == "won"


def test_unsent_mails_keep_who_they_were_for(reading):
    mails = reading.own("emails")
    values = reading.values("emails", "mail.message")
    unsent = [k for k, mail in mails.items() if mail["statecode"] == 0]
    assert {mails[key]["statuscode"] for key in unsent} == {1, 8}
    for key in unsent:
        got = values[key].values
        roles = {party["role"] for party in got["@addresses"]}
        assert {"from", "to", "cc"} <= roles
        assert got["@author"]
        assert got["@subtype"] == "note"
        for word in ("From: ", "To: ", "Cc: ", "achats@valmont-outils.example"):
            assert word in got["body"]
        assert "<b>" not in got["body"].partition("<html>")[0], "a name is no markup"


def test_what_nobody_wrote_names_the_account_and_asks_for_no_user(reading):
    known = reading.simulator.org.known
    values = reading.values("notes", "mail.message")
    notes = reading.own("notes")
    [key] = [
        k for k, n in notes.items() if n["_createdby_value"] == known["integration"]
    ]
    got = values[key].values
    assert got["email_from"] == "INTEGRATION"
    assert not {"@author", "@created_by", "@updated_by"} & set(got)
    nobodies = {
        known[n] for n in ("app", "system", "integration", "import", "service0")
    }
    asked = str([v.values for m in reading.mappings for v in reading.values(m.stream, m.model, m.part).values()])  # fmt: skip
    assert not any(f"'$owner': '{key}'" in asked for key in nobodies)


def test_people_bear_their_names_in_the_order_of_the_organization():
    for order, wanted in ((0, "Astruc, Mireille"), (6, "Astruc Mireille"), (1, "Mireille Astruc")):  # fmt: skip
        with a_simulator(name_order=order) as simulator:
            values = Reading(simulator).values("contacts", "res.partner")
            got = values[simulator.org.known["mireille"]].values
            assert got["name"] == wanted
            # Most orders leave the middle name out: then it is noted.
            assert "Middle name: Claire Élise" in got["comment"]
    with a_simulator(name_order=5) as simulator:
        reading = Reading(simulator)
        got = reading.values("contacts", "res.partner")[simulator.org.known["mireille"]]
        assert got.values["name"] == "Mireille Claire Élise Astruc"
        assert "Middle name" not in got.values["comment"]


def test_who_asked_not_to_be_mailed_is_on_the_blacklist_and_allow_is_no_note(reading):
    contacts = reading.own("contacts")
    addresses = {
        row["emailaddress1"] for row in contacts.values()
        if (row["donotemail"] or row["donotbulkemail"]) and row["emailaddress1"]
    }  # fmt: skip
    found = [r for r in records(reading.source, "contacts") if r.stream == "opt_outs"]
    assert {r.data["email"] for r in found} == addresses
    [mapping] = [as_json(m) for m in reading.mappings if m.stream == "opt_outs"]
    assert mapping["model"] == "mail.blacklist"
    for name, row in contacts.items():
        comment = reading.values("contacts", "res.partner")[name].values.get(
            "comment", ""
        )
        assert comment.count("Allow") == row["donotemail"] + row["donotbulkemail"] + row["donotphone"]  # fmt: skip
        assert "Default Value" not in comment
        assert ("Preferred contact" in comment) is (
            row["preferredcontactmethodcode"] != 1
        )


def test_a_rate_says_what_one_unit_is_worth_in_the_currency_of_the_organization(
    reading,
):
    for key, outcome in reading.values("deals", "crm.lead").items():
        data, got = reading.own("deals")[key], outcome.values
        if data["exchangerate"] == 1:
            assert not {"@rate", "@rate_currency"} & set(got)
            continue
        assert got["@rate_currency"] == "EUR"
        assert data["estimatedvalue"] is None or round(
            data["estimatedvalue"] * got["@rate"], 2
        ) == round(data["estimatedvalue_base"], 2)


def test_a_won_deal_counts_what_it_came_to_and_a_lost_one_what_it_could_have():
    with a_simulator() as simulator:
        deals = simulator.org.tables["opportunity"]
        won, other, lost = [
            [k for k, row in deals.items() if row["statecode"] == state] for state in (1, 0, 2)
        ]  # fmt: skip
        deals[lost[0]]["actualvalue"] = 0.0
        deals[lost[1]]["actualvalue"] = 70_000.0
        deals[other[0]]["actualvalue"] = 5.0
        values = Reading(simulator).values("deals", "crm.lead")

        def amount(key):
            return values[key].values["expected_revenue"]

        assert {amount(key) for key in won} == {99_000.0}
        estimate = f"Estimated revenue: {deals[won[0]]['estimatedvalue']}"
        assert estimate in values[won[0]].values["description"]
        assert amount(lost[0]) == deals[lost[0]]["estimatedvalue"]
        assert amount(lost[1]) == 70_000.0
        assert amount(other[0]) == deals[other[0]]["estimatedvalue"]


def test_a_deal_is_closed_on_the_day_that_was_entered():
    """The instant may be the midnight of somebody's zone, or that of another closing."""
    for day, moment, wanted in (
        ("2025-02-28", "2025-02-28T15:30:00Z", "2025-02-28 15:30:00"),
        ("2025-02-28", "2025-02-27T23:00:00Z", "2025-02-28 00:00:00"),
        (None, "2025-02-27T23:00:00Z", "2025-02-27 23:00:00"),
        ("2025-02-28", None, "2025-02-28 00:00:00"),
    ):
        data = {
            "statecode": 1,
            "actualclosedate": day,
            "_closing": {"actualend": moment},
        }
        complete_outcome(data)
        [rule] = [m for m in MAPPINGS if m.stream == "deals" and not m.part]
        [field] = [f for f in as_json(rule)["fields"] if f["target"] == "@closed_at"]
        assert apply([field], data).values == {"@closed_at": wanted}


def test_a_day_that_is_written_as_a_midnight_is_that_day():
    """As an organization of before 2016 has it: 31 October in Paris, 1 November in Oslo."""
    with a_simulator() as simulator:
        deals = list(simulator.org.tables["opportunity"])
        row = simulator.org.tables["opportunity"][deals[0]]
        row["estimatedclosedate"] = "2025-10-30T23:00:00Z"
        values = Reading(simulator).values("deals", "crm.lead")
        assert values[deals[0]].values["date_deadline"] == "2025-10-31"
        assert values[deals[1]].values["date_deadline"] == "2025-10-31"


def test_pictures_within_texts_come_along_with_the_place_where_they_stand(reading):
    known, org = reading.simulator.org.known, reading.simulator.org
    found = {
        r.data["_parent"]["id"]: r.data
        for name in ("notes", "meetings", "companies")
        for r in records(reading.source, name)
        if r.stream == "media" and r.data.get("_inline")
    }
    assert set(found) == {
        known[n] for n in ("pictured_note", "pictured_meeting", "valmont", "lost_picture")
    }  # fmt: skip
    note = found[known["pictured_note"]]
    assert (
        note["_inline"][0]
        in org.tables["annotation"][known["pictured_note"]]["notetext"]
    )
    for key in ("pictured_note", "pictured_meeting", "valmont"):
        reference = {"path": found[known[key]]["_path"], "name": "a"}
        assert b"".join(reading.source.read_file(reference)) == PNG
    with pytest.raises(RecordError):
        list(reading.source.read_file({"path": found[known["lost_picture"]]["_path"]}))


def test_a_picture_of_another_host_is_nobody_elses_business():
    key = "0" * 8 + "-0000-4000-8000-" + "0" * 12
    path = f"/api/data/v9.0/msdyn_richtextfiles({key})/msdyn_imageblob/$value?size=full"
    for host, seen in (
        ("", 1),
        ("https://ours.example", 1),
        ("https://evil.example", 0),
    ):
        text = f"<img src='{host}{path}'>"
        assert len(find_places(text, "ours.example")) == seen


def test_history_of_what_odoo_does_not_take_falls_to_its_deal_or_customer(reading):
    known, org = reading.simulator.org.known, reading.simulator.org
    notes = reading.own("notes")
    deal = {"stream": "deals", "id": known["deal"]}
    assert notes[known["quote_note"]]["_thread"] == [deal]
    got = reading.values("notes", "mail.message")[known["quote_note"]].values
    assert "Regarding: Offerte – Drehbank" in got["body"]
    cases = org.tables["incident"]
    found = 0
    for name in ("tasks", "emails", "calls", "meetings"):
        for data in reading.own(name).values():
            case = cases.get(data["_regardingobjectid_value"])
            if case:
                key = data["_regardingobjectid_value"]
                assert data["_thread"][0] == {"stream": "cases", "id": key}
                assert data["_about"] == case["title"]
                found += 1
    assert found > 3


def test_what_hangs_on_a_table_of_the_customers_stays_there(reading):
    known, notes = reading.simulator.org.known, reading.own("notes")
    on_machine = [n for n in notes.values() if n["_objectid_value"] == known["machine"]]
    [manual] = [
        r.data for r in records(reading.source, "opex_machines") if r.stream == "media"
    ]
    machine = {"stream": "opex_machines", "id": known["machine"]}
    assert on_machine
    for data in (*on_machine, manual):
        assert data["_thread"] == [machine]
    got = reading.values("notes", "mail.message")[on_machine[0]["annotationid"]].values
    assert got["@thread"] == [{"$ref": ["opex_machines", known["machine"]]}]


def test_a_table_of_the_customers_becomes_a_model_with_its_columns(reading):
    [item] = [m for m in reading.mappings if m.stream == "opex_machines"]
    assert (item.model, item.custom_object.label) == ("x_opex_machine", "Machines")
    kinds = {c.key: (c.kind, c.relation) for c in item.custom_fields}
    assert kinds == {
        "owner": ("reference", "users"),
        "opex_serialnumber": ("char", ""),
        "opex_condition": ("selection", ""),
        "opex_options": ("multi_selection", ""),
        "opex_account": ("reference", "companies"),
        "opex_owner2": ("reference", "companies"),
        "opex_hall": ("reference", "opex_halls"),
        "opex_price": ("monetary", ""),
        "opex_hours": ("float", ""),
        "opex_installed": ("date", ""),
        "opex_warranty": ("date", ""),
        "opex_shift": ("datetime", ""),
        "opex_serviced": ("datetime", ""),
        "opex_remote": ("boolean", ""),
        "opex_remarks": ("text", ""),
        "statecode": ("selection", ""),
        "statuscode": ("selection", ""),
        "currency": ("char", ""),
        "opex_machine_contact": ("references", "contacts"),
    }
    [condition] = [c for c in item.custom_fields if c.key == "opex_condition"]
    assert condition.options == (("741200000", "New"), ("741200001", "Worn"))
    values = reading.values("opex_machines", "x_opex_machine")
    org, known = reading.simulator.org, reading.simulator.org.known
    row, got = (
        org.tables["opex_machine"][known["machine"]],
        values[known["machine"]].values,
    )
    account = row["opex_account"][1]
    assert got["x_name"] == "CNC-7 “Žižka” 0"
    assert got["@custom.opex_account"][0]["$ref"] == ["companies", account]
    assert got["@custom.opex_owner2"] == [
        {"$ref": ["companies", row["opex_owner2"][1]]}
    ]
    assert got["@custom.opex_price"] == 45_000.1234
    assert got["@custom.opex_shift"] == "2025-03-04 05:00:00", "an hour in Paris"
    assert got["@custom.opex_machine_contact"][0]["$ref"][0] == "contacts"


def test_a_lookup_to_a_table_of_the_customers_is_a_link(reading):
    org, known = reading.simulator.org, reading.simulator.org.known
    [key] = [k for k, r in org.tables["contact"].items() if r["opex_machineid"]]
    got = reading.values("contacts", "res.partner")[key].values
    [link] = got["@custom.contact_opex_machineid"]
    assert link["$ref"] == ["opex_machines", known["machine"]]


def test_a_lookup_to_things_of_several_kinds_keeps_the_name(reading):
    [item] = [m for m in reading.mappings if m.stream == "opex_halls"]
    kinds = {c.key: (c.kind, c.relation) for c in item.custom_fields}
    assert kinds["opex_mainmachine"] == ("reference", "opex_machines")
    assert kinds["opex_about"] == ("char", "")
    [hall] = reading.values("opex_halls", "x_opex_hall").values()
    assert hall.values["@custom.opex_about"] == "CNC-7 “Žižka” 0"


def test_what_microsofts_own_add_ons_made_is_read_only_where_it_is_chosen(reading):
    assert not [m for m in reading.mappings if m.stream == "msdyn_insights"]
    [rule] = [r for r in reading.source.left_out if r.stream == "msdyn_insights"]
    assert "nothing in Odoo takes it" in rule.reason


def test_an_activity_of_the_customers_is_a_note_that_says_everything(reading):
    [visit] = reading.values("opex_visits", "mail.message").values()
    assert "Visite annuelle" in visit.values["body"]
    assert "billed" not in visit.values["body"].lower(), "a flag that nobody set"
    assert "Outcome: Come back" in visit.values["body"]


def test_a_case_becomes_a_ticket_that_knows_who_asked_and_when_it_was_closed(reading):
    org, known = reading.simulator.org, reading.simulator.org.known
    values = reading.values("cases", "helpdesk.ticket")
    assert len(values) == len(org.tables["incident"])
    for key, row in org.tables["incident"].items():
        got = values[key].values
        table, customer = row["customerid"]
        stream = {"account": "companies", "contact": "contacts"}[table]
        assert got["partner_id"] == {"$ref": [stream, customer]}
        assert got["number"] == row["ticketnumber"]
        assert got["priority"] == {1: "2", 2: "1", 3: "0"}[row["prioritycode"]]
        assert got["stage_id"]["$map"][0] == "case_stages"
        # Of what was resolved its resolution tells the day.
        closed = {0: None, 1: "2025-02-20 14:00:00"}.get(row["statecode"], "any")
        assert closed in (got.get("@done_at"), "any")
    cancelled = [k for k, r in org.tables["incident"].items() if r["deactivatedon"]]
    assert values[cancelled[0]].values["@done_at"] == "2025-02-19 10:00:00"
    escalated = next(v.values for v in values.values() if v.values.get("partner_email"))
    text = escalated["description"]
    assert "Parent case: Broche bloquée – №0" in text
    assert "Escalated on: 2025-02-18" in text
    resolutions = reading.values("case_resolutions", "mail.message")
    for key, found in resolutions.items():
        row = org.tables["incidentresolution"][key]
        assert found.values["@thread"] == [{"$ref": ["cases", row["incidentid"][1]]}]
        assert "Resolution: Huile changée" in found.values["body"]
        assert "Minutes: 30" in found.values["body"]
    assert known["case"]


def test_of_an_article_the_latest_version_comes_and_a_draft_is_archived(reading):
    known = reading.simulator.org.known
    values = reading.values("articles", "document.page")
    assert set(values) == {known["article"], known["article_draft"]}
    got = values[known["article"]].values
    assert (got["name"], got["active"]) == ("Spindel klemmt", True)
    assert "Öl nachfüllen" in got["content"]
    for text in ("Number: KA-01000", "Status: Published", "Summary: Was hilft"):
        assert text in got["@note"]
    assert values[known["article_draft"]].values["active"] is False


def test_a_call_that_was_made_names_who_was_called(reading):
    values = reading.values("calls", "mail.message")
    rows = reading.own("calls")
    leads = {
        key: rows[key]["_named"]["to"]
        for key in values
        if any(each["stream"] == "leads" for each in rows[key].get("_recipients", ()))
    }
    assert leads
    for key, names in leads.items():
        assert f"<p>To: {', '.join(names)}</p>" in values[key].values["body"]


def test_posts_of_people_come_and_those_of_the_platform_do_not(reading):
    posts = reading.own("posts")
    assert not any("<pi" in row["text"] for row in posts.values())
    values = reading.values("posts", "mail.message")
    known = reading.simulator.org.known
    assert values[known["post"]].values["body"] == "Ruft lieber nachmittags an"
    comments = reading.values("post_comments", "mail.message")
    [got] = comments.values()
    assert got.values["@thread"] == [{"$ref": ["posts", known["post"]]}]


@pytest.mark.parametrize(
    "name",
    ["quote_lines", "order_lines", "invoice_lines", "goals", "contracts",
     "contract_lines"],
)  # fmt: skip
def test_what_odoo_does_not_take_yet_is_read_counted_and_named(reading, name):
    assert reading.own(name)
    stream = reading.source.get_stream(name)
    assert reading.source.count(stream) == len(reading.own(name))
    assert not [m for m in reading.mappings if m.stream == name]
    [rule] = [rule for rule in reading.source.left_out if rule.stream == name]
    assert not rule.when


def test_who_is_on_a_list_is_on_it_and_a_lead_is_told_where_nobody_subscribes(reading):
    rules = [as_json(m) for m in reading.mappings if m.stream == "list_members"]
    parent = {"stream": "marketing_lists", "id": "1"}
    for stream in ("contacts", "companies", "leads"):
        data = {"_parent": parent, "_member": {"stream": stream, "id": "7"}}
        taken = [rule for rule in rules if applies(rule, data)]
        models = [rule["model"] for rule in taken]
        is_lead = data["_member"]["stream"] == "leads"
        note = ["mail.message"] if is_lead else []
        assert models[:2] == ["mailing.subscription", *note][: len(models[:2])]
        values = apply(taken[0]["fields"], data).values
        assert values["list_id"] == {"$ref": ["marketing_lists", data["_parent"]["id"]]}
        member = data["_member"]
        assert values["@thread"] == {"$ref": [member["stream"], member["id"]]}


def test_every_filled_value_is_mapped_noted_a_field_of_its_own_or_left_out(reading):
    """What the review would ask a person: nothing of the product's own columns."""
    asked = {}
    streams = {m.stream for m in reading.mappings}
    for name in streams & {s.name for s in reading.source.get_streams() if not s.derived_from}:  # fmt: skip
        stream = reading.source.get_stream(name)
        rules = [as_json(m) for m in reading.mappings if m.stream == name]
        taken = {stream.primary_key}
        for rule in rules:
            for field in rule["fields"]:
                paths = field["source"] if isinstance(field["source"], list) else [field["source"]]  # fmt: skip
                taken |= {str(path) for path in paths}
            for condition in rule["when"]:
                source = condition["source"]
                taken |= set(source if isinstance(source, list) else [source])
        patterns = [*reading.source.ignored, *(p for r in rules for p in r["ignored"])]
        taken_over = [
            data for data in reading.own(name).values()
            if any(applies(rule, data) for rule in rules)
        ]  # fmt: skip
        for data in taken_over:
            for path, value in data.items():
                if value in (None, "", [], {}) or path in taken or path == "_parties":
                    continue
                if path.startswith("_") and not path.endswith("_value"):
                    continue
                if any(p.startswith(f"{path}.") for p in taken):
                    continue
                if not any(fnmatch.fnmatchcase(path, p) for p in patterns):
                    asked.setdefault(name, set()).add(path)
    assert not asked, "\n".join(f"{n}: {sorted(p)}" for n, p in asked.items())


def test_inactive_people_are_archived_and_a_birthday_never_shifts(reading):
    values = reading.values("contacts", "res.partner")
    contacts = reading.own("contacts")
    assert {values[k].values["active"] for k in contacts} == {True, False}
    for key, contact in contacts.items():
        assert values[key].values["active"] is (contact["statecode"] == 0)
        if contact["birthdate"]:
            assert contact["birthdate"] in values[key].values["comment"]


def test_a_person_below_a_person_keeps_that_link(reading):
    contacts = reading.own("contacts")
    values = reading.values("contacts", "res.partner")
    parents = {
        values[key].values["parent_id"]["$ref"][0]
        for key in contacts
        if "parent_id" in values[key].values
    }
    assert parents == {"companies", "contacts"}


def test_service_principals_are_no_users_to_map(reading):
    users = reading.own("users")
    values = reading.values("users", "res.users")
    known = reading.simulator.org.known
    people = {known[name] for name in ("jonas", "siri", "gone")}
    assert set(values) == people != set(users)
    # They are told apart from who left, and named with the reason.
    assert users[known["gone"]]["isdisabled"]
    [rule] = [rule for rule in reading.source.left_out if rule.stream == "users"]
    when = {"when": [condition.as_json() for condition in rule.when]}
    assert {k for k, user in users.items() if applies(when, user)} == set(
        users
    ) - people


def test_options_of_custom_columns_fit_the_data(reading):
    values = reading.values("contacts", "res.partner")
    item = next(m for m in reading.mappings if m.stream == "contacts")
    custom = {c.key: c for c in item.custom_fields}
    assert custom["contact_opex_options"].kind == "multi_selection"
    keys = {key for key, _label in custom["contact_opex_options"].options}
    chosen = [
        v.values["@custom.contact_opex_options"]
        for v in values.values()
        if "@custom.contact_opex_options" in v.values
    ]
    assert chosen
    assert all(set(found) <= keys for found in chosen)
    assert custom["contact_opex_loyal"].kind == "boolean"
    assert not [key for key in custom if "adx_" in key or "msdyn" in key]


def test_no_problem_of_the_profile_costs_a_record(reading):
    bad = {}
    for item in reading.mappings:
        for outcome in reading.values(item.stream, item.model, item.part).values():
            for problem in outcome.problems:
                if problem.level == "error":
                    bad.setdefault(f"{item.stream}.{problem.target}", []).append(problem.code)  # fmt: skip
    # A note without a parent, a contact without any name: both are real, and reported.
    assert set(bad) <= {"notes.@thread"}


def test_an_amount_keeps_its_currency_and_what_the_organization_made_of_it(reading):
    currencies = set()
    for name, column in (("deals", "estimatedvalue"), ("leads", "estimatedamount")):
        values = reading.values(name, "crm.lead")
        for key, data in reading.own(name).items():
            if key not in values or data[column] is None:
                continue
            got = values[key].values
            counts = name == "deals" and data["statecode"] == 1
            amount = data["actualvalue"] if counts else data[column]
            assert got["expected_revenue"] == amount
            code = "SEK" if data["exchangerate"] == 11.25 else "EUR"
            assert got["@currency"] == code
            currencies.add(code)
            notes = got.get("description", got.get("@note"))
            based = f"{data[f'{column}_base']}"
            # A won deal counts what it came to; its estimate is noted.
            notes = notes or ""
            assert counts or (based in notes) is (code == "SEK")
    assert currencies == {"EUR", "SEK"}


def test_only_what_is_lost_has_a_reason_for_it(reading):
    for name in ("deals", "leads"):
        values = reading.values(name, "crm.lead")
        lost = {k for k, data in reading.own(name).items() if data["statecode"] == 2}
        assert lost
        assert {k for k, v in values.items() if "lost_reason_id" in v.values} == lost


def test_a_deal_whose_customer_stands_in_one_column_alone_has_it(reading):
    deals = reading.own("deals")
    values = reading.values("deals", "crm.lead")
    alone = [
        (key, deal) for key, deal in deals.items()
        if not deal["_parentcontactid_value"] and not deal["_parentaccountid_value"]
    ]  # fmt: skip
    assert alone
    for key, deal in alone:
        assert values[key].values["partner_id"]["$ref"][1] == deal["_customerid_value"]
    assert all("partner_id" in outcome.values for outcome in values.values())


def test_every_stage_of_a_deal_has_a_place_in_a_team(reading):
    """Also of the process of the Sales app, which belongs to leads."""
    stages = reading.values("stages", "crm.stage")
    teams = reading.values("pipelines", "crm.team")
    placed = [d["_stage"] for d in reading.own("deals").values() if d.get("_stage")]
    lead_process = reading.simulator.org.known["lead_process"]
    assert lead_process in {stage["pipeline"] for stage in placed}
    for stage in placed:
        assert stage["id"] in stages
        assert stage["pipeline"] in teams
    names = {outcome.values["name"] for outcome in stages.values()}
    assert {"Qualify (L)", "Close (L)"} <= names
    assert "Research" not in names, "a stage of cases"


def test_a_deal_knows_since_when_it_is_in_its_stage(reading):
    values = reading.values("deals", "crm.lead")
    histories = [
        (data["_stage"]["id"], values[key].values["@stage_history"])
        for key, data in reading.own("deals").items()
        if data.get("_stage", {}).get("told_by") == "process"
    ]
    assert histories
    for stage, history in histories:
        [step] = history
        assert step["stage"] == {"$ref": ["stages", stage]}
        assert step["at"] in ("2025-01-15 10:00:00", "2025-02-01 10:00:00")


def test_whole_days_stay_whole_days(reading):
    meetings = reading.own("meetings")
    values = reading.values("meetings", "calendar.event")
    days = [v.values for k, v in values.items() if meetings[k]["isalldayevent"]]
    assert days
    for got in days:
        assert got["allday"] is True
        assert got["start_date"] == got["stop_date"] == "2025-03-07"
        assert "start" not in got
    others = [
        v.values for k, v in values.items()
        if not meetings[k]["isalldayevent"] and "Vorführung" not in str(meetings[k])
        and not meetings[k]["seriesid"]
    ]  # fmt: skip
    assert {(got["start"], got["stop"]) for got in others} == {
        ("2025-03-07 09:30:00", "2025-03-07 10:15:00")
    }


def test_a_series_is_a_rule_and_its_meetings_stand_in_it(reading):
    rules = reading.values("recurring_meetings", "calendar.recurrence")
    meetings = reading.values("meetings", "calendar.event")
    told = {}
    for key, rule in rules.items():
        ref = {"$ref": ["recurring_meetings", key]}
        told[rule.values["@rule"]] = sorted(
            (m.values["start"], m.values["follow_recurrence"])
            for m in meetings.values()
            if m.values.get("recurrence_id") == ref
        )
    assert told == {
        # At ten in Lisbon, before and after the change of the clock; one was moved.
        "FREQ=WEEKLY;BYDAY=MO": [
            ("2025-03-10 10:00:00", True),
            ("2025-03-17 10:00:00", True),
            ("2025-03-25 15:00:00", False),
            ("2025-04-07 09:00:00", True),
        ],
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2": [
            ("2025-03-31 13:00:00", True),
            ("2025-04-30 13:00:00", True),
        ],
    }
    alone = [m for m in meetings.values() if not m.values.get("recurrence_id")]
    assert len(alone) == len(meetings) - 6


def test_a_second_address_becomes_a_place_to_deliver_to(reading):
    for name in ("companies", "contacts"):
        rows = reading.own(name)
        values = reading.values(name, "res.partner", "delivery")
        assert set(values) == {k for k, row in rows.items() if row["address2_line1"]}
        for key, outcome in values.items():
            assert outcome.values["name"] == "Lager"
            assert outcome.values["parent_id"] == {"$ref": [name, key]}


def test_a_team_that_owns_records_is_offered_with_its_administrator(reading):
    values = reading.values("teams", "res.users")
    known = reading.simulator.org.known
    assert values[known["team"]].values["email"] == "siri@opexdemo.example"
    assert values[known["orphan_team"]].values == {
        k: v for k, v in values[known["orphan_team"]].values.items() if k != "email"
    }


def test_competitors_are_named(reading):
    values = reading.values("deals", "crm.lead")
    notes = [values[k].values["description"] for k, d in reading.own("deals").items()
             if d["opportunitycompetitors_association"]]  # fmt: skip
    assert notes
    assert all("Competitors: Fräsen-Fritz" in text for text in notes)


def test_custom_instants_become_what_they_mean():
    with a_simulator() as simulator:
        source = connect(simulator)
        [described] = [
            {
                f.path: f.kind
                for f in source.describe(source.get_stream("opex_machines"))
            }
        ]
        assert described["opex_installed"] == described["opex_warranty"] == "date"
        assert described["opex_shift"] == described["_local.opex_shift"] == "datetime"
        machines = own(source, "opex_machines")
        assert {m["_local"]["opex_shift"] for m in machines.values()} == {
            "2025-03-04T06:00:00"
        }
        assert {m["opex_shift"] for m in machines.values()} == {"2025-03-04T06:00:00Z"}


@pytest.mark.parametrize(
    ("kind", "column", "value"),
    [
        ("day", "opex_day", "2026-02-27"),
        ("local_day", "opex_day", "2026-02-28"),
        ("floating", "opex_day", "2026-02-27 22:00:00"),
        ("", "opex_day", "2026-02-27 23:00:00"),
    ],
)
def test_a_custom_column_of_an_instant_is_converted_by_its_meaning(kind, column, value):
    from connectors.opex365.custom_columns import with_custom_fields
    from connectors.opex365.mappings import MAPPINGS
    from connectors.opex365.tables import Column

    made = Column(column, "DateTimeType", "A day", custom=True, meaning=kind)
    extended = with_custom_fields(
        [m for m in MAPPINGS if m.stream == "deals"],
        lambda _stream: (made,),
        is_foreign=lambda name: False,
    )
    [field] = [f for f in as_json(extended[0])["fields"] if "custom" in f["target"]]
    moment = "2026-02-27" if kind == "day" else "2026-02-27T23:00:00Z"
    data = {column: moment, "_local": {column: "2026-02-27T23:00:00"}}
    outcome = apply([field], data, zone="Europe/Paris")
    assert outcome.values == {"@custom.deal_opex_day": value}
    assert not outcome.problems
