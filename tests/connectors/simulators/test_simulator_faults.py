"""The Concord simulator fails on request, again and again in the same way."""

import json
import subprocess
import sys
import time
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
import requests
from simulator_concord_common import ask, read_all

from simulators.concord import ConcordSimulator

pytestmark = pytest.mark.simulator


# The limit


def test_the_limit_counts_per_user_and_says_when_to_come_back(company):
    with ConcordSimulator(company, rate_limit=3, rate_window=1) as sim:
        left = [ask(sim, "/api/me").headers["X-RateLimit-Remaining"] for _ in range(3)]
        assert left == ["2", "1", "0"]
        refused = ask(sim, "/api/me", status=429)
        assert refused.headers["Retry-After"] == "1"
        assert int(refused.headers["X-RateLimit-Reset"]) >= int(time.time())
        ask(sim, "/api/me", sim.user_token)  # a bucket of its own
        time.sleep(1.01)
        ask(sim, "/api/me")


# Faults


def test_faults_can_be_given_at_the_start(company):
    faults = [{"match": "/api/me", "kind": "html", "status": 503}]
    with ConcordSimulator(company, faults=faults) as sim:
        assert "<title>" in ask(sim, "/api/me", status=503).text
        assert ask(sim, "/api/me").headers["X-RateLimit-Limit"] == "90"


def test_a_429_on_request_says_seconds_or_a_date(sim):
    sim.faults.add(match="/api/deals", kind="rate_limit", retry_after=7)
    sim.faults.add(
        match="/api/deals", kind="rate_limit", retry_after=90, http_date=True, after=1
    )
    assert ask(sim, "/api/deals", status=429).headers["Retry-After"] == "7"
    date = ask(sim, "/api/deals", status=429).headers["Retry-After"]
    assert 80 < parsedate_to_datetime(date).timestamp() - time.time() <= 91
    ask(sim, "/api/deals")


def test_an_error_can_strike_every_third_time(sim):
    fault = sim.faults.add(
        match="/api/me", kind="error", status=503, every=3, times=None
    )
    headers = {"Accept": "application/json", "Authorization": f"Bearer {sim.token}"}
    statuses = [
        requests.get(f"{sim.url}/api/me", headers=headers, timeout=10).status_code
        for _ in range(7)
    ]
    assert statuses == [200, 200, 503, 200, 200, 503, 200]
    assert fault.fired == 2
    assert [entry.fault for entry in sim.requested("/api/me")].count("error") == 2


def test_a_connection_can_break(sim):
    sim.faults.add(match=r"/api/contacts", kind="drop", after=1)
    ask(sim, "/api/contacts?page=1")
    with pytest.raises(requests.ConnectionError):
        ask(sim, "/api/contacts?page=2")
    ask(sim, "/api/contacts?page=2")


def test_an_answer_can_be_cut_off(sim):
    sim.faults.add(match=r"/api/contacts", kind="cut")
    try:
        answer = ask(sim, "/api/contacts?page=1")
    except (requests.exceptions.ChunkedEncodingError, requests.ConnectionError):
        return
    # Until 2.32 requests takes a short body for the whole of it.
    assert len(answer.content) < int(answer.headers["Content-Length"])


def test_a_hanging_request_does_not_stop_the_others_nor_the_end(sim):
    sim.faults.add(match="/api/deals", kind="hang", delay=60)
    with pytest.raises(requests.exceptions.ReadTimeout):
        requests.get(f"{sim.url}/api/deals", timeout=0.2)
    begun = time.monotonic()
    ask(sim, "/api/me")
    sim.stop()
    assert time.monotonic() - begun < 5
    sim.start()


def test_answers_can_be_other_than_json(sim):
    sim.faults.add(match="/api/deals", kind="html")
    sim.faults.add(match="/api/deals", kind="garbled", after=1)
    sim.faults.add(match="/api/deals", kind="login", after=2)
    assert ask(sim, "/api/deals").text.startswith("<!doctype html>")
    # requests 2.27 gave it a name of its own.
    with pytest.raises(ValueError, match="line 1"):
        ask(sim, "/api/deals").json()
    assert ask(sim, "/api/deals", status=302).headers["Location"].endswith("/login")


def test_a_token_expires_in_mid_run_and_stays_dead_until_renewed(sim):
    sim.faults.add(match="/api/", kind="expired", after=2)
    ask(sim, "/api/contacts?page=1")
    ask(sim, "/api/contacts?page=2")
    ask(sim, "/api/contacts?page=3", status=401)
    ask(sim, "/api/me", status=401)
    ask(sim, "/api/me", sim.issue_token(1))


def test_a_page_can_repeat_for_ever(sim):
    sim.faults.add(match=r"/api/deals\?page", kind="repeat")
    pages = [ask(sim, f"/api/deals?page={page}").json() for page in (1, 2, 3)]
    assert pages[0] == pages[1] == pages[2]


def test_records_come_and_go_between_two_pages_and_the_original_stays_as_it_was(
    sim, company
):
    def meanwhile(simulator):
        simulator.company.insert("contacts", first_name="Aaron")
        simulator.company.update("contacts", 1, first_name="Zzz")
        simulator.company.trash("contacts", 2)

    sim.faults.add(match="page=2", kind="call", after=0, hook=meanwhile)
    rows = read_all(sim, "contacts", order="first_name|asc", per_page=20)
    assert len(rows) == 60
    assert len({row["id"] for row in rows}) < 60
    assert company.count("contacts") == 60
    assert company["contacts"][1]["first_name"] == "Marta"


def test_a_misspelt_fault_is_refused(sim):
    with pytest.raises(ValueError, match="No fault 'cutt'"):
        sim.faults.add(match="/", kind="cutt")


# In the foreground


def test_the_simulator_runs_by_itself_and_says_where(tmp_path):
    tests = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-m", "simulators", "concord", "--contacts", "20", "--deals", "5",
         "--activities", "5"],
        cwd=tmp_path, env={"PYTHONPATH": str(tests)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        where = json.loads(process.stdout.readline())
        answer = requests.get(
            f"{where['url']}/api/contacts",
            headers={"Accept": "application/json", "Authorization": f"Bearer {where['token']}"},
            timeout=10,
        )  # fmt: skip
        assert answer.json()["meta"]["total"] == 20
        assert answer.headers["X-RateLimit-Limit"] == "1000000"
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()
