"""By SQL the same differences are found as by Python, whatever somebody has changed."""

import json
import random
from datetime import date, datetime, timedelta
from unittest.mock import patch

import psycopg2

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ...models.loading.plain_columns import HAS_PHONENUMBERS
from ...models.phases.verify import FREQUENT, IN_PYTHON
from ..loader_common import LoaderCase
from .verify_rows import STREAMS

ROWS = 3 * FREQUENT

WITHOUT_PYTHON = ("companies", "people", "deals", "leads", "meetings", "visits")

NOW = "calendar_last_notif_ack"
"""A column whose default is the moment."""


@tagged("post_install", "-at_install")
class TestVerifySql(LoaderCase):
    def setUp(self):
        super().setUp()
        for stream, (model, make) in STREAMS.items():
            rows = {str(number): make(number) for number in range(ROWS)}
            mapping = self.mapping(stream, model)
            self.env["crm.migration.mapping.line"].create(
                [
                    {"mapping_id": mapping.id, "source": target, "target": target}
                    for target in rows["0"]
                ]
            )
            self.assertEqual(self.load(stream, model, rows), {"created": ROWS}, stream)
            self.env.cr.execute(
                "UPDATE crm_migration_record SET values = jsonb_set(values,"
                " ARRAY['', '@mapping'], to_jsonb(%s)) WHERE stream_id = %s",
                [mapping.id, mapping.stream_id.id],
            )
        self.env.invalidate_all()

    def find(self, in_python, streams=STREAMS):
        """Return how much was compared, and what is different, by one of the two ways."""
        phase = self.env["crm.migration.phase.verify"]
        phase = phase.with_context(**{IN_PYTHON: in_python})
        known = [("job_id", "=", self.job.id), ("state", "!=", "accepted")]
        self.env["crm.migration.difference"].search(known).unlink()
        self.load_run.write({"done": 0, "compared_count": 0, "compared_of": {}})
        for stream in streams:
            after = 0
            while after is not None:
                mapping = self.mapping(stream, STREAMS[stream][0])
                after = phase._work_place(self.load_run, mapping, after)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT stream, source_id, res_model, res_id, field, kind, expected, found,"
            " state FROM crm_migration_difference WHERE job_id = %s ORDER BY 1, 2, 5, 7, 8",
            [self.job.id],
        )
        differences = [
            # What Odoo would take today is another second the second time.
            (*row[:6], None, *row[7:]) if row[4] == NOW else row
            for row in self.env.cr.fetchall()
        ]
        self.env.invalidate_all()
        run = self.load_run
        return (run.done, run.compared_count, run.compared_of), differences

    def assert_same(self, streams=STREAMS):
        """Compare both ways; return the differences."""
        long, short = self.find(True, streams), self.find(False, streams)
        self.assertEqual(short[1], long[1])
        self.assertEqual(short[0], long[0])
        return long[1]

    def change(self, table, record_id, name, value):
        self.env.flush_all()
        with mute_logger("odoo.sql_db"):
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id = %s",
                    *(SQL.identifier(table), SQL.identifier(name), value, record_id),
                )
            )
        self.env.invalidate_all()

    def get_columns(self, stream):
        record = self.loaded(stream, "0")
        return [
            field
            for name, field in record._fields.items()
            if field.store and field.column_type and name != "id"
        ]

    def make_others(self, record, field):
        """Return values that do not stand there."""
        now, kind = record[field.name], field.type
        if field.translate:
            return ['{"en_US": "Planted"}']
        if field.company_dependent:
            other = json.dumps({str(self.company.id): "Planted"})
            return [other] if kind == "char" else []
        if kind == "boolean":
            return [not now, None]
        if kind in ("integer", "float", "monetary", "many2one_reference"):
            return [(now or 0) + 7, (now or 0) + 0.004, -1, 0, None]
        if kind == "selection":
            return [key for key in field.get_values(self.env) if key != now][:2] + [
                None
            ]
        if kind == "many2one":
            others = self.env[field.comodel_name].with_context(active_test=False)
            others = others.search([("id", "!=", now.id)], order="id", limit=2)
            return [*others.ids, None]
        if kind == "date":
            return [(now or date(2026, 2, 3)) + timedelta(days=1), None]
        if kind == "datetime":
            now = now or datetime(2026, 2, 3, 4, 5)
            return [
                now + timedelta(seconds=1),
                now + timedelta(microseconds=5),
                now - timedelta(days=40),
                None,
            ]
        if kind in ("char", "text", "html"):
            return ["Planted", f"{now or ''} ", (now or "Z").upper(), "", None]
        return []

    # -- tests -------------------------------------------------------------------

    def test_what_nobody_changed_needs_no_python(self):
        target = type(self.env["crm.migration.target"])
        # Where Odoo formats phone numbers, Python does it again.
        error = None if HAS_PHONENUMBERS else AssertionError("in Python")
        with patch.object(target, "_verify", side_effect=error, return_value=(0, [])):
            self.find(False, WITHOUT_PYTHON)
        if HAS_PHONENUMBERS:
            self.find(False, WITHOUT_PYTHON)
        self.assertGreater(self.load_run.compared_count, 200)
        self.assertEqual(self.load_run.done, len(WITHOUT_PYTHON) * ROWS)
        self.assertEqual(self.assert_same(), [])

    def test_a_change_of_any_column_is_found_by_both_ways(self):
        planted, found = 0, 0
        for stream in STREAMS:
            for field in self.get_columns(stream):
                savepoint = self.env.cr.savepoint()
                number = self.plant_others(stream, field)
                differences = self.assert_same([stream]) if number else ()
                planted += number
                found += len({source_id for _stream, source_id, *_more in differences})
                savepoint.rollback()
                savepoint.close(rollback=False)
                self.env.invalidate_all()
        self.assertGreater(planted, 300)
        self.assertGreater(found, 200)

    def plant_others(self, stream, field):
        """Put other values into a column, each in a record of its own; return how many."""
        planted = 0
        record = self.loaded(stream, "0")
        for number, value in enumerate(self.make_others(record, field)):
            record = self.loaded(stream, str(number % ROWS))
            try:
                with self.env.cr.savepoint():
                    self.change(record._table, record.id, field.name, value)
            except psycopg2.Error:
                continue
            planted += 1
        return planted

    def test_many_changes_at_once_are_found_by_both_ways(self):
        dice = random.Random(19)
        for _round in range(12):
            savepoint = self.env.cr.savepoint()
            for _change in range(8):
                stream = dice.choice(list(STREAMS))
                record = self.loaded(stream, str(dice.randrange(ROWS)))
                field = dice.choice(self.get_columns(stream))
                if others := self.make_others(record, field):
                    try:
                        with self.env.cr.savepoint():
                            value = dice.choice(others)
                            self.change(record._table, record.id, field.name, value)
                    except psycopg2.Error:
                        continue
            self.assert_same()
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()

    def test_what_a_person_edited_in_staging_counts(self):
        for stream, edits in {
            "people": {"email": "other@example.com"},
            "deals": {"expected_revenue": 5},
            "leads": {"city": ""},
            "companies": {"comment": None},
        }.items():
            for number in (0, 1):
                self.staged(stream, str(number)).edits = {"": edits}
        found = {(each[0], each[4]) for each in self.assert_same()}
        self.assertLessEqual(
            {("people", "email"), ("deals", "expected_revenue"), ("leads", "city")},
            found,
        )

    def test_staged_values_of_every_kind_are_the_same_to_both_ways(self):
        for stream, target, values in (
            ("people", "name", ("", " ", None, 5, ["A", "B"], False)),
            (
                "people",
                "email",
                ("", None, 5, True, ["a@b.example"], {"$owner": "anna"}),
            ),
            ("people", "phone", ("", "1234", "+351 1 / 2", None)),
            (
                "people",
                "comment",
                ("", "<b>x</b>", "a & b", "-- \nMe", "<p>a<br>b</p>"),
            ),
            ("people", "parent_id", (None, "", 7, [], {"$ref": ["companies", "no"]})),
            ("people", "parent_id", ({"$ref": ["companies", "1", "name"]},)),
            ("people", "parent_id", ([{"$ref": ["companies", "1"]}], {"$ref": 4})),
            ("people", "parent_id", ({"$ref": ["deals", "1"]}, {"$owner": "anna"})),
            ("people", "@created_at", ("", None, "2019-04-05", "2019-02-30T10:00:00Z")),
            ("people", "@created_at", ("2019-04-05T10:00:00+02:00", "never", 5)),
            ("people", "@updated_at", ("2019-04-05 10:00:00", "0019-04-05", None)),
            ("deals", "expected_revenue", (0, None, "", "12.5", 1e15, 0.004, -3)),
            ("deals", "expected_revenue", (True, "much", [5], 100.2549, 100.255)),
            (
                "deals",
                "date_deadline",
                ("", None, "2030-02-30", "2030-02-01T23:59:00Z"),
            ),
            ("deals", "user_id", (None, "", {"$owner": "nobody"}, {"$owner": ""}, 1)),
            ("deals", "name", (" ", "", None, "\u200b", "…")),
            ("deals", "@state", ("won", "lost", "open", "odd")),
            ("deals", "@closed_at", ("2019-05-01", "2019-05-01T10:00:00Z", "")),
            ("companies", "@created_by", (None, "", {"$owner": "nobody"}, "anna")),
            ("companies", "vat", ("PT5", "", None)),
            ("companies", "@note", ("More to say", "")),
            ("companies", "website", ("", None, "gmail.com", "http://gmail.com", 5)),
            (
                "companies",
                "website",
                ("HTTP://A.example", "a b.example", "//a.example"),
            ),
            (
                "companies",
                "website",
                ("a.example?x=1", "mailto:a@b.example", "a.example/"),
            ),
            ("companies", "website", ("localhost", "a.example:80", "..", "a..example")),
            (
                "people",
                "website",
                ("facebook.com/x", "http://WWW.facebook.com", " a.de"),
            ),
            (
                "leads",
                "website",
                ("", None, "gmail.com", "https://é.example", "A.Example"),
            ),
            ("leads", "city", (["A", "B"], 7, "")),
            ("meetings", "start", ("2021-03-05", "2021-03-05T10:00:00+02:00", None, 5)),
            ("meetings", "stop", (None, "", "2021-03-05", "2021-03-01 09:00:00")),
            ("meetings", "allday", (True, False)),
            ("meetings", "user_id", (None, {"$owner": "nobody"}, {"$owner": ""}, 1)),
            ("meetings", "description", ("<p><b>x</i></p>", "<p>x</p><b>y</b>", "x")),
            ("meetings", "description", ("<p><em>a</em> b</p>", "<p><b></b></p>", "")),
            ("meetings", "@thread", ({"$ref": ["people", "4"]}, None)),
            ("meetings", "@addresses", ([{"email": "a@b.example"}], [])),
            ("meetings", "@done_at", ("2021-03-05T10:00:00Z",)),
            *(
                ("meetings", "@partners", ([{"$ref": ["people", "3"], **more}],))
                for more in (
                    *({"state": state} for state in ("no", " yes", "\tyes", "late", 5)),
                    *({"state": None}, {"role": "to"}, {"state": ["yes"]}, {}),
                )
            ),
            (
                "meetings",
                "@partners",
                (None, [], {"$ref": ["people", "3"]}, "people", [None], [5, []]),
            ),
            (
                "meetings",
                "@partners",
                (
                    [{"$ref": ["people", "3"]}] * 2,
                    [{"$ref": ["people", "3"], "state": s} for s in ("yes", "no")],
                    [{"$ref": ["people", "gone"]}, {"$ref": ["companies", "1"]}],
                    [{"$ref": ["deals", "1"]}, {"$owner": "anna"}],
                    [{"$ref": ["people", "3", "name"]}, {"$ref": "people"}],
                ),
            ),
            ("leads", "description", ("<p>x</p>", "x < y", "", None)),
        ):
            # Three in a row are a shape of their own, and the rest is one.
            for value in values:
                savepoint = self.env.cr.savepoint()
                for number in range(FREQUENT + 1):
                    row = self.staged(stream, str(number))
                    old = row.values[""]
                    row.values = {"": {**old, target: value}}
                with self.subTest(f"{stream} {target} {value}"):
                    self.assert_same([stream])
                savepoint.rollback()
                savepoint.close(rollback=False)
                self.env.invalidate_all()

    def test_what_the_id_map_knows_is_the_same_to_both_ways(self):
        now = datetime(2031, 1, 1)
        for name, value in (
            *(("outcome", outcome) for outcome in ("matched", "merged", "updated")),
            *(("archived_at", now), ("watermark", None), ("watermark", now)),
            ("deferred", json.dumps({"parent_id": {"$ref": ["companies", "9"]}})),
            ("withheld", json.dumps({"name": "refused", "city": "refused"})),
            *(("loaded_at", datetime(2019, 1, 1)), ("res_id", 2**30)),
        ):
            savepoint = self.env.cr.savepoint()
            for stream in STREAMS:
                for number in (0, 1):
                    row = self.map_row(stream, str(number))
                    self.change(row._table, row.id, name, value)
            with self.subTest(f"{name} {value}"):
                self.assert_same()
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()

    def test_what_belongs_to_the_company_or_the_customer_is_the_same_to_both_ways(self):
        company, person = self.loaded("companies", "1"), self.loaded("people", "1")
        industry = self.env["res.partner.industry"].create({"name": "Tiles"})
        for record, name, value in (
            (company, "vat", "PT5"),
            (company, "industry_id", industry.id),
            (company, "name", "Another"),
            (company, "is_company", False),
            (company, "commercial_partner_id", person.id),
            *((person, n, "Planted") for n in ("name", "email", "phone", "function")),
            *((person, "street", "Rua"), (person, "parent_id", company.id)),
            *((person, "lang", None), (person, "company_name", "Planted")),
        ):
            savepoint = self.env.cr.savepoint()
            self.change(record._table, record.id, name, value)
            with self.subTest(f"{record._name} {name}"):
                self.assert_same()
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()

    def test_lists_that_nobody_filled_are_the_same_to_both_ways(self):
        category = self.env["res.partner.category"].create({"name": "Planted"})
        tag = self.env["crm.tag"].create({"name": "Planted"})
        person, deal = self.loaded("people", "1"), self.loaded("deals", "2")
        self.env.cr.execute(
            "INSERT INTO res_partner_res_partner_category_rel VALUES (%s, %s)",
            [category.id, person.id],
        )
        self.env.cr.execute(
            "INSERT INTO crm_tag_rel (lead_id, tag_id) VALUES (%s, %s)",
            [deal.id, tag.id],
        )
        self.env.invalidate_all()
        found = {(each[0], each[4]) for each in self.assert_same()}
        self.assertIn(("people", "category_id"), found)
        self.assertIn(("deals", "tag_ids"), found)

    def test_a_change_of_who_attends_is_found_by_both_ways(self):
        meeting, visit = self.loaded("meetings", "1"), self.loaded("visits", "2")
        other = self.loaded("companies", "1")
        first = self.env["calendar.attendee"].search(
            [("event_id", "=", meeting.id)], order="partner_id", limit=1
        )
        fields = self.env["calendar.attendee"]._fields
        planted = [
            (field, value)
            for field in fields.values()
            if field.store and field.column_type and field.name != "id"
            for value in self.make_others(first, field)
        ]
        found = 0
        for field, value in planted:
            savepoint = self.env.cr.savepoint()
            try:
                with self.env.cr.savepoint():
                    self.change(first._table, first.id, field.name, value)
            except psycopg2.Error:
                continue
            with self.subTest(f"{field.name} {value}"):
                found += bool(self.assert_same(("meetings", "visits")))
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()
        self.assertGreater(found, 12)
        relation = "calendar_event_res_partner_rel"
        for query, value in (
            (f"DELETE FROM {relation} WHERE calendar_event_id = %s", (meeting.id,)),
            ("DELETE FROM calendar_attendee WHERE id = %s", (first.id,)),
            (
                "INSERT INTO calendar_attendee (event_id, partner_id, state)"
                " VALUES (%s, %s, 'accepted')",
                (visit.id, other.id),
            ),
            (f"INSERT INTO {relation} VALUES (%s, %s)", (visit.id, other.id)),
            (
                "UPDATE res_users SET active = FALSE WHERE id = %s",
                (meeting.user_id.id,),
            ),
            (
                "UPDATE res_partner SET name = 'Another' WHERE id = %s",
                (first.partner_id.id,),
            ),
        ):
            savepoint = self.env.cr.savepoint()
            self.env.cr.execute(query, value)
            self.env.invalidate_all()
            with self.subTest(query):
                self.assertTrue(self.assert_same(("meetings", "visits")))
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()

    def test_what_was_deleted_is_missed_by_both_ways(self):
        for stream in STREAMS:
            record = self.loaded(stream, "11")
            self.env.flush_all()
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE id = %s",
                    SQL.identifier(record._table),
                    record.id,
                )
            )
        self.env.invalidate_all()
        self.assertIn("id", {each[4] for each in self.assert_same()})
