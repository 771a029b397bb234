"""OPEX 365: activities and whom they were with."""

import pytest
from reading import own, pages_of, records

pytestmark = pytest.mark.simulator


def as_party(row):
    return {"role": row["participationtypemask"]}


def test_every_party_is_resolved_or_named_with_the_reason(simulator, source):
    found = pages_of(source, "activity_parties")
    parties = [r.data for page in found for r in page.records]
    outcome = {}
    for party in parties:
        kind = party["_party"]["resolution"]
        outcome[kind] = outcome.get(kind, 0) + 1
    known = {"resolved", "inactive", "elsewhere", "address", "orphan", "mirror"}
    assert set(outcome) == known
    report = [w for page in found for w in page.warnings if w.code == "party_orphan"]
    assert len(report) == outcome["orphan"] > 1
    activities = set(simulator.org.tables["activitypointer"])
    assert {finding.data["activity"] for finding in report} <= activities
    # One walk for all activities, nothing asked party by party.
    pages_needed = -(-len(parties) // 1000)
    assert len(simulator.requested("/activityparties?")) == pages_needed


def test_orphans_are_told_although_nobody_marked_them_as_deleted(simulator, source):
    gone = simulator.org.known["oskar"]
    simulator.org.tables["contact"].pop(gone)
    orphans = [
        data["_party"]
        for data in own(source, "activity_parties").values()
        if data["_party"]["resolution"] == "orphan"
    ]
    assert gone in {party.get("id") for party in orphans}


def test_a_mail_knows_who_wrote_it_to_whom_and_what_it_hangs_on(simulator, source):
    known = simulator.org.known
    mails = [
        mail for mail in own(source, "emails").values()
        if mail["_regardingobjectid_value"] not in known["qualified"]
        or str(mail["subject"]).startswith("Offer")
    ]  # fmt: skip
    users = set(simulator.org.tables["systemuser"])
    contacts = set(simulator.org.tables["contact"])
    for mail in mails:
        senders = mail["_senders"]
        assert len(senders) == 1
        outgoing = mail["directioncode"]
        assert senders[0]["id"] in (users if outgoing else contacts)
        assert {p["address"] for p in mail["_cc"]} >= {"achats@valmont-outils.example"}
        assert all(ref["stream"] != "users" for ref in mail["_thread"])
        about = mail["_regardingobjectid_value"]
        if about and mail["_tables"]["_regardingobjectid_value"] != "incident":
            assert mail["_thread"][0]["id"] == mail["_regardingobjectid_value"]
    assert any(not m["_regardingobjectid_value"] and m["_thread"] for m in mails)
    assert any(p["name"] == "Sales inbox" for m in mails for p in m.get("_bcc", ()))


def test_a_mail_whose_text_the_server_cut_off_is_named(simulator, source):
    mail = simulator.org.known["mail"]
    simulator.org.tables["email"][mail]["notifications"] = 2
    said = [w for page in pages_of(source, "emails") for w in page.warnings]
    assert [(w.code, w.data["email"]) for w in said] == [("body_truncated", mail)]


def test_an_owner_is_no_attendee(source):
    for meeting in own(source, "meetings").values():
        told = ("Vorführung", "Ortstermin", "Jour fixe", "Letzter Werktag")
        if str(meeting["subject"]).startswith(told):
            continue
        if meeting["statecode"] == 2:
            # It becomes a note, which names them.
            assert len(meeting["_named"]) == 3
            continue
        assert len(meeting["_attendees"]) == 2, "who organizes, who is required"
        assert [p["name"] for p in meeting["_optional"]] == ["Externe (à confirmer)"]


def test_parties_cost_no_call_of_their_own(simulator, source):
    for name in ("emails", "calls", "tasks", "meetings"):
        records(source, name)
    assert simulator.requested("activityparties") == []


def test_nobody_is_read_twice_unless_asked_for(simulator, source):
    """Who takes part stands on the activities; the table of all of them is a choice."""
    for stream in source.get_streams():
        if not stream.derived_from and not stream.optional:
            records(source, stream.name)
    assert simulator.requested("_activity_parties")
    assert simulator.requested("/activityparties?") == []


def test_activities_of_apps_that_we_do_not_know_are_read_all_the_same(
    simulator, source
):
    assert "campaignresponses" in {stream.name for stream in source.get_streams()}
    [response] = own(source, "campaignresponses").values()
    assert response["subject"] == "Rappelez-moi"
    assert [party["role"] for party in map(as_party, response["_parties"])] == [11]
