"""What happened in NextCRM: activities, mails, and what runs by itself.

These tests need a running PostgreSQL; without one they fail and say how to start it.
"""

import datetime as dt

import pytest
from nextcrm_common import connect, rows, values_of
from reading import own, records

from connectors.mapping.apply import applies, apply, as_json
from simulators.nextcrm import NextCrmSimulator

pytestmark = pytest.mark.simulator


# -- history -------------------------------------------------------------------------


def test_an_activity_comes_once_with_all_its_living_links(untouched, source):
    activities = records(source, "activities")
    assert len({r.source_id for r in activities}) == len(activities) == 28
    kinds = ("_contacts", "_deals", "_leads", "_targets", "_companies")
    several = 0
    alive = {
        "_contacts": own(source, "contacts"),
        "_companies": own(source, "companies"),
    }
    for record in activities:
        links = [key for kind in kinds for key in record.data[kind]]
        assert len(links) == len(set(links))
        for kind, there in alive.items():
            if kind == "_contacts":
                assert set(record.data[kind]) <= set(there)
        several += len(links) > 1
    assert several > 5


def test_what_an_activity_is_linked_to_is_read_as_well(simulator):
    """No company that only its status says is deleted, no contact in the bin."""
    firms = simulator.database.ids("crm_Accounts", '"deletedAt" IS NULL')
    (target,) = simulator.database.ids("crm_Targets", '"deletedAt" IS NULL')[:1]
    (person,) = simulator.database.ids("crm_Contacts", '"deletedAt" IS NOT NULL')[:1]
    (contract,) = simulator.database.ids("crm_Contracts")[:1]
    (activity,) = simulator.database.ids("crm_Activities", '"deletedAt" IS NULL')[:1]
    run = simulator.execute
    run('UPDATE "crm_Accounts" SET status = %s WHERE id = %s', ("DELETED", firms[0]))
    run('UPDATE "crm_Targets" SET converted_contact_id = %s WHERE id = %s', (person, target))  # fmt: skip
    run('UPDATE "crm_Contracts" SET account = %s WHERE id = %s', (firms[1], contract))
    run('DELETE FROM "crm_ActivityLinks"')
    linked = {"account": firms[0], "target": target, "contact": person, "contract": contract}  # fmt: skip
    for kind, key in linked.items():
        run('INSERT INTO "crm_ActivityLinks" ("activityId", "entityType", "entityId")'
            " VALUES (%s, %s, %s)", (activity, kind, key))  # fmt: skip
    source = connect(simulator)
    found = own(source, "activities")[activity]
    alive = set(own(source, "companies"))
    assert firms[0] not in alive
    assert found["_companies"] == [key for key in firms[1:2] if key in alive]
    assert found["_targets"] == [target]  # it is not brought over as that contact
    assert own(source, "targets")[target]["_converted_to"] is None
    assert found["_contacts"] == []


def test_a_meeting_of_a_connected_calendar_has_its_end_and_its_guests(source):
    meetings = values_of(source, "activities", "calendar.event")
    ended = [m.values for m in meetings.values() if "stop" in m.values]
    assert ended
    for values in ended:
        begin, end = (dt.datetime.fromisoformat(values[k]) for k in ("start", "stop"))
        assert end - begin == dt.timedelta(minutes=50)
        assert {p["email"] for p in values["@addresses"]} == {
            "guest@elsewhere.example",
            "Person1@Firm.example",
        }
    others = [m.values for m in meetings.values() if "stop" not in m.values]
    assert {v["@duration"] for v in others} <= {0.25, 0.5, 1.5}
    cancelled = {k for k, a in own(source, "activities").items() if a["status"] == "cancelled"}  # fmt: skip
    for key, outcome in meetings.items():
        assert outcome.values["active"] is (key not in cancelled)


def test_every_activity_is_one_thing_in_odoo(source):
    mappings = [
        as_json(m)
        for m in source.get_mappings()
        if m.stream == "activities" and not m.optional
    ]
    seen = set()
    for row in own(source, "activities").values():
        fits = [m for m in mappings if applies(m, row)]
        assert len(fits) == 1
        outcome = apply(fits[0]["fields"], row)
        assert not [p for p in outcome.problems if p.level == "error"]
        seen.add((row["type"], fits[0]["model"]))
    assert len(seen) == 5


def test_a_mail_comes_once_however_many_mailboxes_hold_it(untouched, source):
    mails = own(source, "emails").values()
    names = [
        m["rfcMessageId"] for m in mails if "-header@local" not in m["rfcMessageId"]
    ]
    assert len(names) == len(set(names))
    assert any(len(m["_copies"]) > 1 for m in mails)
    assert not any(m["isDeleted"] for m in mails)
    contacts = own(source, "contacts")
    made = rows(untouched, "Email")
    linked = {row["emailId"] for row in untouched.company.rows["EmailsToContacts"]}
    linked |= {row["emailId"] for row in untouched.company.rows["EmailsToAccounts"]}
    matched = [m for m in mails if not set(m["_copies"]) & linked]
    assert matched, "no mail was found by its address: nothing is proven"
    for mail in matched:
        to = {p["email"] for p in made[mail["id"]]["toRecipients"]}
        assert to & {(contacts[k]["email"] or "").lower() for k in mail["_contacts"]}


def test_the_text_of_a_mail_is_taken_from_the_mailbox_that_has_it(simulator):
    several = [m for m in own(connect(simulator), "emails").values() if len(m["_copies"]) > 1]  # fmt: skip
    for mail in several:
        simulator.execute(
            'UPDATE "Email" SET "bodyHtml" = NULL, "bodyText" = \'\' WHERE id = %s',
            (mail["id"],),
        )
    values = values_of(connect(simulator), "emails", "mail.message")
    assert several
    for mail in several:
        assert values[mail["id"]].values["body"] == "<p>Dobrý den…</p>"


def test_who_sent_a_mail_keeps_the_name(source):
    for outcome in values_of(source, "emails", "mail.message").values():
        assert outcome.values["@addresses"][0] == {
            "email": "eva.nova@firm.example",
            "name": "Eva Nová",
            "role": "from",
        }


def test_a_mail_without_a_name_of_its_own_is_never_taken_for_another(simulator):
    simulator.execute('UPDATE "Email" SET "rfcMessageId" = \'7-header@local\'')
    alive = simulator.database.ids("Email", 'NOT "isDeleted"')
    mails = own(connect(simulator), "emails")
    assert len(mails) > 12
    assert set(mails) <= set(alive)
    assert all(m["_copies"] == [key] for key, m in mails.items())


# -- automation ----------------------------------------------------------------------


def test_whatever_runs_by_itself_stands_in_the_inventory(source):
    found = own(source, "workflows").values()
    kinds = {row["kind"] for row in found}
    assert kinds == {"email_sequence", "follow_up", "approval", "report"}
    sequences = [row for row in found if row["kind"] == "email_sequence"]
    assert [s["order"] for s in sequences[0]["steps"]] == list(range(len(sequences[0]["steps"])))  # fmt: skip
    follow_up = next(row for row in found if row["kind"] == "follow_up")
    assert follow_up["data"]["settings"]["kill_after_days"] == 45
    assert {s["stage_kind"] for s in follow_up["data"]["stages"]} >= {
        "qualified",
        "care",
    }
    approval = next(row for row in found if row["kind"] == "approval")
    assert set(approval["data"]["deals"]) == {"PENDING", "APPROVED"}


def test_the_sequences_of_an_early_release_are_found_too():
    """Its campaigns cannot be put into a bin yet."""
    with NextCrmSimulator("0.1.0") as simulator:
        found = own(connect(simulator), "workflows").values()
        sequences = [row for row in found if row["kind"] == "email_sequence"]
        steps = simulator.company.rows["crm_campaign_steps"]
        assert sum(len(row["steps"]) for row in sequences) == sum(
            step["campaign_id"] in {row["id"].partition("-")[2] for row in sequences}
            for step in steps
        )
        assert len(sequences) == 2
