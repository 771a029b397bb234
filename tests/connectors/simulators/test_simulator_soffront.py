"""The Soffront simulator says what the reference says: shapes, conditions, files, faults."""

import json
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
import requests

from simulators.soffront import KEY, PASSWORD, USER, SoffrontSimulator
from simulators.soffront_data import make_customer
from simulators.soffront_query import js_unescape

pytestmark = pytest.mark.simulator

SMALL = {"accounts": 16, "contacts": 12, "tickets": 9, "leads": 3, "deals": 4}


@pytest.fixture
def sim():
    with SoffrontSimulator(make_customer(**SMALL)) as simulator:
        yield simulator


def login(sim, user=USER, password=PASSWORD, key=KEY):
    parts = "/".join(quote(part, safe="") for part in (key, user, password))
    return requests.get(f"{sim.address}/token/{parts}", timeout=10)


def call(sim, operation, asked, *, token=None, tail="", status=200):
    token = token or login(sim).json()
    answer = requests.post(
        f"{sim.address}/{operation}/{token}{tail}", json={"Recdata": asked}, timeout=10
    )
    assert answer.status_code == status, answer.text[:300]
    return answer.json() if status == 200 else answer


def find(sim, name, fields="", condition="", page="1", size="200", **more):
    asked = {
        "objectName": name, "fieldsName": fields, "pageNumb": page, "pageSize": size,
        "sortColumn": "FormID", "sortOrdr": "ASC", "condition": condition, **more,
    }  # fmt: skip
    answer = call(sim, "find", asked)
    assert answer["ErrorCode"] == 0, answer
    return answer["Object"]


def test_the_same_seed_makes_the_same_customer():
    one, two, other = (make_customer(**SMALL, seed=seed) for seed in (7, 7, 8))
    for name in one.forms:
        assert one.rows(name) == two.rows(name)
    assert one.rows("Account") != other.rows("Account")
    assert len(one.rows("Account")) == SMALL["accounts"]


def test_the_example_of_the_reference_is_answered_as_it_says(sim):
    fields = "FormID,AcctID,Company,Status,Address1,City,AccState,ZipCode,Country,Industry,MainPh"
    condition = "IsDeleted%20%3D%200%20and%20FormID%20%3E%200"
    found = find(sim, "Account", fields, condition, size="2")
    assert found["TOTALRECORDS"] == SMALL["accounts"]
    assert [list(row) for row in found["RESULTS"]] == [fields.split(",")] * 2
    assert found["RESULTS"][0]["Company"] == "Larkfield Pumps"
    assert "O'Dell" in found["RESULTS"][1]["Company"]


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        ("IsDeleted = 1", 2),
        ("Account.FormId in (12, 13) and IsDeleted = 0", 2),
        ("Company like '%Dell%'", 2),
        ("Company = 'O''Dell Labs'", 1),
        ("Company = '株式会社サンプル'", 1),
        ("LastMod between '2021-01-01 00:00:01' and '2021-01-04 09:00:00'", 1),
    ],
)
def test_conditions_are_run_as_sql(sim, condition, count):
    escaped = "".join(
        c
        if c.isascii() and c.isalnum()
        else f"%{ord(c):02X}"
        if ord(c) < 256
        else f"%u{ord(c):04X}"
        for c in condition
    )
    assert js_unescape(escaped) == condition
    answer = find(sim, "ACCOUNT", "FormID", escaped)
    assert len(answer["RESULTS"]) == answer["TOTALRECORDS"] == count


def test_columns_may_be_constants_and_none_means_the_usual(sim):
    row = find(sim, "Contact", "FormID, '' as Fax, FullName as Name", size="1")[
        "RESULTS"
    ][0]
    assert row["Fax"] == ""
    assert row["Name"] == "Ivo Brandt"
    assert len(find(sim, "Contact", "", size="1")["RESULTS"][0]) > 20


def test_everything_is_the_first_five_hundred():
    with SoffrontSimulator(make_customer(**{**SMALL, "leads": 620})) as sim:
        found = find(sim, "Leads", "FormID", page="0", size="0")
        assert len(found["RESULTS"]) == 500
        assert found["TOTALRECORDS"] == 620
        assert len(find(sim, "Leads", "FormID", page="3", size="250")["RESULTS"]) == 120


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"objectName": "Unicorn"}, 4),
        ({"fieldsName": "Nonsense"}, 9),
        ({"condition": "FormID >"}, 9),
        ({"pageNumb": "one"}, 2),
    ],
)
def test_a_call_that_makes_no_sense_is_refused_with_a_number(sim, asked, code):
    usual = {
        "objectName": "Account", "fieldsName": "FormID", "pageNumb": "1",
        "pageSize": "5", "sortColumn": "", "sortOrdr": "", "condition": "",
    }  # fmt: skip
    answer = call(sim, "find", {**usual, **asked})
    assert answer["ErrorCode"] == code
    assert answer["Object"] is None


def test_children_come_by_their_parent(sim):
    key = sim.customer.rows("Ticket")[0]["FormID"]
    asked = {
        "ParentobjectName": "TICKET", "ParentId": key, "childObjectName": "TRDOCMNT",
        "childfieldsName": "", "PageNo": "1", "PageSize": "20", "OrderBy": "FormID Desc",
        "condition": "",
    }  # fmt: skip
    found = call(sim, "findrelated", asked, tail="/false")["Object"]
    assert found["TOTALRECORDS"] == len(found["RESULTS"]) >= 2
    numbers = [row["FormID"] for row in found["RESULTS"]]
    assert numbers == sorted(numbers, reverse=True)
    row = next(r for r in found["RESULTS"] if r["DOCNAME"] == "pump & seal.v2.pdf")
    assert row["DOCPATH"] == f"Attach\\TICKET_{key}_{row['DOCID']}\\"
    counts = call(
        sim,
        "MultipleRecordCount",
        [{"OBJECTNAME": "Ticket", "RECORDID": key, "CHILDOBJECTNAME": "TRDOCMNT",
          "WHERECONDITION": ""}],
    )  # fmt: skip
    assert counts["Object"] == [found["TOTALRECORDS"]]


def test_a_link_can_be_followed_from_both_sides(sim):
    person = sim.customer.rows("Contact")[1]["FormID"]
    accounts = sim.customer.linked("Contact", person, "Account")
    assert len(accounts) == 2
    for account in accounts:
        assert person in sim.customer.linked("Account", account, "Contact")


def test_forms_fields_and_pick_lists_are_described(sim):
    forms = call(sim, "CPAllForms", {"objectName": ""})["Object"]
    assert {"Name": "Ticket:CPSubmit", "DisplayName": "Submit a ticket"} in forms
    rows = call(sim, "Fields", {"objectName": "Ticket:CPSubmit"})["Object"]
    assert {row["FORMNAME"] for row in rows} == {"Ticket"}
    severity = next(row for row in rows if row["FieldName"] == "Severity")
    assert severity["FieldType"] == 5
    assert severity["FieldValues"] == "1-High,2-Medium,3-Low"
    asked = {
        "ObjectName": "Account",
        "FieldName": "District",
        "ParentFieldValue": "South",
    }
    assert call(sim, "FieldValue", asked)["Object"] == ["Delta", "São Tomé"]
    assert call(sim, "FieldValue", {**asked, "ParentFieldValue": "?"})["Object"] == ""


def test_the_audit_trail_names_what_changed(sim):
    key = sim.customer.rows("Ticket")[0]["FormID"]
    rows = call(sim, "AuditTrail", {"objectName": "TICKET", "RecordId": key})["Object"]
    assert [row["changedTo"] for row in rows] == ["Open", "Assigned"]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("pump & seal.v2.pdf", "pump%20%E2%99%A6%20seal%E2%99%A5v2%E2%99%A5pdf"),
        ("a/b; c.csv", "a%2Fb%3B%20c%E2%99%A5csv"),
        ("résumé+100%.txt", "r%C3%A9sum%C3%A9%2B100%25%E2%99%A5txt"),
    ],
)
def test_file_names_are_written_with_the_two_odd_signs(sim, name, written):
    place = next(key for key in sim.customer.files if key[2] == name)
    address = f"{sim.address}/Downloadattach/{login(sim).json()}/TICKET/{place[1]}/"
    answer = requests.get(address + written, timeout=10)
    assert answer.content == sim.customer.files[place]
    plain = requests.get(address + quote(name.replace(".", "_"), safe=""), timeout=10)
    assert plain.status_code == 404
    assert plain.text.startswith("<!DOCTYPE html>")


def test_a_wrong_log_in_gets_no_token():
    with SoffrontSimulator(token_style="object") as sim:
        assert login(sim).json()["Status"] == 1
        for wrong in ({"user": "x"}, {"password": "x"}, {"key": "x"}):
            assert login(sim, **wrong).json()["Status"] == 0
    with SoffrontSimulator() as sim:
        assert login(sim, password="x").json() == ""


def test_a_token_can_expire(sim):
    token = login(sim).json()
    sim.token_life = 0.01
    time.sleep(0.02)
    answer = call(sim, "CPAllForms", {}, token=token)
    assert answer == {"ErrorCode": 1, "ErrorMessage": "Invalid token", "Object": None}
    sim.refusal = 401
    call(sim, "CPAllForms", {}, token=token, status=401)


def test_rights_limit_what_a_user_sees(sim):
    sim.add_user("junior", "pw", denied=("Defect",), only="FormID < 13")
    token = login(sim, "junior", "pw").json()
    asked = {
        "objectName": "Account", "fieldsName": "FormID", "pageNumb": "1",
        "pageSize": "50", "sortColumn": "FormID", "sortOrdr": "ASC", "condition": "",
    }  # fmt: skip
    answer = call(sim, "find", asked, token=token)["Object"]
    assert answer["TOTALRECORDS"] == len(answer["RESULTS"]) < SMALL["accounts"]
    refused = call(sim, "find", {**asked, "objectName": "Defect"}, token=token)
    assert "privilege" in refused["ErrorMessage"]


def test_what_is_not_there_is_a_page_for_people(sim):
    for path in ("/", "/WEBAPI2", "/SFRestApi/token/a/b/c", "/WEBAPI2/Nonsense/t"):
        answer = requests.get(sim.url + path, timeout=10)
        if "Nonsense" in path:
            assert answer.json()["ErrorMessage"] == "Invalid token"
        else:
            assert answer.status_code == 404
            assert "html" in answer.headers["Content-Type"]


def test_writing_is_noticed(sim):
    call(sim, "DeleteRecord", {"objectName": "Account", "RecordId": 11})
    assert sim.writes == ["deleterecord"]


def test_too_many_calls_are_refused_for_a_second():
    with SoffrontSimulator(make_customer(**SMALL), rate_limit=2) as sim:
        answers = [login(sim) for _turn in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert answers[2].headers["Retry-After"] == "1"


def test_the_ways_to_misbehave_are_real(sim):
    sim.mixes_case = sim.numbers_as_text = True
    rows = find(sim, "Account", "FormID,Company")["RESULTS"]
    assert {name for row in rows for name in row} >= {"FormID", "FORMID", "formid"}
    assert {type(next(iter(row.values()))) for row in rows} == {str}
    sim.mixes_case = sim.numbers_as_text = False
    usual = find(sim, "Account", "FormID", "FormID%20%3E%2020")["RESULTS"]
    sim.ignores_condition = True
    assert len(find(sim, "Account", "FormID", "FormID%20%3E%2020")["RESULTS"]) > len(
        usual
    )
    sim.ignores_sort = True
    numbers = [row["FormID"] for row in find(sim, "Account", "FormID")["RESULTS"]]
    assert numbers != sorted(numbers)


def test_dates_are_written_in_every_style_that_was_seen(sim):
    key = sim.customer.rows("Ticket")[0]["FormID"]
    when = "2021-07-04 21:05:06"
    sim.customer.tables.update(
        "Ticket", key, CallTime=when, Closedat=when, LastMod=when
    )
    row = find(sim, "Ticket", "CallTime,Closedat,LastMod", size="1")["RESULTS"][0]
    assert row == {
        "CallTime": "7/4/2021 9:05:06 PM", "Closedat": "/Date(1625447106000)/",
        "LastMod": "2021-07-04T21:05:06",
    }  # fmt: skip


def test_it_runs_in_the_foreground_on_request():
    command = [sys.executable, "-m", "simulators", "soffront", "--accounts", "12"]
    folder = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=folder) as process:
        told = json.loads(process.stdout.readline())
        parts = "/".join(quote(told[n], safe="") for n in ("key", "user", "password"))
        answer = requests.get(f"{told['address']}/token/{parts}", timeout=10)
        process.terminate()
    assert len(answer.json()) == 20
