"""The Concord simulator guards what the reference says is guarded."""

import pytest
from simulator_concord_common import ask, read_all

pytestmark = pytest.mark.simulator


# Who may see what


def test_a_wrong_token_is_a_401_and_a_redirect_for_who_does_not_accept_json(sim):
    assert ask(sim, "/api/me", token="nix", status=401).json() == {
        "message": "Unauthenticated."
    }
    answer = ask(sim, "/api/me", token="nix", status=302, headers={"Accept": "*/*"})
    assert answer.headers["Location"].endswith("/login")


def test_a_user_without_api_access_gets_the_key_error(sim):
    assert set(ask(sim, "/api/me", sim.token_without_api, 403).json()) == {"error"}


def test_a_seller_sees_own_records_and_nothing_says_that_rows_are_missing(sim):
    seller = sim.company.find("seller")["id"]
    for resource in ("contacts", "companies", "deals", "activities"):
        body = ask(sim, f"/api/{resource}?per_page=500", sim.user_token).json()
        own = [
            row["id"] for row in sim.company.rows(resource) if row["user_id"] == seller
        ]
        assert sorted(row["id"] for row in body["data"]) == own
        assert body["meta"]["total"] == len(own) < sim.company.count(resource)
    for path in ("custom-fields", "workflows", "roles"):
        assert ask(sim, f"/api/{path}", sim.user_token, 403).json()["message"]
    other = next(r for r in sim.company.rows("deals") if r["user_id"] != seller)
    ask(sim, f"/api/deals/{other['id']}", sim.user_token, 403)


def test_records_a_seller_may_not_see_are_reduced_when_nested(sim):
    deals = ask(sim, "/api/deals?per_page=500&with=companies", sim.user_token).json()
    nested = [row for deal in deals["data"] for row in deal["companies"]]
    hidden = [
        row for row in nested if row["user_id"] != sim.company.find("seller")["id"]
    ]
    assert hidden
    assert all(
        "domain" not in row and row["display_name"] is not None for row in hidden
    )


def test_private_mail_shows_only_where_the_reference_says_so(sim):
    accounts = ask(sim, "/api/mail/accounts").json()
    assert [account["id"] for account in accounts] == [1, 2]
    private = sim.company.find("private_message")
    contact = private["contact_ids"][0]
    plain = ask(sim, f"/api/contacts/{contact}/emails?per_page=500").json()["data"]
    assert all(row["email_account_id"] != 3 for row in plain)
    timeline = ask(sim, f"/api/contacts/{contact}/emails?per_page=500&timeline=1").json()["data"]  # fmt: skip
    assert private["id"] in [row["id"] for row in timeline]
    assert all("is_pinned" in row for row in timeline)
    folder = private["folder_ids"][0]
    known_id = ask(sim, f"/api/inbox/emails/3/{folder}").json()["data"]
    assert private["id"] in [row["id"] for row in known_id]


def test_reading_one_message_without_silent_marks_it_as_read(sim):
    unread = sim.company.find("unread")
    path = f"/api/inbox/emails/folders/{unread['folder_ids'][0]}/{unread['id']}"
    assert ask(sim, f"{path}?silent=1").json()["is_read"] is False
    assert sim.marked_read == []
    assert ask(sim, path).json()["is_read"] is True
    assert sim.marked_read == [unread["id"]]
    gone = sim.company.find("gone_remotely")
    ask(
        sim,
        f"/api/inbox/emails/folders/{gone['folder_ids'][0]}/{gone['id']}",
        status=409,
    )


def test_the_inbox_list_ignores_order_and_with(sim):
    folder = sim.company.find("unread")["folder_ids"][0]
    plain = ask(sim, f"/api/inbox/emails/1/{folder}").json()
    asked = ask(sim, f"/api/inbox/emails/1/{folder}?order=nix&with=nix").json()
    assert asked["data"] == plain["data"]


@pytest.mark.parametrize(
    "path", ["/api/tags", "/api/emails", "/api/emails/1", "/api/nix"]
)
def test_addresses_that_do_not_exist_are_a_404_with_an_empty_message(sim, path):
    assert ask(sim, path, status=404).json() == {"message": ""}


def test_a_missing_record_is_a_404_that_names_the_model(sim):
    message = ask(sim, "/api/deals/999", status=404).json()["message"]
    assert message == "No query results for model [Modules\\Deals\\Models\\Deal] 999"


def test_trashed_records_have_a_list_of_their_own(sim):
    gone = {row["id"] for row in sim.company.trashed("contacts")}
    assert {row["id"] for row in read_all(sim, "trashed/contacts")} == gone
    ask(sim, f"/api/contacts/{min(gone)}", status=404)
    emoji = sim.company.find("emoji")
    trashed = sim.company.trashed("companies")[-1]["id"]
    assert trashed in emoji["company_ids"]  # the pivot still knows the link
    nested = ask(sim, f"/api/contacts/{emoji['id']}").json()["companies"]
    assert trashed not in [row["id"] for row in nested]


@pytest.mark.parametrize("path", ["teams", "roles", "workflows", "countries", "mail/accounts"])  # fmt: skip
def test_unpaged_lists_are_bare(sim, path):
    assert isinstance(ask(sim, f"/api/{path}").json(), list)


def test_money_fields_and_custom_fields_tell_the_currency_and_their_definition(sim):
    fields = {f["attribute"]: f for f in ask(sim, "/api/deals/create-fields").json()}
    assert fields["amount"]["currency"]["iso_code"] == "EUR"
    assert fields["cf_status"]["customField"]["field_type"] == "Select"


def test_a_write_from_the_own_host_is_a_419_and_every_write_is_recorded(sim):
    referer = {"Referer": f"{sim.url}/contacts"}
    ask(sim, "/api/contacts/export", method="POST", headers=referer, status=419)
    ask(sim, "/api/contacts", headers=referer)  # reads are never checked
    assert sim.writes == ["POST /api/contacts/export"]


def test_the_name_zapier_reduces_the_answers(sim):
    row = ask(sim, "/api/contacts", headers={"User-Agent": "Zapier"}).json()["data"][0]
    assert not [key for key in row if key.endswith("_count") or key == "authorizations"]


def test_the_oldest_link_is_the_primary_association(sim):
    groups = ask(sim, "/api/associations/contacts/1").json()
    oldest_first = sim.company.find("marta")["company_ids"]
    assert [row["id"] for row in groups["companies"]] == oldest_first
    primary = [row["is_primary_associated"] for row in groups["companies"]]
    assert primary == [True, False]


@pytest.mark.parametrize(
    ("operator", "value", "holds"),
    [
        ("contains", ["OLIV"], lambda name: name and "oliv" in name.casefold()),
        (
            "not_contains",
            ["oliv"],
            lambda name: name is not None and "oliv" not in name.casefold(),
        ),
        ("is_null", [""], lambda name: name is None),
        ("in", ["Oliveira", "王"], lambda name: name in ("Oliveira", "王")),
    ],
)
def test_filters_keep_what_they_say(sim, operator, value, holds):
    query = "filters[0][children][0][query]"
    many = operator == "in"
    values = {
        f"{query}[value]{f'[{place}]' if many else ''}": text
        for place, text in enumerate(value)
    }
    rows = read_all(
        sim, "contacts", per_page=100,
        **{f"{query}[rule]": "last_name", f"{query}[operator]": operator, **values},
    )  # fmt: skip
    truth = [
        row["id"] for row in sim.company.rows("contacts") if holds(row["last_name"])
    ]
    assert sorted(row["id"] for row in rows) == truth
    assert truth or operator != "contains"
