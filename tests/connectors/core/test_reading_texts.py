"""Text files: the whole file decides; armor, escapes and words for nothing go."""

import csv
import io
import json
import time

import pytest
from files import records, told
from texts_common import mapped, refused

from connectors.core import survey
from connectors.core.cleaning import strip_armor
from connectors.core.errors import RetryableError
from connectors.spreadsheet import SOURCE

# -- the whole file decides ----------------------------------------------------------


def long_file(
    *last, head="id;name;amount;close date", rows=2500, middle="{n};Deal {n};;"
):
    lines = [middle.format(n=n) for n in range(1, rows)]
    return "\n".join([head, *lines, *last]) + "\n"


@pytest.mark.large
def test_a_decimal_comma_that_the_last_row_proves_holds_for_all(open_files):
    text = long_file(
        *("8000;x;1.250;", "8001;y;12.500,00;"), middle="{n};Deal {n};{n};"
    )
    source = open_files({"deals.csv": text})
    found = mapped(source, "deals")
    assert found["8000"]["expected_revenue"] == 1250
    assert found["8001"]["expected_revenue"] == 12500
    assert found["700"]["expected_revenue"] == 700


def test_a_column_that_begins_late_is_read_as_it_is_written(open_files):
    text = long_file("8000;x;1.250;31/12/2024", "8001;y;2.500;05/01/2025")
    found = mapped(open_files({"deals.csv": text}), "deals")
    assert found["8000"]["expected_revenue"] == 1250
    assert found["8001"]["expected_revenue"] == 2500
    assert found["8000"]["date_deadline"] == "2024-12-31"
    assert found["8001"]["date_deadline"] == "2025-01-05"


@pytest.mark.large
def test_a_month_first_that_the_last_row_proves_holds_for_all(open_files):
    text = long_file("8000;x;;12/31/2024", middle="{n};Deal {n};;02/03/2024")
    found = mapped(open_files({"deals.csv": text}), "deals")
    assert found["7"]["date_deadline"] == "2024-02-03"
    assert found["8000"]["date_deadline"] == "2024-12-31"


def test_dates_of_both_orders_are_told_and_the_misfits_reported(open_files):
    text = long_file(*("8000;x;;12/31/2024",), middle="{n};Deal {n};;25/03/2024")
    source = open_files({"deals.csv": text})
    assert "mixed_dates" in told(source)
    found = mapped(source, "deals")
    assert found["7"]["date_deadline"] == "2024-03-25"
    assert "date_deadline" not in found["8000"]


def test_numbers_that_become_texts_are_texts(open_files):
    lines = [f"{n},{n}" for n in range(1, 1200)] + [
        f"{n},A-{n}" for n in range(1200, 1400)
    ]
    source = open_files({"products.csv": "id,code\n" + "\n".join(lines)})
    source.get_mappings()
    (group,) = source.get_groups().values()
    assert (group.columns["code"].kind, group.columns["id"].kind) == ("char", "integer")


@pytest.mark.parametrize("point", [".", ","])
def test_an_open_mark_is_what_the_other_columns_of_the_file_show(open_files, point):
    text = (
        f"id;name;amount;rate\n1;a;1{point}250;0{point}5\n2;b;3{point}750;1{point}25\n"
    )
    source = open_files({"deals.csv": text})
    source.get_mappings()
    (group,) = source.get_groups().values()
    amount = group.columns["amount"]
    assert (amount.decimal_mark, amount.doubtful) == (point, "")


@pytest.mark.large
def test_text_that_turns_to_another_encoding_late_is_read_in_it(open_files):
    plain = "".join(f"{n};{'x' * 90}\n" for n in range(4000))
    names = "".join(f"{n};Привет, компания №{n} сделка\n" for n in range(4000, 4100))
    data = ("id;name\n" + plain + names).encode("cp1251")
    source = open_files({"contacts.csv": data})
    source.get_mappings()
    assert records(source, "contacts")[-1]["name"].startswith("Привет, компания")
    assert told(source)["encoding_guessed"].data["encoding"] == "cp1251"


@pytest.mark.large
def test_backslashes_that_come_late_are_those_of_the_program(open_files):
    plain = "".join(f'{n},"{"x" * 90}"\n' for n in range(4000))
    php = open_files(
        {"a.csv": "id,note\n" + plain + '1e,"a ""b"" c"\n2e,"c \\"d\\" e"\n'}
    )
    php.get_mappings()
    assert [r["note"] for r in records(php, "a")][-2:] == ['a "b" c', 'c \\"d\\" e']
    dump = open_files({"a.csv": "id,note\n" + plain + '1e,"a \\"b\\" c"\n'})
    dump.get_mappings()
    assert records(dump, "a")[-1]["note"] == 'a "b" c'


def test_what_one_of_several_files_proves_holds_for_all(open_files):
    source = open_files(
        {
            "deals-1.csv": "id;name;amount;close date\n1;a;1.250;02/03/2024\n",
            "deals-2.csv": "id;name;amount;close date\n2;b;12.500,00;31/03/2024\n",
        }
    )
    found = mapped(source, "deals")
    assert [found[key]["expected_revenue"] for key in "12"] == [1250, 12500]
    assert found["1"]["date_deadline"] == "2024-03-02"


def test_members_that_come_late_are_columns_of_their_own(open_files):
    rows = [{"id": n, "name": f"P{n}"} for n in range(1500)]
    rows.append({"id": 1500, "name": "x", "city": "Porto", "address": {"zip": "1"}})
    source = open_files({"contacts.json": json.dumps(rows)})
    source.get_mappings()
    columns = source.get_groups()["contacts"].columns
    assert not columns["city"].nested
    assert columns["address.zip"].nested


def test_rows_that_do_not_fit_the_header_are_told(open_files):
    text = "id,name\n" + "".join(
        f"{n},P{n},more\n" if n % 3 else f"{n},P\n" for n in range(99)
    )
    assert told(open_files({"contacts.csv": text}))["cells_misfit"].data["count"] == 66


def test_separators_and_values_of_a_column_are_those_of_all_rows(open_files):
    lines = [f"{n},A{n % 3}" for n in range(1, 3000)] + ["3000,VIP;Partner"]
    source = open_files({"contacts.csv": "id,tags\n" + "\n".join(lines)})
    source.get_mappings()
    (group,) = source.get_groups().values()
    assert group.columns["tags"].separators == (";",)
    assert set(group.columns["tags"].values) == {"A0", "A1", "A2", "VIP;Partner"}


@pytest.mark.large
def test_looking_at_all_rows_goes_on_where_the_last_batch_stopped(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(survey, "_TURN_ROWS", 400)
    monkeypatch.setattr(survey, "KEPT_BYTES", 0)
    path, work = tmp_path / "deals.csv", tmp_path / "work"
    work.mkdir()
    path.write_text(
        long_file("8000;x;1.250;", "8001;y;12.500,00;", "Total;;12.500,00;")
    )
    config = {
        "files": [{"name": "deals.csv", "path": str(path)}],
        "work_folder": str(work),
    }
    delays = []
    while True:
        late = SOURCE(config, deadline=time.monotonic() - 1)
        try:
            late.get_mappings()
            break
        except RetryableError as error:
            delays.append(error.delay)
        finally:
            late.close()
    assert delays == [0] * 6
    source = SOURCE(config)
    assert mapped(source, "deals")["8000"]["expected_revenue"] == 1250
    assert len(records(source, "deals")) == 2501
    # Nonsense in what was kept costs the time, not the truth.
    (kept,) = work.glob("*.survey")
    kept.write_bytes(b"nonsense")
    assert mapped(SOURCE(config), "deals")["8000"]["expected_revenue"] == 1250


# -- armor, escapes, words for nothing -----------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("'+351210000001", "+351210000001"),
        ("'=Ann Example", "=Ann Example"),
        ("'- first point", "- first point"),
        ("'@home", "@home"),
        ("'01069", "01069"),
        ('="01069"', "01069"),
        ('="a ""b"" c"', 'a "b" c'),
        ("\t=1+1", "=1+1"),
        ("01069\t", "01069"),
        ("'til noon", "'til noon"),
        ("'90s music", "'90s music"),
        ("'quoted'", "'quoted'"),
        ("=Ann", "=Ann"),
        ("-5", "-5"),
        ("O'Brien", "O'Brien"),
    ],
)
def test_armor_is_no_part_of_a_value(cell, value):
    assert strip_armor(cell) == value


def test_armored_keys_are_found_by_their_references(open_files):
    source = open_files(
        {
            "companies.csv": 'id,name\n="001",Alpha\n="002",Beta\n',
            "contacts.csv": "id,name,company id,phone\n'=7,Vera,'001,'+351210000001\n",
        }
    )
    assert list(mapped(source, "companies")) == ["001", "002"]
    contact = mapped(source, "contacts")["=7"]
    assert contact["phone"] == "+351210000001"
    assert contact["parent_id"] == {"$ref": ["companies", "001"]}
    assert told(source)["armor_removed"].level == "passed"


def test_numbers_that_pandas_made_floats_are_the_same_ids(open_files):
    source = open_files(
        {
            "companies.csv": "id,name\n12,Alpha\n13,Beta\n",
            "contacts.csv": "id,name,company id,phone,version\n"
            "7.0,Vera,12.0,351210000001.0,2.0\n8.0,Otto,13.0,,3.0\n",
        }
    )
    found = mapped(source, "contacts")
    assert list(found) == ["7", "8"]
    assert found["7"]["parent_id"] == {"$ref": ["companies", "12"]}
    assert found["7"]["phone"] == "351210000001"
    (page,) = source.read_pages(source.get_stream("contacts"), None)
    assert [r.data["version"] for r in page.records] == ["2.0", "3.0"]


def test_an_id_with_a_point_in_it_stays_as_it_is(open_files):
    source = open_files({"products.csv": "id,name\n1.0,Alpha\n1.1,Beta\n"})
    assert list(mapped(source, "products")) == ["1.0", "1.1"]


def test_names_are_linked_whether_they_are_escaped_or_not(open_files):
    source = open_files(
        {
            "accounts.csv": '"id","name"\n"c1","Example &amp; S&ouml;hne"\n'
            '"c2","Vera&#039;s Shop"\n"c3","&lt;Beta&gt;"\n',
            "contacts.csv": '"id","last name","account name"\n'
            '"p1","O&#039;Example","Example &amp;amp; S&ouml;hne"\n'
            '"p2","Otto","Vera\'s Shop"\n',
        }
    )
    names = [row["name"] for row in records(source, "companies")]
    assert names == ["Example & Söhne", "Vera's Shop", "<Beta>"]
    one, two = records(source, "contacts")
    assert (one["last name"], one["account name"]) == ("O'Example", "Example & Söhne")
    assert two["account name"] == "Vera's Shop"


def test_ampersands_and_markup_of_their_own_stay(open_files):
    text = (
        "id,name,note\n1,A & B,<p>1 &lt; 2</p>\n2,C & D,<b>x</b>\n3,E & F &copy,plain\n"
        "4,AT&amp;T,\n"
    )
    rows = records(open_files({"contacts.csv": text}), "contacts")
    assert [row["name"] for row in rows] == [
        "A & B",
        "C & D",
        "E & F &copy",
        "AT&amp;T",
    ]
    assert rows[0]["note"] == "<p>1 &lt; 2</p>"


def test_words_for_nothing_are_empty_and_told_once(open_files):
    words = ["NULL", r"\N", "(null)", "#N/A", "-", "None", "n/a"]
    text = "id,name,city\n" + "".join(f"{n},P{n},{w}\n" for n, w in enumerate(words))
    source = open_files({"contacts.csv": text + "8,Null,Porto\n9,Nan,Braga\n"})
    rows = records(source, "contacts")
    assert [row["city"] for row in rows] == [None] * 7 + ["Porto", "Braga"]
    assert [row["name"] for row in rows][-2:] == ["Null", "Nan"]
    found = told(source)
    assert found["words_for_nothing"].data["columns"] == "city"
    assert "excel_errors" in found
    kept = open_files({"contacts.csv": text}, {"contacts.csv": {"blank_words": "keep"}})
    assert records(kept, "contacts")[0]["city"] == "NULL"


def test_escapes_of_a_workbook_that_came_into_text_go(open_files):
    source = open_files({"notes.csv": 'id,note\n1,"One_x000D_\nTwo"\n'})
    assert records(source, "notes")[0]["note"] == "One\nTwo"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_backslashes_that_php_wrote_are_text(open_files, end):
    lines = ["Id,Name,Notes", r'1,A,"say ""hi"""', r'2,B,"path \"C:\" end"']
    lines += [r'3,C,"C:\"', r'4,D,"x ""y"" z"', r'5,E,"tail \""', "6,F,plain"]
    source = open_files({"contacts.csv": end.join(lines) + end})
    assert [row["Notes"] for row in records(source, "contacts")] == [
        'say "hi"',
        r"path \"C:\" end",
        "C:\\",
        'x "y" z',
        r"tail \"",
        "plain",
    ]
    assert refused(source, "contacts") == []


def test_backslashes_in_standard_text_stay_what_they_are(open_files):
    texts = [
        'a \\"b\\" c',
        "C:\\",
        'x "y" z',
        '\\"',
        'end \\"',
        'two\n\\"lines\\"',
        '"\\',
    ]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([["id", "note"], *enumerate(texts)])
    source = open_files({"notes.csv": stream.getvalue()})
    assert [row["note"] for row in records(source, "notes")] == texts


@pytest.mark.parametrize(
    "above",
    ["Report:,Open contacts,\n", "Created,2025-01-31,\n\n", "Filter,City is Porto,\n\n",
     "Contacts\n\n", "Ourco,,\nas of 2025,,\n"],
)  # fmt: skip
def test_what_stands_above_the_header_is_none(open_files, above):
    text = above + "Name,Email,City\nVera,v@example.com,Porto\nOtto,,Braga\n"
    source = open_files({"contacts.csv": text})
    assert [row["Name"] for row in records(source, "contacts")] == ["Vera", "Otto"]


def test_names_of_columns_are_read_like_values(open_files):
    text = '="id",Soci&eacute;t&eacute;,"\ufeff\'+Phone"\n1,Alpha,2\n'
    (row,) = records(open_files({"companies.csv": text}), "companies")
    assert row == {"id": "1", "Société": "Alpha", "+Phone": "2"}


@pytest.mark.parametrize(
    "last",
    ["Total;EUR 1,500.00;", "Total;R$ 12.500;", ";;\nTotal deals: 2;;", "Average;75;"],
)
def test_sums_are_seen_however_their_numbers_are_written(open_files, last):
    text = f"Deal Name;Amount;Stage\nA;50;New\nB;100;New\n{last}\n"
    assert len(records(open_files({"deals.csv": text}), "deals")) == 2


def test_a_text_whose_encoding_was_mistaken_before_is_read_as_it_is_meant(open_files):
    text = (
        "id,Full Name,StraÃŸe,Notes\n1,JÃ¶rg,HauptstraÃŸe 1,SÃO PAULO\n2,Zoë,,5 â‚¬\n"
    )
    source = open_files({"contacts.csv": text})
    one, two = records(source, "contacts")
    assert (one["Full Name"], one["Straße"]) == ("Jörg", "Hauptstraße 1")
    assert (one["Notes"], two["Notes"]) == ("SÃO PAULO", "5 €")
    assert two["Full Name"] == "Zoë"
    columns = told(source)["encoded_twice"].data["columns"]
    assert columns == "Full Name, Straße, Notes"


def test_a_member_of_an_object_is_read_so_as_well(open_files):
    rows = [{"id": 1, "name": "Ann", "address": {"city": "KÃ¶ln"}}]
    source = open_files({"contacts.json": json.dumps(rows)})
    (row,) = records(source, "contacts")
    assert row["address"] == {"city": "Köln"}


@pytest.mark.parametrize("sign", ["~", "^", "¦", "\x1f"])
def test_old_systems_put_other_signs_between_cells(open_files, sign):
    lines = ["id,full name,note", "1,Vera,a; b|c", "2,Otto,x"]
    text = "\n".join(line.replace(",", sign) for line in lines)
    found = mapped(open_files({"contacts.csv": text}), "contacts")
    assert [found[key]["name"] for key in "12"] == ["Vera", "Otto"]


def test_a_header_of_several_lines_has_nothing_above_it(open_files):
    source = open_files(
        {"contacts.csv": '"id","Full\nName","Email"\n1,Vera,v@a.example\n'}
    )
    assert "header_below" not in told(source)
    source = open_files({"contacts.csv": "Our list,,\nid,Full Name,Email\n1,Vera,\n"})
    assert "header_below" in told(source)


def test_a_first_row_longer_than_the_beginning_is_a_row(open_files):
    text = f"id,full name,notes\n1,Vera,{'word ' * 60_000}\n2,Otto,x\n"
    source = open_files({"contacts.csv": text})
    assert len(records(source, "contacts")) == 2
    assert "file_no_rows" not in told(source)
