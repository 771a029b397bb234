"""What a member holds: by the profile, by its name, by what the source says of it."""

import pytest

from connectors.anonymize import Anonymized
from connectors.core.errors import FatalError, RecordError
from connectors.core.sentences import Finding
from connectors.core.source import (
    CheckResult,
    Page,
    Record,
    Source,
    SourceField,
    Stream,
)
from connectors.mapping.vocabulary import (
    ValueList,
    boolean,
    field,
    is_one_of,
    lookup,
    mapping,
    strip,
    value_map,
)

SALT = bytes(range(32))
ROW = {
    "code": "zoe@muster.de",
    "who": "Zoe Muster",
    "line": "0170 1234567",
    "kind": "Partner",
    "state_of_things": "Hot",
    "made_up": "friend of Zoe",
    "tag": "friend of Zoe",
    "boss": "zoe@muster.de",
    "level": "gold",
    "stage": {"name": "Proposal"},
}


class Zeta(Source):
    name = "zeta"
    label = "Zeta"
    streams = (Stream("people", "People", primary_key="code"),)

    def check(self):
        finding = Finding(
            "passed", "seen", "Seen.", {"login": "zoe@muster.de", "count": 2}
        )
        return CheckResult(login="zoe@muster.de", findings=(finding,))

    def describe(self, stream):
        return (SourceField("level", "Level", "selection", (("gold", "Gold"),)),)

    def read_pages(self, stream, checkpoint):
        wrong = RecordError(
            "bad_record", stream="people", source_id="zoe@muster.de", text="Zoe"
        )
        yield Page((Record("people", ROW["code"], ROW),), 1, errors=(wrong,))
        raise FatalError(
            "unexpected_answer", host="zeta.example", stream="people", reason="Zoe"
        )

    def read_file(self, reference):
        raise AssertionError("no file is read")

    def get_value_lists(self):
        return (
            ValueList("tags", "Tags", "crm.tag", proposals={"friend of Zoe": "x"}),
            ValueList("stages", "Stages", "crm.stage"),
        )

    def get_mappings(self):
        return (
            mapping(
                "people",
                "res.partner",
                field("name", "who", strip),
                field("phone", "line", strip),
                field("active", "state_of_things", boolean),
                field("category_id", "tag", value_map("tags")),
                field("parent_id", "boss", lookup("people")),
                when=is_one_of("kind", "Partner"),
            ),
        )


def read(**options):
    source = Anonymized(Zeta({}), SALT, **options)
    pages = source.read_pages(Zeta.streams[0], None)
    return source, pages


def test_a_record_keeps_its_choices_and_links_and_nobody():
    _source, pages = read()
    page = next(pages)
    record = page.records[0]
    data = record.data
    assert record.source_id == data["code"] == data["boss"] != ROW["code"]
    assert data["kind"] == "Partner"  # the profile asks for it
    assert data["state_of_things"] == "Hot"
    assert data["level"] == "gold"
    assert data["stage"] == {"name": "Proposal"}
    assert data["line"].startswith("0170 1")
    assert data["line"] != ROW["line"]
    assert data["tag"] == data["made_up"] != ROW["tag"]
    assert "Zoe" not in str(data)
    assert "muster" not in str(data)


def test_what_is_said_of_a_record_names_nobody():
    source, pages = read()
    error = next(pages).errors[0]
    assert error.source_id != "zoe@muster.de"
    assert "Zoe" not in str((error.data, error.args))
    with pytest.raises(FatalError) as stopped:
        next(pages)
    assert stopped.value.data["host"] == "zeta.example"
    assert "Zoe" not in str(stopped.value)
    result = source.check()
    assert "zoe" not in result.login
    assert "zoe" not in str(result.findings[0].data)
    assert result.findings[0].data["count"] == 2


def test_files_and_second_looks_are_not_asked_for():
    source, _pages = read()
    assert b"".join(source.read_file({"name": "Zoe.png"})).startswith(b"\x89PNG")
    assert source.look_again(Zeta.streams[0]) == ()


def test_what_was_proposed_for_a_value_is_proposed_for_the_invented_one():
    source, pages = read()
    tag = next(pages).records[0].data["tag"]
    tags, _stages = source.get_value_lists()
    assert tags.proposals[tag] == "x"


def test_what_was_decided_stays_decided():
    kept = []
    source, pages = read(known={}, keep=kept.append)
    next(pages)
    source.close()
    assert kept[0]["people"]["line"][0] == "phone"
    other = {"people": {**kept[0]["people"], "line": ["keep", []]}}
    _source, pages = read(known=other)
    assert next(pages).records[0].data["line"] == ROW["line"]


def test_a_row_of_a_plan_is_about_the_invented_people():
    owner = Anonymized.disguise_row(SALT, {"key": "zoe@muster.de", "login": "admin"})
    assert owner["login"] == "admin"
    assert owner["key"].endswith("-de.example")
    assert "zoe" not in owner["key"]
    stage = {"list": "stages", "key": "Won", "model": "crm.stage"}
    assert Anonymized.disguise_row(SALT, stage) == stage
    tag = {
        "list": "tags",
        "key": "friend of Zoe",
        "name": "friend of Zoe",
        "model": "crm.tag",
    }
    made = Anonymized.disguise_row(SALT, tag)
    assert made["key"] == made["name"] != tag["name"]
