"""Headers of Zoho's exports of modules: three and more readers of real files (2020-26)."""

import io
import zipfile

import pytest
from dialect_common import ignored, load, table, vendor_of
from files import records

from connectors.mapping.apply import apply, as_json

ID = "zcrm_53111000000"
FILES = {
    "Accounts_2026_11_28.csv": table(
        "Record Id, Account Owner.id, Account Owner, Account Name, Billing Code",
        {"Record Id": f"{ID}51", "Account Name": "Alpha"},
    ),
    "Contacts_2026_11_28.csv": table(
        "Record Id, Contact Owner.id, First Name, Last Name, Account Name.id, Email",
        {"Record Id": f"{ID}01", "Last Name": "Sá", "Account Name.id": f"{ID}51"},
    ),
    "Potentials_001.csv": table(
        "Record Id, Deal Owner.id, Deal Name, Amount, Closing Date, Stage, Account Name.id",
        {"Record Id": f"{ID}61", "Deal Name": "Mill", "Stage": "Closed Won"},
    ),
    "Leads_2026_11_28.csv": table(
        "Record Id, Lead Owner.id, Company, Last Name, Lead Status",
        {"Record Id": f"{ID}71", "Last Name": "Rui"},
    ),
}


@pytest.mark.parametrize(
    ("about", "stream"),
    [("61", "deals"), ("01", "contacts"), ("51", "companies"), ("71", "leads")],
)
@pytest.mark.parametrize(
    ("name", "headers", "parent"),
    [
        (
            "Notes_Leads_2026_11_28.csv",
            "Record Id, Note Owner.id, Note Title, Note Content, Parent ID.id, Parent ID",
            "Parent ID.id",
        ),
        (
            "Tasks_2026_11_28.csv",
            "Record Id, Task Owner.id, Subject, Due Date, Related To.id, Related To, Status",
            "Related To.id",
        ),
        (
            "Calls_2026_11_28.csv",
            "Record Id, Call Owner.id, Subject, Call Start Time, Related To.id, Related To",
            "Related To.id",
        ),
    ],
)
def test_an_id_alone_leads_to_the_table_that_has_it(
    open_files, name, headers, parent, about, stream
):
    row = {"Record Id": f"{ID}99", parent: f"{ID}{about}", "Note Content": "called"}
    source = open_files({**FILES, name: table(headers, row)})
    streams = {group.known: n for n, group in source.get_groups().items()}
    _known, found = load(source, name)
    [thread] = found[f"{ID}99"]["@thread"]
    assert thread["$ref"] == [streams[stream], f"{ID}{about}"]
    assert ignored(source, name)[parent]


def test_what_a_task_is_for_is_known_beside_its_contact(open_files):
    headers = (
        "Record Id, Task Owner.id, Subject, Due Date, Contact Name.id, Related To.id"
    )
    row = {"Record Id": f"{ID}99", "Subject": "Call", "Contact Name.id": f"{ID}01"}
    row |= {"Related To.id": f"{ID}61"}
    name = "Tasks_2026_11_28.csv"
    _known, found = load(open_files({**FILES, name: table(headers, row)}), name)
    ids = [each["$ref"][1] for each in found[f"{ID}99"]["@thread"]]
    assert ids == [f"{ID}61", f"{ID}01"]


def test_what_is_nowhere_is_missed_where_it_would_be(open_files):
    headers = "Record Id, Note Owner.id, Note Content, Parent ID.id"
    row = {"Record Id": f"{ID}99", "Note Content": "x", "Parent ID.id": f"{ID}00"}
    source = open_files({**FILES, "Notes.csv": table(headers, row)})
    [thread] = load(source, "Notes.csv")[1][f"{ID}99"]["@thread"]
    assert thread["$ref"][1] == f"{ID}00"


def test_a_renamed_module_of_old_is_deals(open_files):
    source = open_files(FILES)
    known, found = load(source, "Potentials_001.csv")
    assert (known, vendor_of(source, "Potentials_001.csv")) == ("deals", "Zoho CRM")
    state = {"$map": ["stage_outcomes", "Closed Won"]}
    assert found[f"{ID}61"]["@state"] == state


def backup(members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_users_and_attachments_of_a_backup_are_found(open_files):
    """Ids of users have no prefix; files are called by the digits of their row."""
    bare = ID.removeprefix("zcrm_")
    source = open_files(
        {
            "backup.zip": backup(
                {
                    "Data/Users_001.csv": table(
                        "Record Id, First Name, Last Name, Email, Status",
                        {"Record Id": f"{bare}90", "Email": "ana@example.com"}
                        | {"Last Name": "Reis"},
                    ),
                    "Data/Contacts_001.csv": table(
                        "Record Id, Contact Owner.id, Last Name",
                        {"Record Id": f"{ID}01", "Contact Owner.id": f"{ID}90"}
                        | {"Last Name": "Sá"},
                    ),
                    "Data/Attachments_001.csv": table(
                        "Record Id, Parent.id, Parent Module, File Name, Size",
                        {"Record Id": f"{ID}71", "Parent.id": f"{ID}01"}
                        | {"Parent Module": "Contacts", "File Name": "offer.pdf"},
                    ),
                    f"Attachments/{bare}71_offer.pdf": b"%PDF",
                }
            )
        }
    )
    assert list(load(source, "backup.zip/Data/Users_001.csv")[1]) == [f"{ID}90"]
    _known, people = load(source, "backup.zip/Data/Contacts_001.csv")
    assert people[f"{ID}01"]["user_id"] == {"$owner": f"{ID}90"}
    known, files = load(source, "backup.zip/Data/Attachments_001.csv")
    [values] = files.values()
    assert (known, values["name"]) == ("attachments", "offer.pdf")
    assert values["@thread"] == [{"$ref": ["contacts", f"{ID}01"]}]
    assert source.read_file(values["@file"])


def test_ids_that_are_bare_everywhere_stay_so(open_files):
    headers = "Record Id, Contact Owner.id, Last Name"
    row = {"Record Id": "5311100000001", "Contact Owner.id": "5311100000090"}
    source = open_files(
        {"Contacts_2020.csv": table(headers, row | {"Last Name": "Sá"})}
    )
    assert list(load(source, "Contacts_2020.csv")[1]) == ["5311100000001"]


def test_a_note_of_a_lead_is_looked_for_by_its_id_alone(open_files):
    notes = "Note Id,Parent ID.id,Parent ID,Note Content,Created Time,Note Owner.id,Note Owner\n"
    notes += "zcrm_7001,zcrm_5001,Saddles,Gone,2024-06-01 10:00:00,zcrm_1,Ann\n"
    notes += "zcrm_7002,zcrm_4001,Vera Example,Met,2024-05-01 11:00:00,zcrm_1,Ann\n"
    leads = "Record Id,Lead Owner.id,Lead Owner,Company,First Name,Last Name\n"
    deals = "Record Id,Deal Owner.id,Deal Owner,Deal Name,Amount\nzcrm_5001,zcrm_1,Ann,Saddles,1\n"
    source = open_files(
        {
            "Leads_001.csv": leads + "zcrm_4001,zcrm_1,Ann,Alpha,Vera,Example\n",
            "Deals_001.csv": deals,
            "Notes_001.csv": notes,
        }
    )
    (mapping,) = [as_json(m) for m in source.get_mappings() if m.stream == "notes"]
    rows = {row["Note Id"]: row for row in records(source, "notes")}
    values = apply(mapping["fields"], rows["zcrm_7002"]).values
    assert values["@thread"] == [{"$ref": ["leads", "zcrm_4001"]}]
    assert values["@author"] == {"$owner": "zcrm_1"}
