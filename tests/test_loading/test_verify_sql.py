"""By SQL the same differences are found as by Python, whatever somebody has changed."""

import json
import random
from datetime import datetime
from unittest.mock import patch

import psycopg2

from odoo.tests import tagged
from odoo.tools import SQL

from ...models.loading.plain_columns import HAS_PHONENUMBERS
from .verify_both_ways import ROWS, VerifyCase
from .verify_rows import STREAMS

WITHOUT_PYTHON = ("companies", "people", "deals", "leads", "meetings", "visits") + (
    *("todos", "calls", "notes", "mails"),
)


@tagged("post_install", "-at_install")
class TestVerifySql(VerifyCase):
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

    def test_a_column_is_worked_out_of_what_stands_there(self):
        before, deal = self.loaded("deals", "2"), self.loaded("deals", "3")
        for each in before, deal:  # for the first of them nothing else is worked out
            self.change("crm_lead", each.id, "probability", 20)
        self.change("crm_lead", deal.id, "prorated_revenue", 7)
        differences = self.assert_same(["deals"])
        found = {each[4]: each[6:8] for each in differences if each[3] == deal.id}
        fifth = round(deal.expected_revenue / 5, 2)
        self.assertEqual(found["prorated_revenue"], (str(fifth), "7.0"))
        self.assertIn("probability", found)

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
        ):
            self.check_values(stream, target, values)

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
