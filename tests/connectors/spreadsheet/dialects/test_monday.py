"""A board of Monday: an audit of a real workbook (2026), importers' tests."""

from dialect_common import group_of, load, vendor_of, workbook

HEADER = [
    "Name",
    "Subitems",
    "Owner",
    "Stage",
    "Deal Value",
    "Tags",
    "Item ID (auto generated)",
]
BOARD = [
    *(["Deals"], ["Manage your deals"], [], ["Active"], HEADER),
    ["Mill", None, "Ana Reis", "Won", 1000, "Big, Red", 123456789],
    ["Wheel", None, "Rui", "New", 5, "Red", 123456790],
]
UPDATES = [
    ["Updates"],
    [
        "Item ID",
        "Item Name",
        "Content Type",
        "User",
        "Created At",
        "Update Content",
        "Post ID",
    ],
    [
        123456789,
        "Mill",
        "Update",
        "Ana Reis",
        "01/March/2026 10:00:00 AM",
        "called",
        77,
    ],
    [123456790, "Wheel", "Update", "Rui", "02/March/2026 10:00:00 AM", "wrote", 78],
]


def test_items_are_told_apart_by_their_ids_and_updates_belong_to_them(open_files):
    source = open_files({"Deals.xlsx": workbook({"Deals": BOARD, "updates": UPDATES})})
    known, found = load(source, "Deals")
    assert (known, vendor_of(source, "Deals")) == ("deals", "Monday")
    assert [each["$map"][1] for each in found["123456789"]["tag_ids"]] == ["Big", "Red"]
    deals = group_of(source, "Deals").name
    known, notes = load(source, "updates")
    assert (known, notes["77"]["body"]) == ("notes", "called")
    assert notes["77"]["@thread"] == [{"$ref": [deals, "123456789"]}]
    assert notes["77"]["@author"] == {"$owner": "Ana Reis"}
