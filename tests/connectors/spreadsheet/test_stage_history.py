"""The way of deals through their stages, in a table of its own or in columns of the deals.

Headers of Salesforce as in its Object Reference (OpportunityHistory,
OpportunityFieldHistory), of HubSpot as its property *Date entered "…"* is labelled.
"""

import re
import sqlite3

import pytest
from files import records

from connectors.core.errors import RetryableError
from connectors.core.identifiers import as_long_salesforce_id
from connectors.mapping.apply import apply, as_json
from connectors.spreadsheet import stage_history

ONE, TWO, GONE = map(
    as_long_salesforce_id, ("0065g00000AAAAB", "0065g00000AAAAC", "0065g00000AAAAD")
)
DEALS = (
    '"Id","IsDeleted","Name","StageName","Amount","CloseDate","IsClosed","IsWon","CreatedDate","SystemModstamp"\n'
    f'"{ONE}","0","Saddles","Closed Won","100.0","2025-05-01 00:00:00","1","1","2025-01-01 08:00:00","2025-05-02 08:00:00"\n'
    f'"{TWO}","0","Reins","Proposal","50.0","2025-06-01 00:00:00","0","0","2025-01-03 08:00:00","2025-05-02 08:00:00"\n'
)
HISTORY = (
    '"Id","OpportunityId","CreatedById","CreatedDate","StageName","Amount","ExpectedRevenue","CloseDate","Probability","IsDeleted"\n'
    f'"0085g000003","{ONE}","u1","2025-03-01 09:30:00","Closed Won","100.0","100.0","2025-05-01 00:00:00","100.0","0"\n'
    f'"0085g000001","{ONE}","u1","2025-01-01 08:00:00","Prospecting","80.0","8.0","2025-05-01 00:00:00","10.0","0"\n'
    f'"0085g000002","{ONE}","u1","2025-02-01 08:00:00","Prospecting","100.0","8.0","2025-05-01 00:00:00","10.0","0"\n'
    f'"0085g000004","{ONE}","u1","2025-04-01 08:00:00","Proposal","100.0","8.0","2025-05-01 00:00:00","10.0","1"\n'
)
GONE_ROW = f'"0085g000009","{GONE}","u1","2025-02-01 08:00:00","Proposal","1.0","1.0","2025-05-01 00:00:00","10.0","0"\n'


def path_of(source, name, stream="deals"):
    """Return the stages and moments of the deal of that name as the mapping gives them."""
    mapping = next(m for m in source.get_mappings() if m.model == "crm.lead")
    for row in records(source, stream):
        values = apply(as_json(mapping)["fields"], row, zone="Europe/Berlin").values
        if values["name"] == name:
            steps = values.get("@stage_history", ())
            return [(step["stage"]["$map"][1], step["at"]) for step in steps]
    raise AssertionError(name)


def test_salesforce_has_a_row_for_each_change_of_a_deal(open_files):
    source = open_files({"Opportunity.csv": DEALS, "OpportunityHistory.csv": HISTORY})
    # Moments are in GMT, of an order of its own; what was deleted is none of them.
    assert path_of(source, "Saddles") == [
        ("Prospecting", "2025-01-01 08:00:00"),
        ("Closed Won", "2025-03-01 09:30:00"),
    ]
    assert path_of(source, "Reins") == []
    rule = next(rule for rule in source.left_out if not rule.when)
    assert rule.stream == "stage_history"
    assert "deal" in str(rule.reason)
    # Its rows are there all the same.
    assert len(list(records(source, "stage_history"))) == 4


def test_no_activity_refers_to_a_move(open_files):
    # Of what an id is, its beginning says: among all tables, this one has ids as well.
    tasks = f"Id,WhatId,Subject,ActivityDate,Status\n00T5g0000001,{ONE},Call,2025-02-01,Open\n"
    history = HISTORY.replace('"0085g00000', '"0085g000000000')
    history = re.sub(
        r"0085g0{9}\d", lambda found: as_long_salesforce_id(found[0]), history
    )
    files = {"Opportunity.csv": DEALS, "OpportunityHistory.csv": history}
    source = open_files({**files, "Task.csv": tasks})
    assert not [f for f in source.check().findings if f.level == "blocking"]
    assert path_of(source, "Saddles")
    tasks = next(m for m in source.get_mappings() if m.stream == "activities")
    assert "deals" in tasks.after
    assert "stage_history" not in tasks.after


def test_a_log_of_fields_tells_moves_among_other_changes(open_files):
    text = (
        "Id,OpportunityId,CreatedDate,Field,OldValue,NewValue\n"
        f"1,{ONE[:15]},2025-03-01 09:30:00,StageName,Proposal,Closed Won\n"
        f"2,{ONE[:15]},2025-02-01 09:30:00,Amount,80,100\n"
        f"3,{ONE[:15]},2025-02-02 09:30:00,StageName,Prospecting,Proposal\n"
    )
    source = open_files({"Opportunity.csv": DEALS, "OpportunityFieldHistory.csv": text})
    # What the first move led away from is where the deal began; ids in short are the same.
    assert path_of(source, "Saddles") == [
        ("Prospecting", "2025-02-02 08:30:00"),
        ("Proposal", "2025-02-02 08:30:00"),
        ("Closed Won", "2025-03-01 08:30:00"),
    ]


def test_days_in_another_order_and_an_id_with_a_prefix(open_files):
    deals = "Record Id,Deal Name,Stage,Amount,Closing Date\n"
    deals += "zcrm_554023000000123,Saddles,Closed Won,100,2025-05-01\n"
    deals += "zcrm_554023000000124,Reins,Proposal,50,2025-05-01\n"
    text = (
        "Potential Id,Stage,Modified Time\n554023000000123,Proposal,28/02/2025 10:00\n"
    )
    text += "554023000000123,Closed Won,03/03/2025 10:00\n"
    source = open_files({"Deals_001.csv": deals, "PotStageHistory.csv": text})
    assert path_of(source, "Saddles") == [
        ("Proposal", "2025-02-28 09:00:00"),
        ("Closed Won", "2025-03-03 09:00:00"),
    ]


def test_hubspot_has_a_column_for_each_stage(open_files):
    head = 'Record ID,Deal Name,Pipeline,Deal Stage,Amount,"Date entered ""Qualified (Sales Pipeline)""",'
    head += '"Date entered ""Closed won (Sales Pipeline)""","Date exited ""Qualified (Sales Pipeline)""",'
    head += '"Latest time in ""Qualified (Sales Pipeline)"" (HH:mm:ss)","Date entered ""Lost (2nd try) (Sales Pipeline)"""\n'
    rows = "90000000001,Saddles,Sales Pipeline,Closed won,100,2025-02-01 09:00,2025-03-01 10:30,2025-03-01 10:30,672:00:00,\n"
    rows += "90000000002,Reins,Sales Pipeline,Lost (2nd try),50,2025-02-01 09:00,,,,2025-02-05 09:00\n"
    source = open_files({"all-deals.csv": head + rows})
    assert path_of(source, "Saddles") == [
        ("Qualified", "2025-02-01 08:00:00"),
        ("Closed won", "2025-03-01 09:30:00"),
    ]
    assert path_of(source, "Reins")[1] == ("Lost (2nd try)", "2025-02-05 08:00:00")
    mapping = next(m for m in source.get_mappings() if m.model == "crm.lead")
    assert sum("in" in n or "exited" in n for n in mapping.ignored) == 2


def test_a_history_without_deals_or_without_whose_it_is_stays_unknown(open_files):
    other = "Id,Name,Changed On,Stage\n1,Saddles,2025-01-01,New\n"
    source = open_files(
        {"deals.csv": "Id,Name\n1,Saddles\n", "stage_history.csv": other}
    )
    findings = {f.code for f in source.check().findings}
    assert "table_unknown" in findings
    source = open_files({"OpportunityHistory.csv": HISTORY})
    assert [f.code for f in source.check().findings][0] == "table_unknown"


def test_moves_of_deals_that_no_file_has_are_told_once(open_files):
    source = open_files(
        {"Opportunity.csv": DEALS, "OpportunityHistory.csv": HISTORY + GONE_ROW}
    )
    (stream,) = [s for s in source.get_streams() if s.name == "deals"]
    warnings = [w for page in source.read_pages(stream, None) for w in page.warnings]
    assert [(w.code, w.data["moves"], w.data["deals"]) for w in warnings] == [
        ("moves_without_deal", 1, 1)
    ]


def test_gathering_goes_on_where_a_batch_ended(open_files, tmp_path, monkeypatch):
    monkeypatch.setattr(stage_history, "_TURN_ROWS", 10)
    rows = "".join(
        f'"{n}","{ONE}","u","2025-01-{1 + n % 28:02} 08:{n % 60:02}:00","Stage {n % 7}","1","1","","10","0"\n'
        for n in range(95)
    )
    head = HISTORY.partition("\n")[0] + "\n"
    source = open_files(
        {"Opportunity.csv": DEALS, "OpportunityHistory.csv": head + rows}
    )
    group = source.get_groups()["deals"]
    folder = tmp_path / "job"
    folder.mkdir()

    def stop():
        raise RetryableError("time_budget", delay=0)

    for _batch in range(9):
        with pytest.raises(RetryableError):
            group.history.open(folder, stop)
        group.history.close()
    group.history.open(folder)
    assert len(group.history.add_to(ONE, {})["_stages"]) == 95
    group.history.close()
    (kept,) = folder.iterdir()
    with sqlite3.connect(kept) as database:
        assert database.execute("SELECT count(*) FROM move").fetchone() == (95,)


# -- tables as people have them --------------------------------------------------------

PLAIN = "Deal ID,Deal Name,Stage,Amount\n1001,Saddles,Won,10\n1002,Reins,Offer,20\n"


def path_in(open_files, *rows, header="Deal ID,Stage,Changed At", **more):
    text = "\n".join((header, *rows, ""))
    source = open_files({"deals.csv": PLAIN, "stage_history.csv": text, **more})
    return path_of(source, "Saddles")


NEW, OFFER, WON = (
    ("New", "2024-12-31 23:00:00"),
    ("Offer", "2025-02-28 23:00:00"),
    ("Won", "2025-02-28 23:00:00"),
)


def test_moves_of_one_day_stand_in_their_order_also_the_latest_first(open_files):
    rows = ("1001,Won,2025-03-01", "1001,Offer,2025-03-01", "1001,New,2025-01-01")
    assert path_in(open_files, *rows) == [NEW, OFFER, WON]
    assert path_in(open_files, *reversed(rows)) == [NEW, OFFER, WON]


def test_moves_of_one_day_go_on_from_where_the_one_before_led(open_files):
    header = "Deal ID,From Stage,To Stage,Changed At"
    rows = ("1001,Offer,Won,2025-03-01", "1001,New,Offer,2025-03-01")
    new = ("New", "2025-02-28 23:00:00")
    assert path_in(open_files, *rows, header=header) == [new, OFFER, WON]
    again = (*rows, "1001,Won,Lost,2025-03-01", "1001,Cold,New,2025-01-01")
    path = path_in(open_files, *again, header=header)
    assert [stage for stage, _at in path] == ["Cold", "New", "Offer", "Won", "Lost"]


def test_one_moment_that_is_none_costs_no_other_move(open_files):
    rows = ("1001,New,2025-01-01", "1001,Offer,soon", "1001,Won,2025-03-01")
    assert path_in(open_files, *rows) == [NEW, WON, ("Offer", None)]


def test_a_history_that_is_given_twice_is_one(open_files):
    rows = ("1001,New,2025-01-01", "1001,Offer,2025-03-01", "1001,Won,2025-03-01")
    text = "\n".join(("Deal ID,Stage,Changed At", *rows, ""))
    more = {"stage_history (1).csv": text}
    assert path_in(open_files, *rows, **more) == [NEW, OFFER, WON]


def test_each_history_has_its_own_order_of_days(open_files):
    more = {
        "deal_stage_history.csv": "Deal ID,To Stage,Changed On,By\n"
        "1001,Won,02/25/2025 8:00 AM,Ana\n1002,Won,02/13/2025 8:00 AM,Ana\n"
    }
    path = path_in(
        open_files, "1001,New,13.01.2025 08:00", "1002,New,14.01.2025 08:00", **more
    )
    assert path == [("New", "2025-01-13 07:00:00"), ("Won", "2025-02-25 07:00:00")]
