"""The page Data Quality: each flaw with its total, and each total with its records."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..loader_common import LoaderCase


@tagged("post_install", "-at_install")
class TestQuality(LoaderCase):
    def setUp(self):
        super().setUp()
        self.env["crm.migration.value.map"].create(
            {
                "job_id": self.job.id,
                "list": "countries",
                "key": "Portugal",
                "model_name": "res.country",
                "target_ref": f"res.country,{self.env.ref('base.pt').id}",
                "decision": "map",
            }
        )
        self.put(
            "people",
            "res.partner",
            {
                "1": {
                    "name": "Ana",
                    "email": "ana@a.example",
                    "phone": "+351 210 000 001",
                },
                "2": {
                    "name": "Rui",
                    "email": "ANA@a.example ",
                    "phone": "351210000001",
                },
                "3": {"name": "", "email": "rui at a.example", "phone": "ask Ana"},
                "4": {"name": "Eva", "phone": "12"},
                "5": {"name": "Zé", "email": '"Zé" <ze@a.example>', "phone": " "},
                "6": {
                    "name": "Ida",
                    "email": "ida@a.example",
                    "phone": "+49 30 897069 ext. 12",
                    "vat": "PT501442600",
                },
                "7": {
                    "name": "Udo",
                    "email": "udo@a.example",
                    "phone": "+49 30 897068",
                    "vat": "501442601",
                    "country_id": {"$map": ["countries", "Portugal"]},
                    "parent_id": {"$ref": ["companies", "99"]},
                },
            },
        )
        self.put(
            "deals",
            "crm.lead",
            {
                "1": {"name": "Old", "date_deadline": "2019-01-31"},
                "2": {"name": "Won", "date_deadline": "2019-01-31", "@state": "won"},
                "3": {
                    "name": "Far",
                    "date_deadline": "2999-01-01",
                    "@created_at": "1066-10-14 09:00:00",
                    "partner_id": {"$ref": ["people", "1"]},
                },
            },
        )

    def put(self, stream, model, rows):
        """Stage rows as the transformation leaves them, with the lines that made them."""
        mapping = self.mapping(stream, model)
        names = dict.fromkeys(name for values in rows.values() for name in values)
        self.env["crm.migration.mapping.line"].create(
            [
                {
                    "mapping_id": mapping.id,
                    "source": name.strip("@"),
                    "target": name,
                    "state": "accepted",
                }
                for name in names
            ]
        )
        self.stage(
            stream,
            model,
            {key: {**row, "@mapping": mapping.id} for key, row in rows.items()},
        )

    def get_totals(self):
        """Return (object, kind) → row."""
        rows = self.env["crm.migration.quality"].search([("job_id", "=", self.job.id)])
        return {(row.stream_id.name, row.kind): row for row in rows}

    def look(self):
        self.job.action_open_quality()
        return self.get_totals()

    def test_each_flaw_is_counted(self):
        found = {
            key: (row.count, row.total) for key, row in self.look().items() if row.count
        }
        self.assertEqual(
            found,
            {
                ("people", "name_missing"): (1, 7),
                ("people", "email_blank"): (1, 7),
                ("people", "email_invalid"): (1, 7),
                ("people", "email_duplicate"): (2, 7),
                ("people", "phone_blank"): (1, 7),
                ("people", "phone_invalid"): (2, 7),
                ("people", "phone_duplicate"): (2, 7),
                ("people", "vat_invalid"): (1, 7),
                ("people", "orphan"): (1, 7),
                ("deals", "deal_overdue"): (1, 3),
                ("deals", "date_far"): (1, 3),
            },
        )

    def test_what_was_looked_for_in_vain_is_told(self):
        totals = self.look()
        self.assertEqual(totals["deals", "orphan"].count, 0)
        self.assertAlmostEqual(totals["people", "email_duplicate"].share, 28.57, 1)

    def test_each_total_opens_its_records_with_the_value(self):
        total = self.look()["people", "email_duplicate"]
        action = total.action_open_records()
        records = (
            self.env["crm.migration.record"]
            .with_context(**action["context"])
            .search(action["domain"])
        )
        self.assertEqual(
            {record.source_id: record.quality_value for record in records},
            {"1": "ana@a.example", "2": "ANA@a.example"},
        )

    def test_who_wrote_a_message_is_nobody_to_be_reached(self):
        rows = {str(n): {"email_from": "a@a.example", "subject": ""} for n in range(2)}
        self.put("mails", "mail.message", rows)
        kinds = {kind for stream, kind in self.look() if stream == "mails"}
        self.assertEqual(kinds, {"orphan"})

    def test_looking_again_sees_what_was_corrected(self):
        self.look()
        record = self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id), ("source_id", "=", "4")]
        )
        record.edits = {"": {"email": "eva@a.example", "phone": "+351210000009"}}
        # As the button above the list calls it.
        known = {"default_job_id": self.job.id}
        self.env["crm.migration.quality"].with_context(**known).action_look_again()
        totals = self.get_totals()
        self.assertEqual(totals["people", "email_blank"].count, 0)
        self.assertEqual(totals["people", "phone_invalid"].count, 1)

    def test_skipped_and_vanished_records_are_not_looked_at(self):
        records = self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id), ("stream", "=", "people")], order="id"
        )
        records[2].state = "skipped"
        records[6].vanished_at = "2026-01-01"
        totals = self.look()
        self.assertEqual(totals["people", "name_missing"].count, 0)
        self.assertEqual(totals["people", "name_missing"].total, 5)
        self.assertEqual(totals["people", "vat_invalid"].count, 0)

    def test_what_the_mapping_could_make_nothing_of_is_invalid_not_blank(self):
        record = self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id), ("source_id", "=", "4")]
        )
        self.env["crm.migration.message"].create(
            {
                "job_id": self.job.id,
                "run_id": self.load_run.id,
                "record_id": record.id,
                "phase": "transform",
                "severity": "warning",
                "code": "bad_email",
                "text": "No address.",
                "value": "eva(at)a.example",
            }
        )
        totals = self.look()
        self.assertEqual(totals["people", "email_blank"].count, 0)
        self.assertEqual(totals["people", "email_invalid"].count, 2)

    def test_reviewers_look_and_others_do_not(self):
        group = "crm_migration.crm_migration_group_reviewer"
        reviewer = new_test_user(
            self.env, "quality_reviewer", f"base.group_user,{group}"
        )
        self.job.with_user(reviewer).action_open_quality()
        totals = self.get_totals()
        self.assertTrue(totals["people", "orphan"].with_user(reviewer).advice)
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            "quality_stranger",
            f"base.group_user,{group}",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        with self.assertRaises(AccessError):
            self.job.with_user(stranger).action_open_quality()
        seen = self.env["crm.migration.quality"].with_user(stranger).search([])
        self.assertFalse(seen)
        with self.assertRaises(AccessError):
            totals["people", "orphan"].with_user(reviewer).write({"count": 0})
