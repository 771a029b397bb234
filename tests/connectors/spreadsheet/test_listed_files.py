"""Lists of attachments whose contents lie in the archive, named by the id of the row."""

import io
import zipfile

import pytest
from files import records

ATTACHMENTS = (
    '"Id","IsDeleted","ParentId","Name","ContentType","BodyLength","OwnerId"\n'
    '"00P5g000000000DEAQ","0","0035g000000000DAAQ","Offer 0.pdf","application/pdf","9","u1"\n'
    '"00P5g000000023w","0","0015g000000000DAAQ","Plan.txt","text/plain","4","u1"\n'
    '"00P5g000000047fEAA","0","0015g000000000DAAQ","Gone.txt","text/plain","4","u1"\n'
)
EXPORT = {
    "Account.csv": '"Id","Name"\n"0015g000000000DAAQ","Alpha"\n',
    "Contact.csv": '"Id","LastName","AccountId"\n"0035g000000000DAAQ","Example","0015g000000000DAAQ"\n',
    "Attachment.csv": ATTACHMENTS,
    "Attachments/00P5g000000000DEAQ": b"%PDF-1.7 ",
    "Attachments/00P5g000000023wEAA": b"plan",
    "Documents/readme.txt": b"loose",
}


def packed(members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return content.getvalue()


def test_the_weekly_export_of_salesforce(open_files):
    source = open_files({"WE_1.ZIP": packed(EXPORT)})
    rows = {row["Name"]: row for row in records(source, "attachments")}
    file = rows["Offer 0.pdf"]["_contents"]
    assert b"".join(source.read_file(file)) == b"%PDF-1.7 "
    # The short form of the id names the same file.
    assert b"".join(source.read_file(rows["Plan.txt"]["_contents"])) == b"plan"
    assert "_contents" not in rows["Gone.txt"]
    assert [row["name"] for row in records(source, "files")] == ["readme.txt"]
    (mapping,) = [m for m in source.get_mappings() if m.stream == "attachments"]
    assert mapping.model == "ir.attachment"
    assert {f.target: f.source for f in mapping.fields}["@file"] == "_contents"
    assert mapping.after == ("companies", "contacts")
    (thread,) = [f for f in mapping.fields if f.target == "@thread"]
    streams = thread.steps[0].arguments[0][0][2]["streams"]
    assert streams["001"] == "companies"
    assert streams["003"] == "contacts"


def test_files_that_a_column_names_by_their_path(open_files):
    text = "Name,Parent Id,Body\nimage 2,7,my folder\\image2.png\n"
    members = {"deals.csv": "Id,Name\n7,Saddles\n", "attachments.csv": text}
    members["x/my folder/image2.png"] = b"\x89PNG"
    source = open_files({"load.zip": packed(members)})
    (row,) = records(source, "attachments")
    assert b"".join(source.read_file(row["_contents"])) == b"\x89PNG"
    assert "files" not in [stream.name for stream in source.get_streams()]


def test_a_list_of_files_that_are_not_there_is_no_object(open_files):
    source = open_files({"Attachment.csv": ATTACHMENTS})
    assert source.get_mappings() == ()
    assert len(records(source, "attachments")) == 3


FILES = {"files/offer.pdf": b"%PDF-1.7 ", "files/plan.txt": b"plan"}
LIST = "Attachment ID,File Name,Parent ID\n1,offer.pdf,{}\n2,plan.txt,{}\n"
DEALS = "Deal ID,Deal Name,Amount\n901,Saddles,1\n902,Reins,2\n903,Bits,3\n"
CONTACTS = "Contact ID,Full Name\n1,Vera Example\n2,Otto Example\n3,Ann Example\n"


def thread_of(source, stream):
    """Return the steps by which the rows of a stream find their records, None of none."""
    (mapping,) = [m for m in source.get_mappings() if m.stream == stream]
    found = [f.steps[0].arguments[0] for f in mapping.fields if f.target == "@thread"]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("name", "deals", "ids", "known"),
    [
        # No contact has these ids.
        ("attachments.csv", DEALS, (901, 903), "deals"),
        ("attachments.csv", DEALS, (1, 3), "contacts"),
        # Both have them: then the name of the list says it, or nobody does.
        ("deal_attachments.csv", DEALS.replace("90", ""), (1, 3), "deals"),
        ("Contact files.csv", DEALS.replace("90", ""), (1, 3), "contacts"),
        ("attachments.csv", DEALS.replace("90", ""), (1, 3), None),
        ("attachments.csv", DEALS, (901, 3), None),
    ],
)
def test_whose_the_files_of_a_list_are_is_told_by_the_ids(
    open_files, name, deals, ids, known
):
    tables = {"deals.csv": deals, "contacts.csv": CONTACTS, name: LIST.format(*ids)}
    source = open_files({"load.zip": packed({**tables, **FILES})})
    (stream,) = [s.name for s in source.get_streams() if s.path.endswith(name)]
    assert thread_of(source, stream) == ([[known, ""]] if known else None)
    rows = records(source, stream)
    assert b"".join(source.read_file(rows[1]["_contents"])) == b"plan"
    assert "files" not in [s.name for s in source.get_streams() if s.name != stream]


def test_notes_of_a_parent_without_a_word_of_what_it_is(open_files):
    notes = "Note ID,Note,Parent ID\n1,First,901\n2,Second,903\n"
    source = open_files(
        {"deals.csv": DEALS, "contacts.csv": CONTACTS, "notes.csv": notes}
    )
    assert thread_of(source, "notes") == [["deals", ""]]


def test_a_table_with_the_name_of_a_picture_is_no_list_of_files(open_files):
    machines = "Nr,Typ,Foto,Parent ID\n1,Bagger,offer.pdf,901\n2,Kran,plan.txt,902\n"
    tables = {"Maschinen.csv": machines, "deals.csv": DEALS}
    source = open_files({"load.zip": packed({**tables, **FILES})})
    assert [m.stream for m in source.get_mappings()] == ["deals", "files"]
