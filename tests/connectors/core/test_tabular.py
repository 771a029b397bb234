"""Tables of text: encodings, dialects, broken lines, reading on."""

import csv
import io

import pytest
from tabular_common import codes, rows

from connectors.core import survey
from connectors.core.encoding import detect_encoding
from connectors.core.errors import FatalError
from connectors.core.second_look import look_at
from connectors.core.tabular_csv import Trouble, detect_dialect

# -- encoding ------------------------------------------------------------------------


PEOPLE = "id;name\n1;José Peña\n2;Łucja O’Brien\n3;山田 太郎 🦊\n4;עדי\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_unicode_is_read_whatever_its_form_and_line_ends(table, encoding, end):
    found = table("people.csv", PEOPLE.replace("\n", end).encode(encoding))
    assert [row["name"] for row in rows(found)] == [
        "José Peña",
        "Łucja O’Brien",
        "山田 太郎 🦊",
        "עדי",
    ]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("id;name\n1;José Müller\n2;Ação “Lda”\n", "cp1252"),
        ("id;name\n1;Łódź Wielka\n2;Kraków, święty Paweł\n" * 5, "cp1250"),
        ("ид;имя\n1;Привет, компания\n2;сделка и контакт\n" * 5, "cp1251"),
        ("番号,名前\n1,株式会社山田商事\n2,東京都港区の営業\n" * 5, "shift_jis"),
    ],
)
def test_old_code_pages_are_guessed_and_said_to_be_a_guess(table, text, encoding):
    found = table("old.csv", text.encode(encoding))
    assert rows(found)[0] == rows(table("new.csv", text.encode()))[0]
    assert "encoding_guessed" in codes(found)


def test_the_consultants_encoding_wins(table):
    found = table(
        "a.csv", "id,name\n1,Łódź\n".encode("cp1250"), encoding="windows-1250"
    )
    assert rows(found) == [{"id": "1", "name": "Łódź"}]
    assert codes(found) == []


def test_lines_of_another_encoding_are_put_right_and_counted(table):
    data = "id,name\n1,José\n2,Ana é\n".encode() + "3,Zoë\n".encode("cp1252")
    found = table("mixed.csv", data)
    assert [row["name"] for row in rows(found)] == ["José", "Ana é", "Zoë"]
    assert found.tally["repaired"] == 1


def test_a_sample_that_ends_within_a_character_is_still_utf8():
    assert detect_encoding("é".encode()[:1].join([b"a" * 9, b""])) != ("utf-8", False)
    assert detect_encoding("aé".encode()[:-1]) == ("utf-8", True)


# -- dialect and header --------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_among_decimal_commas_and_quoted_ones(table, delimiter):
    lines = [
        ["Name", "Amount", "Note"],
        ["Acme, Inc.", "1,5", 'said "no;way"\nthen | left'],
    ]
    lines += [[f"Company {n}", f"{n},25", ""] for n in range(20)]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(lines)
    found = table("deals.csv", text.getvalue().encode())
    assert found.layout.dialect.delimiter == delimiter
    assert [list(row.values()) for row in rows(found)] == lines[1:]


def test_unquoted_decimal_commas_are_not_taken_for_the_delimiter():
    text = "Amount;Tax\n" + "1,5;2,3\n" * 300
    assert detect_dialect(text).delimiter == ";"


@pytest.mark.parametrize(
    "lines",
    [
        ["Name", "Wolf, Anna", "Meier, Bo", "Li, Wei"],
        ["Company", "Alpha, Inc.", "Beta GmbH", "Roth, Lang, Frey & Co"],
        ["Amount", "1250,50", "12.000,00", "-7"],
        ["Address", "Weg 5, 53111 Bonn", "Allee 7, 10115 Berlin"],
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_list_has_one_column_whatever_commas_are_in_it(table, lines, end):
    """As a program writes it that separates columns by semicolons."""
    text = end.join([*lines, ""]).encode()
    found = table("list.csv", text)
    name, *cells = lines
    assert not codes(found)
    assert rows(found) == [{name: cell} for cell in cells]
    look = look_at("list.csv", text, [name])
    assert (look.rows, look.filled) == (len(cells), {name: len(cells)})


@pytest.mark.parametrize(
    "text",
    [
        "People of 2024\nname,mail\nAnna,anna@example.org\n",
        "People of 2024\nname, mail\nAnna, anna@example.org\n",
        "People of 2024\nname, age\nAnna, 41\n",
        'People\n"name","mail"\n"Anna","anna@example.org"\n',
    ],
)
def test_a_table_below_a_title_is_no_list(table, text):
    found = table("people.csv", text.encode())
    assert codes(found) == ["header_below"]
    assert len(found.header) == 2


def test_excels_own_line_names_the_delimiter(table):
    found = table("a.csv", b"sep=|\r\nid|name\r\n1|Ana\r\n")
    assert rows(found) == [{"id": "1", "name": "Ana"}]


def test_other_quotes_and_backslashes_are_understood(table):
    found = table("a.csv", b"id,name\n'1','O, no'\n'2','b'\n")
    assert rows(found)[0] == {"id": "1", "name": "O, no"}
    found = table("b.csv", b'id,name\n1,"the \\"old\\" one, here"\n')
    assert rows(found) == [{"id": "1", "name": 'the "old" one, here'}]


def test_blanks_before_quotes_are_of_no_cell(table):
    data = b'"id", "name", "note"\n"1", "Sa, Ana", "two\nlines"\n2, "Bo", "x"\n'
    assert [tuple(row.values()) for row in rows(table("a.csv", data))] == [
        ("1", "Sa, Ana", "two\nlines"),
        ("2", "Bo", "x"),
    ]
    prose = b'id,note,end\n1, "so" he said,x\n2,"a, ""b"", c",y\n3,"d",z\n'
    notes = [row["note"] for row in rows(table("b.csv", prose))]
    assert notes == [' "so" he said', 'a, "b", c', "d"]


@pytest.mark.parametrize("header", ["id,name,note", '"id,""name"",note"'])
def test_rows_that_excel_took_for_a_single_cell_are_rows(table, header):
    """A German Excel opens a text with commas in one column, and saves it so."""
    lines = [
        header,
        '"1,""Sá, Ana"",""two',
        'lines"""',
        '"2,Bo,""so """"he"""" said"""',
    ]
    lines += ["3,Eva,x"] if header[0] == "i" else ['"3,Eva,""x"""']
    found = rows(table("a.csv", "\n".join([*lines, ""]).encode()))
    assert [tuple(row.values()) for row in found] == [
        ("1", "Sá, Ana", "two\nlines"),
        ("2", "Bo", 'so "he" said'),
        ("3", "Eva", "x"),
    ]


def test_a_list_of_one_quoted_column_stays_one(table):
    data = '"name"\n"Sá, Ana"\n"Bo ""the"" Fox, Rui"\n'
    found = rows(table("a.csv", data.encode()))
    assert [row["name"] for row in found] == ["Sá, Ana", 'Bo "the" Fox, Rui']


def test_the_marks_of_files_put_together_are_of_no_cell(table):
    one, two = (
        '\ufeff"name","city"\n"Ana","Faro"\n',
        '\ufeff"name","city"\n"Bo","Elvas"\n',
    )
    found = table("a.csv", f"\ufeff{one}{two}".encode())
    assert rows(found) == [
        {"name": "Ana", "city": "Faro"},
        {"name": "Bo", "city": "Elvas"},
    ]
    lines = '\ufeff{"id": 1, "name": "Ana"}\n\ufeff{"id": 2, "name": "Bo"}\n'
    found = rows(table("b.ndjson", lines.encode()))
    assert found == [{"id": 1, "name": "Ana"}, {"id": 2, "name": "Bo"}]


def test_a_backslash_that_escapes_nothing_stays(table):
    """MySQL's ``INTO OUTFILE`` writes NULL as ``\\N``, and a line end behind a backslash."""
    lines = [
        r"id,name,note",
        r'1,"Ana \"Nini\" Sá",\N',
        r'2,"C:\\New",\N',
        r'3,"C:\New","d\e"',
    ]
    found = table("a.csv", "\n".join([*lines, '4,"one\\', 'two",x', ""]).encode())
    assert [tuple(row.values()) for row in rows(found)] == [
        ("1", 'Ana "Nini" Sá', None),
        ("2", "C:\\New", None),
        ("3", "C:\\New", "d\\e"),
        ("4", "one\ntwo", "x"),
    ]


@pytest.mark.parametrize("header", ["No,Name,City", "Name,No,City", "name,city,NO"])
def test_no_is_a_number_in_a_header(table, header):
    """Lists are numbered in a column called "No", which says no to nothing."""
    found = table("a.csv", f"{header}\n7,8,9\n8,9,10\n".encode())
    assert [list(row) for row in rows(found)] == [header.split(",")] * 2


def test_no_beside_names_is_none_where_others_say_yes(table):
    found = table("a.csv", b"Ana,Silva,no\nRui,Reis,yes\n")
    assert codes(found) == ["header_missing"]
    assert len(rows(found)) == 2


def test_titles_above_the_header_are_left_out_with_a_warning(table):
    data = b"Contacts of 2024\n\nFilter: all\nID,E-mail,Phone\n1,a@b.co,5\n2,c@d.co,6\n"
    found = table("a.csv", data)
    assert found.layout.header_row == 4
    assert codes(found) == ["header_below"]
    assert rows(found)[0] == {"ID": "1", "E-mail": "a@b.co", "Phone": "5"}


def test_a_file_without_header_gets_numbered_columns(table):
    found = table(
        "a.csv", b"7,ana@example.com,2024-01-01\n8,bo@example.com,2024-02-01\n"
    )
    assert codes(found) == ["header_missing"]
    assert rows(found)[0] == {
        "Column 1": "7",
        "Column 2": "ana@example.com",
        "Column 3": "2024-01-01",
    }


def test_the_header_can_be_set_or_denied_by_hand(table):
    data = b"a,b\nid,name\n1,Ana\n"
    assert rows(table("a.csv", data, header_row=2)) == [{"id": "1", "name": "Ana"}]
    assert len(rows(table("a.csv", data, header_row=0))) == 3


def test_repeated_and_empty_headers_get_names_of_their_own(table):
    found = table("a.csv", b"Phone,,Phone,Phone (2),\n1,2,3,4,\n")
    assert list(rows(found)[0]) == ["Phone", "Column 2", "Phone (2)", "Phone (2) (2)"]
    assert "header_repeated" in codes(found)


# -- broken lines --------------------------------------------------------------------


def test_lines_too_long_or_too_short_are_named_and_the_rest_is_read(table):
    found = table(
        "a.csv", b"id,name,city\n1,Ana,Porto\n2\n3,Cy,Rome,,\n4,Di,Ulm,x\n5,E,F\n"
    )
    read = rows(found)
    assert [row["id"] for row in read if isinstance(row, dict)] == ["1", "3", "5"]
    assert [row for row in read if isinstance(row, Trouble)] == [
        Trouble("line_length", {"line": 3, "found": 1, "expected": 3}),
        Trouble("line_length", {"line": 5, "found": 4, "expected": 3}),
    ]


def test_short_lines_can_be_accepted(table):
    found = table("a.csv", b"id,name,city\n1,Ana\n", short_rows="accept")
    assert rows(found) == [{"id": "1", "name": "Ana", "city": None}]


def test_an_open_quotation_costs_its_line_and_no_other(table):
    found = table("a.csv", b'id,name\n1,Ana\n2,"Bo\n3,Cy\n4,Di')
    read = rows(found)
    assert read[1] == Trouble("unterminated_quote", {"line": 3})
    assert [read[0]["id"], *(row["id"] for row in read[2:])] == ["1", "3", "4"]


@pytest.mark.large
def test_an_open_quotation_does_not_swallow_a_big_file(table, monkeypatch):
    monkeypatch.setattr("connectors.core.lines.MAX_RECORD_BYTES", 40_000)
    lines = [b"id,name", b'0,"open', *(b"%d,Ana" % n for n in range(1, 20_000))]
    read = rows(table("a.csv", b"\n".join(lines)))
    assert read[0].code == "unterminated_quote"
    assert len(read) == 20_000


def test_quotes_everywhere_end_the_stream_instead_of_taking_for_ever(
    table, monkeypatch
):
    monkeypatch.setattr("connectors.core.lines.MAX_RECORD_BYTES", 1000)
    found = table(
        "a.csv", b"id,name\n" + (b'1,"open\n' + b"2,%b\n" % (b"x" * 900) * 2) * 60
    )
    read = found.read_rows()
    with pytest.raises(FatalError) as caught:
        list(read)
    assert caught.value.code == "unterminated_quote"


def test_a_line_without_end_is_refused(table, monkeypatch):
    monkeypatch.setattr("connectors.core.lines.MAX_RECORD_BYTES", 500_000)
    found = table("a.csv", b"id,name\n1,Ana\n2," + b"x" * 2_000_000)
    with pytest.raises(FatalError) as caught:
        rows(found)
    assert caught.value.code == "line_too_long"
    assert caught.value.data["line"] == 3


def test_long_cells_and_nul_bytes_are_read(table):
    found = table("a.csv", b"id,note\n1,a\0b\n2," + b"x" * 1_000_000 + b"\n")
    read = rows(found)
    assert read[0]["note"] == "ab"
    assert len(read[1]["note"]) == 1_000_000


def test_a_header_alone_has_columns_and_no_rows(table):
    found = table("a.csv", b"id,name,email\n")
    assert found.layout.columns == ("id", "name", "email")
    assert rows(found) == []


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", b"", "file_empty"),
        ("a.csv", b"\xef\xbb\xbf\r\n\r\n", "file_empty"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_excel"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + "EncryptedPackage".encode("utf-16-le"),
            "file_encrypted",
        ),
        ("a.csv", bytes(range(256)) * 40, "file_unknown"),
        ("a.csv", b"<!DOCTYPE html><html>Please log in</html>", "file_page"),
        ("a.zip", b"PK\x03\x04 and then nothing", "zip_broken"),
        ("a.json", b'{"version": 3}', "file_no_table"),
        ("a.json", b'{"data": [{"id": 1}, {"id"', "file_damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(refusal, name, data, code):
    assert refusal(name, data) == code


def test_the_beginning_of_a_file_is_looked_at_once_as_long_as_it_is_read_alike(
    table, monkeypatch
):
    begun, begin = [], survey.begin
    monkeypatch.setattr(survey, "begin", lambda *a: begun.append(a) or begin(*a))

    def kinds(text, **options):
        return [column.kind for column in table("a.csv", text, **options).columns]

    text = b"id;born\n1;31.01.1990\n"
    for _time in range(2):
        assert kinds(text) == ["integer", "date"]
    assert len(begun) == 1
    assert kinds(b"id;born\n1;unknown...\n") == ["integer", "char"]
    assert kinds(text, delimiter=".") != ["integer", "date"]
    assert len(begun) == 3
    # What is read of the whole stays with the table whose whole was read.
    whole = table("a.csv", text)
    whole.survey_all()
    assert (whole.survey.complete, table("a.csv", text).survey.complete) == (
        True,
        False,
    )
