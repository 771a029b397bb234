"""Lists of attachments whose contents lie in the archive, named by the id of the row."""

import io
import zipfile

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
