#!/usr/bin/env bash
# simple-salesforce 1.12.10, query_all with a query that also asks for child records
#
# Usual guess: query_all follows nextRecordsUrl until everything is there, and says so with
# done=True.
# Seen: only the outer list is followed. The list of an account's contacts is cut where
# Salesforce cut it, with its own done=False and its own nextRecordsUrl inside the record,
# while the answer as a whole says done=True: accounts with few contacts are whole, large
# customers lose most of theirs.
# What follows for a reader: ask for children in a query of their own, or walk through every
# value of a record that has a nextRecordsUrl.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q simple-salesforce==1.12.10
venv/bin/python - <<'PY'
import json

import requests
from simple_salesforce import Salesforce

NEXT = "/services/data/v59.0/query/"


def page(records, total, following=None):
    found = {"totalSize": total, "done": following is None, "records": records}
    return found if following is None else {**found, "nextRecordsUrl": NEXT + following}


def contacts(first, end):
    return [{"Id": f"003{number:012}"} for number in range(first, end)]


class Organization(requests.adapters.BaseAdapter):
    """Answers as the REST API does: 450 contacts of one account, 200 of them inside."""

    asked = []

    def send(self, request, **_options):
        self.asked.append(request.url.rpartition("/query/")[2])
        if "accounts-1" in request.url:
            found = page([{"Id": "001B", "Contacts": page(contacts(900, 901), 1)}], 2)
        elif "contacts-200" in request.url:
            found = page(contacts(200, 450), 450)
        else:
            inside = page(contacts(0, 200), 450, "contacts-200")
            found = page([{"Id": "001A", "Contacts": inside}], 2, "accounts-1")
        response = requests.Response()
        response.status_code, response.request = 200, request
        response.headers["Content-Type"] = "application/json"
        response._content = json.dumps(found).encode()
        return response

    def close(self):
        pass


session = requests.Session()
session.mount("https://", Organization())
client = Salesforce(instance="org.example", session_id="none", session=session)
found = client.query_all("SELECT Id, (SELECT Id FROM Contacts) FROM Account")
inside = [account["Contacts"] for account in found["records"]]
seen = {
    "accounts, done": (len(found["records"]), found["done"]),
    "contacts there": [len(contacts["records"]) for contacts in inside],
    "contacts in all": [contacts["totalSize"] for contacts in inside],
    "contacts done": [contacts["done"] for contacts in inside],
    "next page asked for": "contacts-200" in Organization.asked,
}
for name, value in seen.items():
    print(f"{name:20} {value}")
assert seen == {
    "accounts, done": (2, True),
    "contacts there": [200, 1],
    "contacts in all": [450, 1],
    "contacts done": [False, True],
    "next page asked for": False,
}, "the behavior has changed"
PY
