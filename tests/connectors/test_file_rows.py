"""Rows of exports that are no records of their own, by what real systems write."""

import contextlib

import pytest

from connectors.mapping.apply import applies, apply, as_json
from connectors.spreadsheet import SOURCE


class Files:
    """What a source makes of some files, row by row."""

    def __init__(self, source):
        self.source = source
        self.mappings = list(map(as_json, source.get_mappings()))
        self.rules = list(source.left_out)

    def rows(self, stream):
        pages = self.source.read_pages(self.source.get_stream(stream), None)
        return {r.source_id: r.data for page in pages for r in page.records}

    def made(self, stream):
        """Return source id → [(model, values)] of every mapping that takes the row."""
        return {
            key: [
                (mapping["model"], apply(mapping["fields"], data).values)
                for mapping in self.mappings
                if mapping["stream"] == stream and applies(mapping, data)
            ]
            for key, data in self.rows(stream).items()
        }

    def reasons(self, stream):
        """Return source id → why the row is left out, of those that are."""
        return {
            key: rule.reason
            for key, data in self.rows(stream).items()
            for rule in self.rules
            if rule.stream == stream
            and applies({"when": [each.as_json() for each in rule.when]}, data)
        }


@pytest.fixture
def read(tmp_path):
    with contextlib.ExitStack() as stack:

        def read_files(**contents):
            files = []
            for name, content in contents.items():
                path = tmp_path / name.replace("__", ".")
                if isinstance(content, str):
                    content = content.encode()
                path.write_bytes(content)
                files.append({"name": path.name, "path": str(path)})
            source = SOURCE({"files": files})
            stack.enter_context(contextlib.closing(source))
            return Files(source)

        yield read_files


# -- deleted -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "gone", "there"),
    [
        ("IsDeleted", "1", "0"),
        ("IsDeleted", "true", "false"),
        ("Is Deleted", "TRUE", "FALSE"),
        ("deleted", "1", "0"),
        ("Deleted", "Ja", "Nein"),
        ("deleted_at", "2024-05-01 10:00:00", ""),
    ],
)
def test_a_deleted_row_is_left_out_with_a_reason(read, column, gone, there):
    found = read(
        Contact__csv=f"Id,{column},LastName,Email\n"
        f"C1,{there},Example,v@alpha.example\n"
        f"C2,{gone},Gone,g@alpha.example\n"
    )
    made = found.made("contacts")
    assert [model for model, _v in made["C1"]] == ["res.partner"]
    assert made["C2"] == []
    reasons = found.reasons("contacts")
    assert set(reasons) == {"C2"}
    assert "deleted" in reasons["C2"]


def test_nothing_is_left_out_where_nothing_says_that_it_was_deleted(read):
    found = read(
        contacts__csv="id,name,email,deleted items,deleted\n"
        "1,Vera Example,v@alpha.example,1,an old text\n"
    )
    assert len(found.made("contacts")["1"]) == 1
    assert not found.rules


# -- converted leads -------------------------------------------------------------------

LEADS = (
    "Id,IsDeleted,FirstName,LastName,Company,Email,Status,OwnerId,IsConverted,"
    "ConvertedDate,ConvertedAccountId,ConvertedContactId,ConvertedOpportunityId,"
    "CreatedDate\n"
    "L1,0,Vera,Example,Alpha,v@alpha.example,Open,U1,0,"
    ",000000000000000AAA,000000000000000AAA,000000000000000AAA,2024-01-02 10:00:00\n"
    "L2,0,Otto,Beta,Beta GmbH,o@beta.example,Qualified,"
    "U1,1,2024-03-04 00:00:00,A1,C1,"
    "O1,2024-02-03 11:00:00\n"
)
OTHERS = {
    "Account__csv": "Id,IsDeleted,Name\nA1,0,Beta GmbH\n",
    "Contact__csv": "Id,IsDeleted,FirstName,LastName,AccountId\nC1,0,Otto,Beta,A1\n",
    "Opportunity__csv": "Id,IsDeleted,Name,Amount,StageName,AccountId\n"
    "O1,0,Saddles,100,Proposal,A1\n",
}


def test_a_converted_lead_is_a_note_on_what_it_became(read):
    found = read(Lead__csv=LEADS, **OTHERS)
    made = found.made("leads")
    [(model, lead)] = made["L1"]
    assert (model, lead["type"], lead["name"]) == (
        "crm.lead",
        "lead",
        "Vera Example Alpha",
    )
    [(model, note)] = made["L2"]
    assert model == "mail.message"
    assert [each["$ref"][:2] for each in note["@thread"]] == [
        ["deals", "O1"],
        ["contacts", "C1"],
        ["companies", "A1"],
    ]
    assert note["date"] == "2024-03-04 00:00:00"
    assert note["@created_at"] == "2024-02-03 11:00:00"
    assert note["subject"] == "Otto Beta Beta GmbH"
    for text in ("Email: o@beta.example", "Status: Qualified", "LastName: Beta"):
        assert text in note["body"]
    after = {
        m["model"]: set(m["after"]) for m in found.mappings if m["stream"] == "leads"
    }
    assert after["mail.message"] == {"deals", "contacts", "companies"}


def test_a_converted_lead_stays_one_where_nothing_that_it_became_is_read(read):
    found = read(Lead__csv=LEADS)
    models = [model for rows in found.made("leads").values() for model, _v in rows]
    assert models == ["crm.lead", "crm.lead"]
