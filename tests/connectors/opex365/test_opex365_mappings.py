"""OPEX 365: what the default profile makes of records, of each and as a whole."""

import fnmatch

import pytest

from connectors.mapping.apply import applies, as_json

pytestmark = pytest.mark.simulator


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


def test_no_problem_of_the_profile_costs_a_record(reading):
    bad = {}
    for item in reading.mappings:
        for outcome in reading.values(item.stream, item.model, item.part).values():
            for problem in outcome.problems:
                if problem.level == "error":
                    bad.setdefault(f"{item.stream}.{problem.target}", []).append(problem.code)  # fmt: skip
    # A note without a parent, a contact without any name: both are real, and reported.
    assert set(bad) <= {"notes.@thread"}
