"""The second look at a file finds what a reader lost, without sharing its code."""

from files import sheet

from connectors.core.second_look import look_at
from connectors.spreadsheet.source import SpreadsheetSource


def test_numbers_are_told_as_the_sheet_shows_them():
    content = sheet([["zip", "chance"], [1069, 0.25]], {"A2": "00000", "B2": "0%"})
    look = look_at("a.xlsx", content, ["zip", "chance"])
    assert look.rows == 1
    assert look.cells == [(1, "zip", "01069"), (1, "chance", "25")]


def test_rows_and_filled_cells_are_counted_below_the_headings():
    content = "A list of ours\n\nid;name\n1;Ana\n2;\n;Total\n".encode("utf-16")
    look = look_at("a.csv", content, ["id", "name"])
    assert (look.rows, look.filled) == (3, {"id": 2, "name": 2})


def test_an_escape_of_the_format_is_a_sign():
    content = sheet([["note"], ["one_x000D_\ntwo"], ["a_x005F_b"]])
    look = look_at("a.xlsx", content, ["note"])
    assert "_x000D_" not in "".join(text for _n, _c, text in look.cells)


def test_what_is_no_table_gives_no_look():
    assert look_at("a.xlsx", b"PK nothing", ["id"]) is None
    assert look_at("a.csv", b"one,two\n", ["id", "name"]) is None


def test_the_source_offers_a_look_at_each_of_its_tables(tmp_path):
    path = tmp_path / "contacts.csv"
    path.write_text("id,name\n1,Ana\n2,Bo\n")
    source = SpreadsheetSource({"files": [{"name": path.name, "path": str(path)}]})
    (stream,) = source.get_streams()
    (look,) = source.look_again(stream)
    assert (look.rows, look.filled["name"]) == (2, 2)


def test_merged_cells_stand_for_each_of_their_rows():
    rows = [["firm", "name"], ["Alpha", "Ana"], [None, "Bo"], ["Beta", "Cid"]]
    content = sheet(rows, change=lambda shown: shown.merge_cells("A2:A3"))
    look = look_at("a.xlsx", content, ["firm", "name"])
    assert (look.rows, look.filled) == (3, {"firm": 3, "name": 3})
    assert look.blocks == {("firm", "Alpha"): 2}


def test_headings_of_two_rows_are_no_records():
    plain = "Company,Person,,Email\n,First Name,Last Name,\nA,Vera,E,v@a.example\n"
    columns = ["Company", "First Name", "Last Name", "Email"]
    look = look_at("a.csv", plain.encode(), columns)
    assert (look.rows, look.heading_rows) == (1, 2)
    assert look.filled == dict.fromkeys(columns, 1)
    grouped = "Company,,Person,\nName,City,Name,City\nA,Faro,Vera,Porto\n"
    columns = ["Company Name", "Company City", "Person Name", "Person City"]
    look = look_at("a.csv", grouped.encode(), columns)
    assert look is None or look.rows == 1


def test_quotes_behind_backslashes_stay_in_their_cell():
    text = 'id,note,end\n1,"path \\"C:\\" end",x\n2,"tail \\"",y\n3,"C:\\",z\n'
    text += '4,"a ""b""\nc",w\n'
    look = look_at("a.csv", text.encode(), ["id", "note", "end"])
    assert look.rows == 4
    assert look.filled == {"id": 4, "note": 4, "end": 4}
    assert look.quoted == [("note", r"path \"C:\" end"), ("note", 'tail \\"')]
    assert (4, "note", 'a "b"\nc') in look.cells


def test_standard_quotes_are_read_by_the_standard():
    text = 'id,note\n1,"path \\""C:\\"" end"\n2,"C:\\"\n'
    look = look_at("a.csv", text.encode(), ["id", "note"])
    assert look.quoted == []
    assert (1, "note", r"path \"C:\" end") in look.cells


def test_blanks_before_quotes_end_no_cell():
    text = '"id", "note"\n"1", "a, b\nc"\n"2", "d"\n'
    look = look_at("a.csv", text.encode(), ["id", "note"])
    assert (look.rows, look.cells[1]) == (2, (1, "note", "a, b\nc"))


def test_words_for_nothing_are_counted_apart():
    text = "id,city\n1,NULL\n2,N/A\n3,-\n4,Porto\n5,\n6,Nilsen\n"
    look = look_at("a.csv", text.encode(), ["id", "city"])
    assert (look.filled["city"], look.nothing) == (5, {"city": 3})


def test_the_signs_of_old_systems_divide_cells():
    look = look_at("a.csv", b"id~name\n1~Ana, of Porto\n", ["id", "name"])
    assert look.cells == [(1, "id", "1"), (1, "name", "Ana, of Porto")]


def test_many_rows_are_counted_as_few():
    rows = [(n, ("NULL", "", "0", " x ")[n % 4]) for n in range(1, 2346)]
    text = "id,note\n" + "".join(f"{n},{note}\n" for n, note in rows)
    look = look_at("a.csv", text.encode(), ["id", "note"])
    assert (look.rows, look.is_whole) == (2345, True)
    assert look.filled == {"id": 2345, "note": 1758}
    assert (look.nothing, look.zeros) == ({"note": 586}, {"note": 586})
    # The first twenty, and then here and there.
    assert look.cells[:4] == [
        (1, "id", "1"),
        (2, "id", "2"),
        (2, "note", "0"),
        (3, "id", "3"),
    ]
    numbers = [number for number, column, _text in look.cells if column == "id"]
    assert numbers == [*range(1, 20), *range(97, 2346, 97)]
