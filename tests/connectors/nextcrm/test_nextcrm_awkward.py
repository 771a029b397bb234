"""What real databases of NextCRM hold: nothing of it is lost, or wrong in silence.

The company is the awkward one of the simulator; ``nextcrm_awkward.CASES`` says what is in
it. These tests need a running PostgreSQL.
"""

import html
import re

import pytest
from nextcrm_common import connect
from reading import own

from connectors.mapping.apply import applies, apply, as_json
from connectors.mapping.values import is_blank
from connectors.nextcrm.dates import as_day
from simulators.nextcrm import NextCrmSimulator

pytestmark = pytest.mark.simulator

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-")


@pytest.fixture(scope="module")
def simulator():
    with NextCrmSimulator(scale=0.06) as running:
        yield running


@pytest.fixture(scope="module")
def source(simulator):
    return connect(simulator)


@pytest.fixture(scope="module")
def streams(source):
    """Return stream → rows, of everything there is."""
    found = {}
    for stream in source.get_streams():
        found.setdefault(stream.name, [])
        for page in source.read_pages(stream, None) if not stream.derived_from else ():
            for record in page.records:
                found.setdefault(record.stream, []).append(record.data)
    return found


def made(simulator, table, where=lambda row: True):
    rows = simulator.company.rows[table]
    return {row["id"]: row for row in rows if not row.get("deletedAt") and where(row)}


def by_id(rows):
    return {row["id"]: row for row in rows}


def rules_of(source, stream):
    return [as_json(item) for item in source.get_mappings() if item.stream == stream]


def values(source, stream, row, part=""):
    """Return the values of the first mapping that takes the row."""
    decisions = {("lead_states", "Lost"): "lost"}
    rule = next(
        rule
        for rule in rules_of(source, stream)
        if rule["part"] == part and applies(rule, row, decisions)
    )
    return apply(rule["fields"], row, zone="Europe/Prague").values


# -- every record, every value -------------------------------------------------------


def test_every_record_is_taken_or_left_out_with_a_reason(source, streams):
    reasons = {}
    for item in source.left_out:
        when = [condition.as_json() for condition in item.when]
        reasons.setdefault(item.stream, []).append({"when": when})
    lost = {
        stream: len(rows)
        for stream, rows in streams.items()
        if not all(
            any(
                applies(rule, row)
                for rule in (*rules_of(source, stream), *reasons.get(stream, ()))
            )
            for row in rows
        )
    }
    assert lost == {}


def test_every_filled_value_is_brought_over_or_left_out_by_name(source, streams):
    """What begins with an underscore is the connector's own: told by other members."""
    lost = set()
    for stream, rows in streams.items():
        rules = rules_of(source, stream)
        for row in rows:
            taken = [rule for rule in rules if applies(rule, row)]
            named = {"id", "__v"}
            for rule in taken:
                named |= set(rule["ignored"])
                for each in rule["fields"]:
                    paths = each["source"]
                    named |= set(paths if isinstance(paths, list | tuple) else [paths])
            tops = {str(path).partition(".")[0] for path in named}
            if taken:
                lost |= {
                    f"{stream}.{member}"
                    for member, value in row.items()
                    if not is_blank(value) and value is not False
                    and not member.startswith("_") and member not in tops
                }  # fmt: skip
    assert lost == set()


def test_nothing_is_named_by_a_key(source, streams):
    for stream in ("leads", "deals", "contacts", "targets", "activities", "contracts"):
        for row in streams[stream]:
            for target, value in values(source, stream, row).items():
                if isinstance(value, str) and not target.startswith("@thread"):
                    assert not UUID.search(value), (stream, target, value)
    drives = {row["_campaign"] for row in streams["leads"]} - {None}
    assert {"Deleted campaign", "Spring offer 2025"} <= drives


# -- what is in the bin --------------------------------------------------------------


def test_people_of_a_deleted_company_keep_its_name(simulator, source, streams):
    names = {row["id"]: row["name"] for row in simulator.company.rows["crm_Accounts"]}
    gone = set(names) - set(made(simulator, "crm_Accounts"))
    found = 0
    for row in streams["contacts"]:
        if row["accountsIDs"] in gone:
            told = values(source, "contacts", row)
            assert told["company_name"] == names[row["accountsIDs"]].strip("\x0b")
            assert "parent_id" not in told
            found += 1
    assert found > 5


def test_deals_and_to_dos_keep_the_names_of_what_is_gone(source, streams):
    deals = [row for row in streams["deals"] if row["_company_was"]]
    assert deals
    for row in deals:
        told = values(source, "deals", row)
        assert told["partner_name"] == row["_company_was"].strip("\x0b")
        if row["_campaign_was"]:
            assert "campaign_id" not in told
            assert row["_campaign_was"] in told["@note"]
    todos = [row for row in streams["todos"] if row["_gone"]]
    assert todos
    for row in todos:
        assert "Deleted in NextCRM: " in values(source, "todos", row)["note"]
        assert values(source, "todos", row)["@unlinked"] == "company"
    calls = [row for row in streams["activities"] if row["_gone"]]
    assert calls
    for row in calls:
        texts = map(str, values(source, "activities", row).values())
        name = html.escape(row["_gone"][0].strip(), quote=False)
        assert any(name in text for text in texts) or "\x0b" in name


def test_a_converted_target_leaves_its_lists_and_all_it_said(
    simulator, source, streams
):
    lists = {}
    for row in simulator.company.rows["TargetsToTargetLists"]:
        lists.setdefault(row["target_id"], []).append(row["target_list_id"])
    contacts, companies = by_id(streams["contacts"]), by_id(streams["companies"])
    kinds = {"contacts": contacts, "companies": companies}
    seen = set()
    for row in streams["targets"]:
        became = row["_converted_to"]
        if not became:
            continue
        seen.add(became["stream"])
        told = values(source, "targets", row)
        assert told["@thread"] == {"$ref": [became["stream"], became["id"]]}
        if row["company_email"]:
            assert row["company_email"] in told["body"]
        if became["stream"] == "contacts":
            assert set(lists[row["id"]]) <= set(
                kinds["contacts"][became["id"]]["_lists"]
            )
    assert seen == {"contacts", "companies"}
    # It is the target that is on its lists; the note that it became hands them on.
    converted = {r["id"] for r in streams["targets"] if r["_converted_to"]}
    listed = [r for r in streams["list_members"] if r["target_id"] in converted]
    assert listed
    for row in filter(lambda r: r["_list"] and r["_target"], listed):
        member = values(source, "list_members", row)
        assert member["@thread"] == {"$ref": ["targets", row["target_id"]]}
        assert member["list_id"] == {"$ref": ["lists", row["target_list_id"]]}


def test_members_of_what_is_in_the_bin_are_left_out_with_a_reason(source, streams):
    alive = {name: set(by_id(streams[name])) for name in ("lists", "targets")}
    gone = [
        row
        for row in streams["list_members"]
        if row["target_list_id"] not in alive["lists"]
        or row["target_id"] not in alive["targets"]
    ]
    for row in gone:
        assert not (row["_list"] and row["_target"])
    for row in streams["list_members"]:
        if row not in gone:
            assert (row["_list"], row["_target"]) == (
                row["target_list_id"],
                row["target_id"],
            )


def test_a_template_speaks_of_the_contact(source, streams):
    for row in streams["email_templates"]:
        template = values(source, "email_templates", row)
        assert "{{first_name}}" not in template["subject"]
        assert "{{ object.name" in template["subject"]


def test_a_board_is_seen_by_its_members_unless_it_is_public(simulator, source, streams):
    """Owner, whom it is shared with and who watches it (``boardReadScopeWhere``)."""
    users = {row["id"] for row in simulator.company.rows["Users"]}
    watched = simulator.company.rows["BoardWatchers"]
    assert streams["projects"]
    for row in streams["projects"]:
        members = {row["user"], *row["sharedWith"]}
        members |= {w["user_id"] for w in watched if w["board_id"] == row["id"]}
        assert not members <= users  # the simulator shares with somebody who is gone
        told = values(source, "projects", row)
        wanted = {("users", key) for key in members & users}
        assert {tuple(m["$ref"]) for m in told["message_partner_ids"]} == wanted
    privacy = {"": "followers", "Public": "employees", "public": "employees",
               "PRIVATE": "followers", "team only": "team only"}  # fmt: skip
    for word, wanted in privacy.items():
        row = {**streams["projects"][0], "visibility": word}
        assert values(source, "projects", row)["privacy_visibility"] == wanted


# -- amounts, stages, days -----------------------------------------------------------


def test_a_foreign_amount_has_the_rate_of_its_day_else_the_one_that_is_set(streams):
    rates = {
        (row["currency"], bool(row["snapshot_rate"])): row["_rate"]
        for row in streams["deals"]
    }
    assert rates["USD", True] == "0.91000000"
    assert rates["USD", False] == "0.92251000"
    # From its opposite: one euro is 25.315 koruna.
    assert float(rates["CZK", False]) == pytest.approx(1 / 25.315, rel=1e-6)
    assert rates["EUR", True] is None
    assert rates[None, False] is None
    told = {row["_rate_currency"] for row in streams["deals"] if row["_rate"]}
    assert told == {"EUR"}


def test_the_day_on_which_a_stage_was_entered_arrives(source, streams):
    deals = [row for row in streams["deals"] if row["stage_entered_at"]]
    assert deals
    for row in deals:
        told = values(source, "deals", row)
        entered = row["stage_entered_at"].replace("T", " ")[:19]
        assert told["date_last_stage_update"] == entered
        if row["sales_stage"]:
            assert told["@stage_history"][-1]["stage"] == {"$ref": ["stages", row["sales_stage"]]}  # fmt: skip


def test_a_day_of_the_date_picker_is_the_day_that_people_chose(source, streams):
    seen = set()
    for row in streams["deals"]:
        if str(row["delivery_deadline"]).startswith("2027-03-31"):
            hour = row["delivery_deadline"][11:13]
            day = values(source, "deals", row)["@custom.deal_delivery_deadline"]
            # Prague is two hours ahead by then: summer time began on the 28th.
            assert day == ("2027-03-31" if hour == "00" else "2027-04-01")
            seen.add(hour)
    assert seen == {"00", "22", "23"}
    assert as_day("infinity") is None


def test_whatever_the_metadata_of_an_activity_say_is_told(source, streams):
    words = {"Sala «3»": "location: Sala «3»", "thread": "thread: id: 71", "retry": "retry: 2",
             "eva@firm": "organizer: eva@firm.example", "dictated": "Details: dictated"}  # fmt: skip
    seen = set()
    for row in streams["activities"]:
        told = " ".join(map(str, values(source, "activities", row).values()))
        for word in (each for each in words if each in str(row["metadata"])):
            assert words[word] in told
            seen.add(word)
    assert seen == set(words)


def test_what_happened_to_an_invoice_and_whom_it_was_billed_to_is_told(source, streams):
    texts = [values(source, "invoice_activities", row)["body"] for row in streams["invoice_activities"]]  # fmt: skip
    assert any("subject: Invoice № 1" in text for text in texts)
    assert any("Details: amount: 2435.12; method: bank_transfer" in t for t in texts)
    for row in streams["invoices"]:
        note = values(source, "invoices", row)["@note"]
        assert "Billed to: Strata, Hauptstraße 157" in note
        assert "Payments: " in note


def test_a_line_says_its_number_and_its_description(source, streams):
    lines = {}
    for row in streams["deal_lines"]:
        lines.setdefault(row["opportunityId"], []).append(row)
    seen = 0
    for row in streams["deals"]:
        told = values(source, "deals", row).get("description", "")
        for line in lines.get(row["id"], ()):
            for member in ("sku", "description"):
                assert (line[member] or "") in told
                seen += bool(line[member])
    assert seen > 20
    for row in streams["contracts"]:
        assert "On site " in values(source, "contracts", row)["body"]
    persons = [row for row in streams["targets"] if row["_persons"]]
    for row in persons:
        told = values(source, "targets", row)
        assert "fair of 20" in told.get("@note", told.get("body"))
    assert persons


def test_a_section_of_a_board_in_the_bin_is_left_out_and_its_tasks_name_it(
    source, streams
):
    boards = by_id(streams["projects"])
    for row in streams["project_stages"]:
        assert row["_board"] == (row["board"] if row["board"] in boards else None)
    sections = by_id(streams["project_stages"])
    gone = [row for row in streams["tasks"] if row["_gone"]]
    assert gone
    for row in gone:
        told = values(source, "tasks", row)
        assert not told.keys() & {"stage_id", "project_id"}
        assert sections[row["section"]]["title"] in told["description"]


# -- statuses and kinds --------------------------------------------------------------


def test_a_word_that_we_do_not_know_is_asked_for_and_never_open(source, streams):
    lists = {item.name: item for item in source.get_value_lists()}
    assert lists["lead_states"].otherwise is None
    assert "Verloren" not in lists["lead_states"].proposals
    assert "Verloren" in {row["_status"] for row in streams["leads"]}


def test_what_a_later_release_adds_has_a_place():
    """Visits, further columns and tables came after 0.21.2 (migrations of autumn 2026)."""
    with NextCrmSimulator() as later:
        check_later_release(later)


def check_later_release(simulator):
    simulator.execute(
        "ALTER TYPE \"crm_Activity_Type\" ADD VALUE IF NOT EXISTS 'visit'"
    )
    simulator.execute("ALTER TYPE \"crm_Activity_Type\" ADD VALUE IF NOT EXISTS 'demo'")
    simulator.execute("ALTER TYPE \"crm_Opportunity_Status\" ADD VALUE IF NOT EXISTS 'STALLED'")  # fmt: skip
    keys = simulator.database.ids("crm_Activities", "type = 'note' AND \"deletedAt\" IS NULL")[:2]  # fmt: skip
    for kind, key in zip(("visit", "demo"), keys, strict=True):
        simulator.execute('UPDATE "crm_Activities" SET type = %s WHERE id = %s', (kind, key))  # fmt: skip
    deal = simulator.database.ids("crm_Opportunities", '"deletedAt" IS NULL')[0]
    simulator.execute("UPDATE \"crm_Opportunities\" SET status = 'STALLED' WHERE id = %s", (deal,))  # fmt: skip
    simulator.execute("ALTER TABLE \"crm_Activities\" ADD mood text DEFAULT 'sunny'")
    simulator.execute("CREATE TABLE crm_loyalty (id int); INSERT INTO crm_loyalty VALUES (1)")  # fmt: skip
    source = connect(simulator)
    activities = own(source, "activities")
    visit, demo = (values(source, "activities", activities[key]) for key in keys)
    assert visit["start"]
    assert "Kind: demo" in demo["body"]
    assert demo["@note"] == "<p>Mood: sunny</p>"
    deals = own(source, "deals")
    assert values(source, "deals", deals[deal])["@state"] == {"$map": ["deal_states", "STALLED"]}  # fmt: skip
    found = {finding.code: finding.text for finding in source.check().findings}
    assert found["tables_unknown"].startswith("crm_loyalty: ")


def test_the_same_seed_makes_the_same_company(simulator):
    with NextCrmSimulator(scale=0.06) as other:
        assert other.company.rows.keys() == simulator.company.rows.keys()
        one, two = (each.company.rows["crm_Leads"] for each in (other, simulator))
        assert one == two
