"""By SQL the same values are accounted for as by Python, whatever stands in either."""

import json
import random
from unittest.mock import patch

import psycopg2

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ...models.coverage.accountant import Accountant
from ..common import CrmMigrationCase
from ..test_auditors.fault_planting import FaultCase
from .both_ways import BothWays

LONG = "We met at the fair, and they want slate for the whole hall by March"
AWKWARD = (
    *(None, "", " ", "-", "\u00a0", "\u200b", "<p><br></p>", "[]", "{}", [], {}),
    *(
        0,
        1,
        -1,
        7,
        12.5,
        12.50,
        1e21,
        0.004,
        True,
        False,
        "0",
        "1",
        "true",
        "No",
        "yes",
    ),
    *("12.5", "1.250", "1.250,00", "-5", "007", "1e3", "50%", "1 234", "EUR", "USD"),
    *("2021-03-04", "2021-02-30", "04.03.2021", "0001-01-01", "9999-12-31", "1/1/1900"),
    *("2021-03-04T10:20:30Z", "2021-03-04 10:20:30", "2021-03-04T10:20:30+01:00"),
    *("2021-10-31 01:30:00", "2021-10-31T00:30:00Z", "1614853230", 1614853230),
    *(
        "Null",
        "n/a",
        "undefined",
        "Total",
        "合計",
        '="x"',
        "&amp;",
        "a &lt; b",
        "_x000D_",
    ),
    *("<b>Zeta</b>", "<script>x</script>Zeta", "Zeta & Søn", "ZETA OY", " Zeta  Oy "),
    *("Straße", "STRASSE", "ﬁne", "İ", "won", "Closed Lost", "Ana", "Ana; Bo", "a, b"),
    *(
        "https://www.zeta.example/",
        "zeta.example",
        "+351 210 000 001",
        "00351210000001",
    ),
    *(["VIP"], ["VIP", "Gold", ["x"]], {"id": 1, "name": "Zeta"}, {"x": {"y": None}}),
    *({"id": "c1", "a.b": "x"}, [{"id": 1}] * 7, LONG, f"{LONG}{LONG}", "name", "Name"),
)
"""What may stand in a member: nothing, something like nothing, and all that is written."""

LIKE_NOTHING = (
    *("-", ". ,", "[x]", "{", "<br>", "<hr>", "<p>-</p>", "a<b", "<i>a</i>", ">", "PM"),
    *(
        "\x01",
        "\x01-",
        "-\x01a",
        "a\x01",
        "é",
        "-é-",
        "\u00a0",
        "T",
        "合計:",
        "12",
        "(1)",
    ),
    *(
        "1899-12-30",
        "1899-12-31T00:00:00Z",
        "0000-00-00 00:00",
        "1753-01-01",
        "31/12/9999",
    ),
    *(
        "1/0/1900",
        "01.01.1900",
        "call 0001",
        "+49 9999-1900",
        "1601-01-02",
        "1/1/0001 2:00",
    ),
    *("2021-03-04 10:20:30", "2021-03-04T10:20:30.5Z", "2021-03-04T10:20:30+00:00"),
    *(
        "2021-03-04 10:20:30.1234567",
        "2021-03-04T10:20:30Zulu",
        "2021-03-04 10:20:30+01",
    ),
    *(
        "2021-03-04",
        "12021-03-04",
        "2021-03-04T",
        "2021-03-04 10:20",
        "2021T03-04 10:20:30",
    ),
    *(
        "Total:",
        " SUBTOTALS ",
        "total GÉNÉRAL",
        "YHTEENSÄ",
        "ИТОГО",
        "Grand total",
        "Sum x",
    ),
)
"""What is no value, or may be none, or an instant, or the name of a total."""


class Changing(BothWays):
    """Changes payloads and columns at random, and takes them back."""

    def setUp(self):
        super().setUp()
        self.dice = random.Random(11)

    def get_rows(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT record.id, record.payload, map.res_model, map.res_id, map.id"
            "  FROM crm_migration_record AS record"
            "  LEFT JOIN crm_migration_id_map AS map ON map.job_id = record.job_id"
            "   AND map.stream = record.stream AND map.source_id = record.source_id"
            " WHERE record.job_id = %s ORDER BY record.id, map.id",
            [self.job.id],
        )
        return self.env.cr.fetchall()

    def change_payload(self, record_id, payload):
        name = self.dice.choice([*payload, "id", "unknown", "user_id"])
        value = self.dice.choice(AWKWARD)
        if self.dice.random() < 0.3:
            value = self.dice.choice([*payload.values()])
        if self.dice.random() < 0.1:
            value = {"of": value, "more": [value, value]}
        payload = {**payload, name: value}
        self.env.cr.execute(
            "UPDATE crm_migration_record SET payload = %s WHERE id = %s",
            [json.dumps(payload).replace("\\u0000", ""), record_id],
        )
        return name, value

    def change_column(self, model, res_id):
        fields = [
            field
            for field in self.env[model]._fields.values()
            if field.store and field.column_type and field.name != "id"
        ]
        field = self.dice.choice(fields)
        value = self.make_value(field)
        with mute_logger("odoo.sql_db"), self.env.cr.savepoint(flush=False):
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id = %s",
                    SQL.identifier(self.env[model]._table),
                    SQL.identifier(field.name),
                    value,
                    res_id,
                )
            )
        return model, field.name, value

    def make_value(self, field):
        if field.company_dependent and field.type not in ("char", "text", "html"):
            return None  # of links and choices nothing else is read back at all
        if field.translate or field.company_dependent:
            return json.dumps({"en_US": "Planted", str(self.env.company.id): "P"})
        if field.type in ("char", "text", "html"):
            text = self.dice.choice([a for a in AWKWARD if isinstance(a, str)])
            return f"<p>{text}</p>" if field.type == "html" else text
        if field.type == "boolean":
            return self.dice.choice([True, False, None])
        if field.type in ("date", "datetime"):
            return self.dice.choice(["2021-03-04", "2021-03-04 10:20:30", None])
        if field.type == "selection" and isinstance(field.selection, list):
            return self.dice.choice([key for key, _label in field.selection])
        return self.dice.choice([0, 1, 2, 7, 12, 0.5, None])

    def change(self):
        """Change a few things; return which."""
        done = []
        for _change in range(5):
            record_id, payload, model, res_id, _map_id = self.dice.choice(
                self.get_rows()
            )
            if self.dice.random() < 0.6:
                done.append(self.change_payload(record_id, payload))
            elif model in self.env:
                try:
                    done.append(self.change_column(model, res_id))
                except psycopg2.Error:
                    continue
        return done

    def change_and_cover(self, rounds):
        for _round in range(rounds):
            savepoint = self.env.cr.savepoint()
            done = self.change()
            self.env.invalidate_all()
            with self.subTest(changed=done):
                self.cover()
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestCoverBySql(Changing, FaultCase):
    def test_whatever_is_changed_is_the_same_to_both_ways(self):
        self.change_and_cover(25)

    def test_what_the_id_map_knows_is_the_same_to_both_ways(self):
        for name, value in (
            *(("outcome", outcome) for outcome in ("matched", "merged", "updated")),
            *(("archived_at", "2031-01-01"), ("watermark", None), ("res_id", 2**30)),
            *(("loaded_at", "2019-01-01"), ("part", "other")),
        ):
            savepoint = self.env.cr.savepoint()
            self.env.cr.execute(
                SQL(
                    "UPDATE crm_migration_id_map SET %s = %s WHERE job_id = %s"
                    " AND source_id IN ('c1', 'p1', 'd1', '1')",
                    *(SQL.identifier(name), value, self.job.id),
                )
            )
            self.env.invalidate_all()
            with self.subTest(f"{name} {value}"):
                self.cover()
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()

    def test_a_series_without_a_day_of_the_week_is_no_end(self):
        self.env.cr.execute("SELECT count(*) FROM calendar_recurrence")
        self.assertTrue(self.env.cr.fetchone()[0])
        self.env.cr.execute(
            "UPDATE calendar_recurrence SET mon = FALSE, tue = FALSE, wed = FALSE, thu = FALSE, fri = FALSE, sat = FALSE, sun = FALSE, rrule_type = 'weekly'"
        )
        self.env.invalidate_all()
        self.cover()


@tagged("post_install", "-at_install")
class TestCoverPlainBySql(Changing, CrmMigrationCase):
    def setUp(self):
        super().setUp()
        self.use_source(
            companies=[
                {
                    "id": number,
                    "name": f"Zeta & Søn {number}",
                    "email": f"Office{number}@zeta.example",
                    "website": f"www.zeta{number}.example",
                    "created_at": f"2021-03-0{number + 1} 10:20:30",
                    "_labels": {"kind": "Client"},
                }
                for number in range(6)
            ],
            contacts=[
                {"id": number, "name": f"Ana {number}", "company_id": number % 6}
                for number in range(9)
            ],
            deals=[
                {"id": n, "title": f"Roof {n}", "amount": n + 0.5, "company_id": f"{n}"}
                for n in range(6)
            ],
        )
        self.run_kinds("discover", "extract", "load", "verify")

    def test_what_is_plain_takes_no_python(self):
        before = self.cover_by(True)
        self.assertTrue(before[0])
        with patch.object(Accountant, "account", side_effect=AssertionError):
            self.assertEqual(self.cover_by(False), before)

    def test_whatever_is_changed_is_the_same_to_both_ways(self):
        self.change_and_cover(40)

    def test_what_is_like_nothing_or_a_day_is_the_same_to_both_ways(self):
        rows = [row for row in self.get_rows() if "website" in row[1]]
        for start in range(0, len(LIKE_NOTHING), len(rows)):
            savepoint = self.env.cr.savepoint()
            values = LIKE_NOTHING[start : start + len(rows)]
            for value, (record_id, payload, _model, res_id, _map) in zip(
                values, rows, strict=False
            ):
                for name in ("email", "created_at"):
                    payload[name] = value
                self.env.cr.execute(
                    "UPDATE crm_migration_record SET payload = %s WHERE id = %s",
                    [json.dumps(payload), record_id],
                )
                self.env.cr.execute(
                    "UPDATE res_partner SET email = %s, name = %s WHERE id = %s",
                    [value, value, res_id],
                )
            self.env.invalidate_all()
            with self.subTest(values=values):
                self.cover()
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()

    def test_who_wrote_last_and_when_may_be_unknown(self):
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = NULL, parent_id = NULL WHERE id = %s",
            [self.migrated("contacts", "7").id],
        )
        self.env.invalidate_all()
        self.cover()
        self.assertEqual(self.job.unaccounted_count, 1)

    def test_what_was_deleted_is_missed_by_both_ways(self):
        self.migrated("deals", "2").unlink()
        self.migrated("contacts", "3").unlink()
        self.cover()
