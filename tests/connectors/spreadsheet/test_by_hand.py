"""A target that a person chooses is filled as a proposed one would be."""

import pytest
from dialects_by_hand import DIALECTS

from connectors.mapping.apply import apply, as_json
from connectors.mapping.ways import OF_TYPE, find_way


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_column_has_the_way_of_its_proposal(open_files, dialect):
    source = open_files(DIALECTS[dialect])
    compared, differing = 0, {}
    for mapping in map(as_json, source.get_mappings()):
        ways = source.get_ways(mapping["stream"]).as_json()
        stream = source.get_stream(mapping["stream"])
        (page,) = source.read_pages(stream, None)
        for item in mapping["fields"]:
            path = item["source"]
            if isinstance(path, list) and len(path) == 1:
                (path,) = path
            if not isinstance(path, str):
                continue
            compared += 1
            found = find_way(ways, path, item["target"])
            place = (mapping["stream"], path, item["target"])
            if not found or found[1] != item["steps"]:
                differing[place] = (found and found[1], item["steps"])
                continue
            chosen = {**item, "source": found[0], "steps": found[1]}
            for record in page.records:
                given = apply([item], record.data, zone="Europe/Lisbon")
                assert apply([chosen], record.data, zone="Europe/Lisbon") == given
    assert compared > 25
    assert not differing


@pytest.mark.parametrize(
    ("dialect", "stream", "column", "target", "value"),
    [
        ("german", "verkaufschancen", "Provision", "expected_revenue", 7.5),
        ("german", "verkaufschancen", "Angelegt am", "date_deadline", "2024-03-21"),
        ("german", "ansprechpartner", "Geburtstag", "type:date", "1975-11-30"),
        ("german", "verkaufschancen", "Verlustgrund", "type:char", "Preis"),
        ("english", "deals", "Closed at", "type:date", "2024-06-13"),
        ("american", "contacts", "Birthdate", "type:date", "1975-11-30"),
        ("american", "deals", "Commission", "type:monetary", 7.5),
        ("american", "deals", "IsWon", "@state", "won"),
        ("english", "contacts", "Tags", "type:many2many", ["Fair"]),
    ],
)
def test_what_nobody_proposed_is_read_as_the_column_is_written(
    open_files, dialect, stream, column, target, value
):
    source = open_files(DIALECTS[dialect])
    path, steps = find_way(source.get_ways(stream).as_json(), column, target)
    (page,) = source.read_pages(source.get_stream(stream), None)
    item = {"target": "x", "source": path, "steps": steps, "required": False}
    outcome = apply([item], page.records[-1].data, zone="UTC")
    assert not outcome.problems
    assert outcome.values.get("x") == value


def test_a_link_goes_to_the_object_whose_records_the_column_names(open_files):
    source = open_files(
        {
            "companies.csv": "ID,Name\n1,Acme\n2,Beta\n",
            "contacts.csv": "ID,Name,Email\n7,Vera,v@a.example\n8,Max,m@b.example\n",
            "notes.csv": "Note ID,Note,Whereto,Who\nN1,Hi,Acme,Vera\nN2,Ho,Beta,Max\n",
        }
    )
    ways = source.get_ways("notes").as_json()
    for column, stream, member in (
        ("Whereto", "companies", "Name"),
        ("Who", "contacts", "Name"),
    ):
        _path, ((name, pairs), *_more) = find_way(ways, column, "@thread")
        assert (name, pairs[0][:2]) == ("lookup_several_by", [stream, member])
        wanted = f"{OF_TYPE}many2one:{stream}"
        assert find_way(ways, column, wanted)[1] == [["lookup_by", stream, member]]


def test_a_list_of_a_way_is_described(open_files):
    source = open_files(DIALECTS["german"])
    ways = source.get_ways("verkaufschancen")
    described = {item.name for item in ways.lists}
    for steps in ways.as_json()["steps"]:
        for step in steps:
            assert step[0] != "value_map" or step[1] in described
