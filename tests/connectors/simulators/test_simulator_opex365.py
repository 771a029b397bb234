"""The OPEX 365 simulator says what the reference says: login, lists, metadata, files."""

import base64
import re

import pytest
import requests

from simulators.opex365 import Opex365Simulator
from simulators.opex365_data import make_organization

pytestmark = pytest.mark.simulator

SMALL = {"contacts": 30, "companies": 14, "emails": 20, "machines": 7}
FORMATTED = "OData.Community.Display.V1.FormattedValue"
EVERYTHING = 'odata.include-annotations="*"'


@pytest.fixture
def sim():
    with Opex365Simulator(make_organization(**SMALL)) as running:
        yield running


def token_of(sim, **changes):
    form = {
        "grant_type": "client_credentials",
        "client_id": sim.client_id,
        "client_secret": sim.secret,
        "scope": f"{sim.url}/.default",
        **changes,
    }
    return requests.post(f"{sim.url}/{sim.tenant}/oauth2/v2.0/token", data=form, timeout=9)  # fmt: skip


def ask(sim, path, *, prefer="", status=200, token=None, method="GET", **options):
    token = token or token_of(sim).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    if prefer:
        headers["Prefer"] = prefer
    url = path if "://" in path else f"{sim.url}{sim.root}{path}"
    answer = requests.request(method, url, headers=headers, timeout=9, **options)
    assert answer.status_code == status, answer.text[:400]
    return answer


def code_of(answer):
    return answer.json()["error"]["code"]


def walk(sim, path, prefer):
    token, rows, pages = token_of(sim).json()["access_token"], [], 0
    while path:
        body = ask(sim, path, prefer=prefer, token=token).json()
        rows += body["value"]
        path = body.get("@odata.nextLink")
        pages += 1
    return rows, pages


def test_the_same_seed_makes_the_same_organization():
    assert make_organization(**SMALL).tables == make_organization(**SMALL).tables
    assert make_organization(**SMALL, seed=8).tables != make_organization(**SMALL).tables  # fmt: skip


# Login


@pytest.mark.parametrize(
    ("changes", "status", "number"),
    [
        ({"client_secret": "x"}, 401, 7000215),
        ({"client_id": "x"}, 400, 700016),
        ({"scope": "https://elsewhere.crm.dynamics.com/.default"}, 400, 500011),
        ({"scope": "x"}, 400, 70011),
    ],
)
def test_the_login_refuses_in_the_words_of_entra(sim, changes, status, number):
    answer = token_of(sim, **changes)
    assert answer.status_code == status
    assert answer.json()["error_codes"] == [number]
    assert f"AADSTS{number}" in answer.json()["error_description"]


def test_the_login_takes_a_form_and_nothing_else(sim):
    url = f"{sim.url}/{sim.tenant}/oauth2/v2.0/token"
    assert requests.post(url, json={"grant_type": "x"}, timeout=9).status_code == 400
    assert token_of(sim).json()["token_type"] == "Bearer"


def test_a_call_without_a_token_gets_a_401(sim):
    ask(sim, "WhoAmI", token="nonsense", status=401)
    assert set(ask(sim, "WhoAmI").json()) >= {"UserId", "BusinessUnitId", "OrganizationId"}  # fmt: skip


# Lists


def test_pages_follow_the_preference_and_links_are_absolute_and_opaque(sim):
    rows, pages = walk(sim, "contacts?$select=fullname", "odata.maxpagesize=7")
    assert (len(rows), pages) == (30, 5)
    assert len({row["contactid"] for row in rows}) == 30
    answer = ask(sim, "contacts?$select=fullname", prefer="odata.maxpagesize=7")
    assert answer.headers["Preference-Applied"] == "odata.maxpagesize=7"
    link = answer.json()["@odata.nextLink"]
    assert re.search(r"skiptoken=%3Ccookie%20pagenumber=%222%22.*%253ccookie%2520page", link)  # fmt: skip


def test_a_link_that_was_changed_is_refused(sim):
    link = ask(sim, "contacts?$select=fullname", prefer="odata.maxpagesize=7").json()["@odata.nextLink"]  # fmt: skip
    for changed in (link[:-4] + "%20", link + "&$top=3", link.replace("pagenumber=%222", "pagenumber=%223")):  # fmt: skip
        assert code_of(ask(sim, changed, status=400)) == "0x8004112a"


def test_a_link_without_the_preferences_loses_annotations_and_page_size(sim):
    prefer = f"odata.maxpagesize=7,{EVERYTHING}"
    first = ask(sim, "contacts?$select=statecode", prefer=prefer).json()
    assert f"statecode@{FORMATTED}" in first["value"][0]
    second = ask(sim, first["@odata.nextLink"]).json()
    assert len(second["value"]) == 23
    assert not any("@" in key for row in second["value"] for key in row if key != "@odata.etag")  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        "contacts?$skip=5",
        "contacts?$search=x",
        "contacts?$Select=fullname",
        "contacts?$select=nosuchcolumn",
        "contacts?$select=parentcustomerid",
        "contacts?$select=statecodename",
        "emails?$select=to",
        "contacts?$filter=parentcustomerid eq null",
        "contacts?$filter=fullname is 'x'",
        "annotations?$select=filebody",
        "emails?$expand=nosuchnavigation",
    ],
)
def test_what_the_reference_forbids_is_refused(sim, path):
    assert code_of(ask(sim, path, status=400)) == "0x80060888"


def test_unknown_tables_rows_and_single_parties_are_refused(sim):
    assert code_of(ask(sim, "nosuchtables", status=404)) == "0x8006088a"
    gone = "contacts(11111111-1111-4111-8111-111111111111)"
    assert code_of(ask(sim, gone, status=404)) == "0x80040217"
    party = next(iter(sim.org.tables["activityparty"]))
    ask(sim, f"activityparties({party})", status=405)


def test_encoded_option_names_and_plus_signs_are_understood(sim):
    path = "contacts?%24select=fullname%2Cstatecode&%24filter=statecode+eq+1"
    rows = ask(sim, path).json()["value"]
    assert rows
    assert {row["statecode"] for row in rows} == {1}


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        ("startswith(lastname,'astruc')", 2),
        ("lastname eq 'o''brien'", 1),
        ("not (statecode eq 0)", 2),
        ("contains(jobtitle,'ACHAT') and donotemail eq true", 5),
        ("Microsoft.Dynamics.CRM.In(PropertyName='statecode',PropertyValues=[1])", 2),
        ("modifiedon ge 2030-01-01T00:00:00Z or emailaddress1 eq null", 1),
        ("createdby/fullname eq 'Jonas Brandt'", 30),
    ],
)
def test_filters(sim, condition, count):
    rows = ask(sim, f"contacts?$select=contactid&$filter={condition}").json()["value"]
    assert len(rows) == count


def test_orders_page_by_their_columns_and_the_id(sim):
    rows, _pages = walk(sim, "contacts?$select=modifiedon&$orderby=modifiedon desc", "odata.maxpagesize=4")  # fmt: skip
    dates = [row["modifiedon"] for row in rows]
    assert dates == sorted(dates, reverse=True)
    assert len({row["contactid"] for row in rows}) == 30


def test_counts_are_capped_and_sums_are_limited(sim):
    assert ask(sim, "contacts/$count").text.lstrip("\ufeff") == "30"
    sim.aggregate_limit = 20
    path = "contacts?$apply=aggregate($count as n)"
    assert code_of(ask(sim, path, status=400)) == "0x8004e023"
    path = "contacts?$apply=filter(statecode eq 1)/aggregate($count as n)"
    sim.aggregate_limit = 50
    assert ask(sim, path).json()["value"] == [{"n": 2}]


def test_lookups_are_typed_only_by_their_annotations(sim):
    bare = ask(sim, "contacts?$select=_parentcustomerid_value").json()["value"]
    assert not any("lookuplogicalname" in key for row in bare for key in row)
    rows = ask(sim, "contacts?$select=_parentcustomerid_value", prefer=EVERYTHING).json()["value"]  # fmt: skip
    key = "_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"
    assert {row.get(key) for row in rows} == {"account", "contact", None}


def test_an_expanded_collection_has_a_link_even_when_it_is_complete(sim):
    expand = "$expand=email_activity_parties($select=participationtypemask,_partyid_value)"  # fmt: skip
    mail = ask(sim, f"emails?$select=subject&{expand}").json()["value"][0]
    assert mail["email_activity_parties"]
    assert "email_activity_parties@odata.nextLink" in mail


def test_errors_tell_more_where_annotations_were_asked_for(sim):
    error = ask(sim, "contacts?$skip=1", prefer=EVERYTHING, status=400).json()["error"]
    assert any(key.startswith("@Microsoft.PowerApps.CDS.") for key in error)


def test_column_security_blanks_without_a_word_or_refuses(sim):
    sim.hidden_columns = {("contact", "governmentid")}
    rows = ask(sim, "contacts?$select=governmentid").json()["value"]
    assert {row["governmentid"] for row in rows} == {None}
    sim.secured_columns = {("contact", "governmentid")}
    answer = ask(sim, "contacts?$select=governmentid", status=403)
    assert code_of(answer) == "0x8004f504"


# Metadata


def test_metadata_lists_tables_columns_and_choices(sim):
    rows = ask(sim, "EntityDefinitions?$select=LogicalName,EntitySetName&$filter=LogicalName eq 'contact' or LogicalName eq 'opex_machine'").json()["value"]  # fmt: skip
    assert [(r["LogicalName"], r["EntitySetName"]) for r in rows] == [("contact", "contacts"), ("opex_machine", "opex_machines")]  # fmt: skip
    assert all("MetadataId" in row for row in rows)
    base = "EntityDefinitions(LogicalName='opex_machine')/Attributes"
    columns = {c["LogicalName"]: c for c in ask(sim, base).json()["value"]}
    assert columns["opex_accountname"]["AttributeOf"] == "opex_account"
    assert columns["opex_options"]["AttributeTypeName"] == {"Value": "MultiSelectPicklistType"}  # fmt: skip
    assert "@odata.type" not in columns["opex_machineid"]
    cast = "/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet,GlobalOptionSet"  # fmt: skip
    found = ask(sim, base + cast).json()["value"][0]
    assert [o["Value"] for o in found["OptionSet"]["Options"]] == [741200000, 741200001]
    enum = base + "/Microsoft.Dynamics.CRM.EnumAttributeMetadata"
    ask(sim, enum, status=400)
    ask(sim, "EntityDefinitions?$top=2", status=400)


def test_a_bare_environment_has_no_sales_tables():
    with Opex365Simulator(make_organization(apps=(), **SMALL)) as sim:
        names = {r["LogicalName"] for r in ask(sim, "EntityDefinitions").json()["value"]}  # fmt: skip
        assert {"account", "contact", "email", "annotation"} <= names
        assert not {"opportunity", "lead", "incident", "list", "opex_machine"} & names
        ask(sim, "opportunities", status=404)


# Changes, files, limits, batches


def test_change_tracking_tells_changes_then_deletions(sim):
    prefer = "odata.track-changes,odata.maxpagesize=10"
    token, path, links = token_of(sim).json()["access_token"], "contacts?$select=fullname", []  # fmt: skip
    while path:
        body = ask(sim, path, prefer=prefer, token=token).json()
        links.append(body.get("@odata.deltaLink"))
        path = body.get("@odata.nextLink")
    assert [bool(link) for link in links] == [False, False, True]
    keys = list(sim.org.tables["contact"])
    sim.org.touch("contact", keys[0], firstname="Neu")
    sim.org.remove("contact", keys[1])
    body = ask(sim, links[-1], prefer=prefer).json()
    assert body["@odata.context"].endswith("/$delta")
    assert [row.get("contactid") or row["id"] for row in body["value"]] == keys[:2]
    assert body["value"][-1]["reason"] == "deleted"
    sim.expired_before = sim.org.version
    assert code_of(ask(sim, links[-1], status=400)) == "0x80044352"
    assert code_of(ask(sim, "activityparties", prefer=prefer, status=400)) == "0x80072491"  # fmt: skip
    ask(sim, "contacts?$filter=statecode eq 0", prefer=prefer, status=400)


def test_files_are_base64_text_or_blocks(sim):
    note = sim.org.known["note"]
    answer = ask(sim, f"annotations({note})/documentbody/$value")
    assert base64.b64decode(answer.text) == b"hello world"
    assert answer.headers["Content-Type"].startswith("text/plain")
    target = {"annotationid": note, "@odata.type": "Microsoft.Dynamics.CRM.annotation"}
    begun = ask(sim, "InitializeAnnotationBlocksDownload", method="POST", json={"Target": target}).json()  # fmt: skip
    assert (begun["FileSizeInBytes"], begun["FileName"]) == (11, "visit.txt")
    block = {"Offset": 6, "BlockLength": 4194304, "FileContinuationToken": begun["FileContinuationToken"]}  # fmt: skip
    data = ask(sim, "DownloadBlock", method="POST", json=block).json()["Data"]
    assert base64.b64decode(data) == b"world"
    account = sim.org.known["valmont"]
    part = requests.get(
        f"{sim.url}{sim.root}accounts({account})/opex_contract/$value",
        headers={
            "Authorization": f"Bearer {token_of(sim).json()['access_token']}",
            "Range": "bytes=0-4",
        },  # fmt: skip
        timeout=9,
    )
    assert (part.status_code, part.content) == (206, b"%PDF-")


def test_the_limit_answers_429_with_its_three_codes(sim):
    token = token_of(sim).json()["access_token"]
    sim.rate_limit = 2
    codes = []
    for _call in range(5):
        answer = requests.get(f"{sim.url}{sim.root}WhoAmI", headers={"Authorization": f"Bearer {token}"}, timeout=9)  # fmt: skip
        if answer.status_code == 429:
            assert int(answer.headers["Retry-After"]) > 200
            codes.append(code_of(answer))
    assert codes == ["0x80072322", "0x80072321", "0x80072326"]


def test_writing_is_refused_and_noted(sim):
    ask(sim, "contacts", method="POST", json={"lastname": "x"}, status=405)
    key = next(iter(sim.org.tables["contact"]))
    ask(sim, f"contacts({key})", method="DELETE", status=405)
    assert len(sim.writes) == 2
