"""How much the simulated Concord CRM holds, and how it is asked."""

import requests

SMALL = {
    "contacts": 60, "companies": 30, "deals": 70, "activities": 60, "notes": 30,
    "calls": 20, "emails": 60, "documents": 9, "products": 12,
}  # fmt: skip


def ask(sim, path, token=None, status=200, **options):
    headers = {
        "Accept": "application/json",
        "Authorization": f"Bearer {sim.token if token is None else token}",
        **options.pop("headers", {}),
    }
    answer = requests.request(
        options.pop("method", "GET"), f"{sim.url}{path}", headers=headers,
        allow_redirects=False, timeout=10, **options,
    )  # fmt: skip
    assert answer.status_code == status, answer.text[:300]
    return answer


def read_all(sim, resource, **params):
    """Page through a list by counting, as the reference advises."""
    rows, page = [], 1
    while True:
        body = ask(sim, f"/api/{resource}", params={**params, "page": page}).json()
        rows += body["data"]
        if page >= body["meta"]["last_page"]:
            return rows
        page += 1
