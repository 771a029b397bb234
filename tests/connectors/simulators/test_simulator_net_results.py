"""The Net-Results simulator says what the reference says: envelope, paging, access."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from simulators.net_results import NetResultsSimulator
from simulators.net_results_data import make_account

pytestmark = pytest.mark.simulator

PATH = "/api/v2/rpc/server.php"
PAGE = {"offset": 0, "limit": 10, "order_by": "contact_id", "order_dir": "ASC"}


@pytest.fixture
def sim():
    with NetResultsSimulator(make_account(40)) as simulator:
        yield simulator


def ask(sim, controller, method=None, params=None, status=200, **options):
    login = (sim.login.encode(), sim.password.encode())
    if method:
        body = {"jsonrpc": "2.0", "id": "x-7", "method": method, "params": params or {}}
        options["json"] = body
    answer = requests.request(
        "POST" if method else "GET",
        f"{sim.url}{PATH}",
        params={"Controller": controller, **options.pop("query", {})},
        **{"auth": login, "timeout": 10, **options},
    )
    assert answer.status_code == status, answer.text[:300]
    return answer


def rows(sim, controller="Contact", method="getMultiple", **params):
    return ask(sim, controller, method, {**PAGE, **params}).json()["result"]["results"]


def test_the_same_seed_makes_the_same_account():
    assert vars(make_account(9)) == vars(make_account(9))
    assert vars(make_account(9, seed=5)) != vars(make_account(9))
    assert make_account(0).contacts == {}


def test_a_page_stands_in_the_envelope_and_echoes_the_id(sim):
    answer = ask(sim, "Contact", "getMultiple", PAGE)
    body = answer.json()
    assert (body["jsonrpc"], body["id"]) == ("2.0", "x-7")
    assert body["result"]["totalRecords"] == 40
    assert len(body["result"]["results"]) == 10
    assert "PHPSESSID" in answer.headers["Set-Cookie"]


def test_offsets_count_records_so_that_steps_of_one_overlap(sim):
    first, second = rows(sim, limit=5), rows(sim, limit=5, offset=1)
    assert first[1:] == second[:4]
    assert rows(sim, offset=40) == []
    assert len(rows(sim, limit=1000)) == 40


def test_in_page_mode_offsets_count_pages():
    with NetResultsSimulator(make_account(40), page_mode=True) as sim:
        assert rows(sim, limit=5, offset=1)[0] == rows(sim, limit=10)[5]


def test_a_contact_has_the_members_of_the_recording(sim):
    row = rows(sim)[0]
    assert isinstance(row["contact_id"], int)
    assert isinstance(row["contact_bounced"], bool)
    assert row["contact_create_date"].endswith("+00:00")
    assert row["contact_modified_date"] >= row["contact_create_date"]


def test_params_go_by_position_as_well(sim):
    answer = ask(sim, "EmailList", "getMultiple", [0, 10, "email_list_name", "ASC"])
    names = [row["email_list_name"] for row in answer.json()["result"]["results"]]
    assert names == sorted(names)
    assert len(names) == 4


@pytest.mark.parametrize("name", list(PAGE))
def test_every_parameter_of_a_page_is_compulsory(sim, name):
    params = {key: value for key, value in PAGE.items() if key != name}
    error = ask(sim, "Contact", "getMultiple", params).json()["error"]
    assert error == {
        "code": -32602,
        "message": "Invalid params",
        "data": f"{name} is required",
    }


def test_an_unknown_method_is_an_error_within_a_good_answer(sim):
    error = ask(sim, "Contact", "getEverything").json()["error"]
    assert error["code"] == -32601
    ask(sim, "Nonsense", "getMultiple", status=404)


def test_the_description_lists_methods_with_their_parameters(sim):
    body = ask(sim, "EmailList").json()
    assert body["SMDVersion"] == "2.0"
    names = [p["name"] for p in body["methods"]["getMultiple"]["parameters"]]
    assert names == ["offset", "limit", "order_by", "order_dir"]
    ask(sim, "Account", status=404)


def test_who_is_not_known_gets_a_short_text(sim):
    answer = ask(sim, "Contact", "getMultiple", PAGE, status=401, auth=("a", "b"))
    assert answer.text == "Authentication failed"
    ask(sim, "Contact", "getMultiple", PAGE, status=401, auth=None)


def test_a_session_id_or_a_token_will_do_as_well(sim):
    params = {"username": sim.login, "password": sim.password}
    session = ask(sim, "User", "getSessionId", params, auth=None).json()["result"]
    query = {"strSessionId": session}
    ask(sim, "Contact", "getMultiple", PAGE, auth=None, query=query)
    ask(sim, "Contact", "getMultiple", PAGE, auth=None, query={"strSessionId": "x"}, status=401)  # fmt: skip
    bearer = {"Authorization": f"Bearer {sim.token}"}
    ask(sim, "Contact", "getMultiple", PAGE, auth=None, headers=bearer)


def test_writing_is_noted_and_refused(sim):
    assert "error" in ask(sim, "Contact", "deleteOne", {"contact_id": 1}).json()
    assert sim.writes == [("Contact", "deleteOne")]


def test_lists_leave_the_bodies_of_mails_out(sim):
    mail = rows(sim, "Email", order_by="email_id")[0]
    assert "email_content_html" not in mail
    whole = ask(sim, "Email", "getOne", {"email_id": mail["email_id"]}).json()["result"]
    assert "{FIRST NAME|Valued Customer}" in whole["email_content_html"]


def test_the_awkward_people_come_first(sim):
    people = rows(sim, limit=12)
    assert people[1]["account_name"] == "-"
    assert people[1]["contact_postalcode"] == "2134"
    same = [row for row in people if row["contact_email_address"].lower() == "zoe@acme.example"]  # fmt: skip
    assert len(same) == 2
    assert same[0]["account_id"] != same[1]["account_id"]
    assert same[0]["account_name"] == same[1]["account_name"]


def test_faults_know_the_method_that_is_called(sim):
    sim.faults.add(r"Contact\.getOne$", "rate_limit", retry_after=7)
    assert rows(sim)
    answer = ask(sim, "Contact", "getOne", {"contact_id": 1}, status=429)
    assert answer.headers["Retry-After"] == "7"
    assert sim.requests[-1].call == "Contact.getOne"


def test_it_runs_on_its_own():
    command = [sys.executable, "-m", "simulators", "net_results", "--contacts", "5"]
    folder = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE) as process:
        try:
            told = json.loads(process.stdout.readline())
            assert set(told) == {"url", "login", "password", "token"}
            answer = requests.get(f"{told['url']}{PATH}", timeout=10)
            assert answer.status_code == 401
        finally:
            process.terminate()
