"""A small migration from the first look to the rollback, and what must hold on the way."""

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...connectors.mapping.apply import Problem
from ..common import CrmMigrationCase

STORY = {
    "companies": [
        {
            "id": 1,
            "name": "Azulejos Norte",
            "email": "geral@norte.example",
            "owner": "7",
        },
        {
            "id": 2,
            "name": "東京タイル株式会社",
            "email": "marta at norte",
            "created_at": "2001-02-03 04:05:06",
        },
        {"id": 3, "name": ""},
        {"id": 4, "name": "L’Été & Fils", "website": "https://ete.example"},
    ],
    "contacts": [
        {
            "id": 1,
            "name": "Marta Oliveira",
            "email": "marta@norte.example",
            "company_id": 1,
        },
        {"id": 2, "name": "مريم", "company_id": 3},
        {"id": 3, "name": "O'Neill", "company_id": 99},
    ],
    "deals": [
        {"id": 1, "title": "Façade", "amount": "1,234.50", "company_id": 1},
        {"id": 2, "title": "Roof", "amount": "a lot"},
    ],
}


@tagged("post_install", "-at_install")
class TestPhases(CrmMigrationCase):
    def stage(self, **streams):
        self.use_source(**{**STORY, **streams})
        self.run_kinds("discover", "extract")

    def load(self):
        with mute_logger("odoo.sql_db"):
            run = self.run_kind("load")
        self.assertEqual(run.state, "done", run.blocked_reason)
        return run

    def get_sums(self, run):
        return {
            row.stream_id.name: (
                row.source_count,
                row.created_count,
                row.merged_count,
                row.skipped_count,
                row.failed_count,
            )
            for row in run.result_ids
        }

    def get_versions(self):
        """Return staging id → where its row stands in the table now."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT id, ctid FROM crm_migration_record WHERE job_id = %s", [self.job.id]
        )
        return dict(self.env.cr.fetchall())

    def test_preparing_again_rewrites_only_what_is_new(self):
        self.stage(contacts=STORY["contacts"][:2])
        before = self.get_versions()
        changed = self.staged("companies").filtered(lambda r: r.source_id == "4")
        line = changed.stream_id.mapping_ids.line_ids.filtered(
            lambda each: each.target == "website"
        )
        self.assertEqual(self.run_kind("transform").state, "done")
        problems = self.staged("companies").filtered("message").ids
        problems += self.staged("deals").filtered("message").ids
        moved = {i for i, place in self.get_versions().items() if place != before[i]}
        self.assertLessEqual(moved, set(problems))
        line.write({"state": "ignored", "ignore_reason": "Not needed."})
        self.assertEqual(self.run_kind("transform").state, "done")
        moved = {i for i, place in self.get_versions().items() if place != before[i]}
        self.assertLessEqual(set(changed.ids), moved)
        self.assertLessEqual(moved, {*problems, *changed.ids})
        self.assertNotIn("website", changed.values[""])

    def test_everything_is_loaded_or_accounted_for(self):
        self.stage()
        run = self.load()
        self.assertEqual(
            self.get_sums(run),
            {
                "companies": (4, 3, 0, 0, 1),
                "contacts": (3, 3, 0, 0, 0),
                "deals": (2, 2, 0, 0, 0),
            },
        )
        self.assertTrue(all(row.is_balanced for row in run.result_ids))
        marta = self.migrated("contacts", "1")
        self.assertEqual(marta.parent_id, self.migrated("companies", "1"))
        self.assertEqual(self.migrated("deals", "1").expected_revenue, 1234.5)
        self.assertEqual(
            str(self.migrated("companies", "2").create_date), "2001-02-03 04:05:06"
        )

    def test_what_does_not_fit_is_named_with_record_field_and_reason(self):
        self.stage()
        self.load()
        messages = self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id)]
        )
        found = {(m.stream, m.source_id, m.field, m.code) for m in messages}
        self.assertIn(("companies", "2", "email", "bad_email"), found)
        self.assertIn(("companies", "3", "name", "required"), found)
        self.assertIn(("deals", "2", "expected_revenue", "not_a_number"), found)
        self.assertTrue(all(m.text and m.code not in m.text for m in messages))
        # The value itself is not lost.
        self.assertIn("a lot", self.migrated("deals", "2").description or "")
        self.assertIn("marta at norte", self.migrated("companies", "2").comment or "")

    def test_loading_again_changes_nothing(self):
        self.stage()
        self.load()
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT count(*), max(id), max(write_date) FROM res_partner"
        )
        before = self.env.cr.fetchone()
        run = self.load()
        self.env.cr.execute(
            "SELECT count(*), max(id), max(write_date) FROM res_partner"
        )
        self.assertEqual(self.env.cr.fetchone(), before)
        row = run.result_ids.filtered(lambda line: line.stream_id.name == "contacts")
        self.assertEqual((row.created_count, row.unchanged_count), (0, 3))

    def test_verification_compares_every_field_and_finds_what_was_changed(self):
        self.stage()
        self.load()
        run = self.run_kind("verify")
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.assertGreater(run.compared_count, 15)
        self.assertEqual(self.job.difference_count, 0)
        self.migrated("contacts", "1").name = "Somebody else"
        self.run_kind("verify")
        difference = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertEqual(
            (difference.field, difference.expected, difference.found),
            ("name", "Marta Oliveira", "Somebody else"),
        )

    def test_rolling_back_leaves_nothing_but_what_was_there(self):
        self.env.flush_all()
        self.env.cr.execute("SELECT array_agg(id ORDER BY id) FROM res_partner")
        before = self.env.cr.fetchone()
        self.stage()
        self.load()
        run = self.run_kind("rollback")
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.env.flush_all()
        self.env.cr.execute("SELECT array_agg(id ORDER BY id) FROM res_partner")
        self.assertEqual(self.env.cr.fetchone(), before)
        self.assertFalse(
            self.env["crm.migration.id.map"].search([("job_id", "=", self.job.id)])
        )
        # And the same can be loaded once more.
        self.assertEqual(self.get_sums(self.load())["contacts"], (3, 3, 0, 0, 0))

    def test_what_a_person_worked_on_survives_the_rollback(self):
        self.stage()
        self.load()
        marta = self.migrated("contacts", "1")
        self.env.cr.execute("SELECT now() AT TIME ZONE 'UTC' + interval '1 hour'")
        marta.write({"function": "Head of Purchasing"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = now() AT TIME ZONE 'UTC' + interval '1 hour'"
            " WHERE id = %s",
            [marta.id],
        )
        self.env.invalidate_all()
        self.run_kind("rollback")
        self.assertTrue(marta.exists())
        self.assertTrue(self.migrated("contacts", "1"))
        self.assertFalse(self.migrated("contacts", "2"))

    def test_a_dry_run_predicts_the_load_and_leaves_no_trace(self):
        self.stage()
        self.env.flush_all()
        tables = "res_partner", "crm_lead", "crm_migration_id_map", "mail_message"
        counts = {}
        for table in tables:
            self.env.cr.execute(f"SELECT count(*) FROM {table}")
            counts[table] = self.env.cr.fetchone()
        with self.enter_registry_test_mode(), mute_logger("odoo.sql_db"):
            run = self.run_kind("dry_run")
        self.assertEqual(run.state, "done", run.blocked_reason)
        for table in tables[:3]:
            self.env.cr.execute(f"SELECT count(*) FROM {table}")
            self.assertEqual(self.env.cr.fetchone(), counts[table], table)
        predicted = self.get_sums(run)
        self.assertEqual(set(self.staged("contacts").mapped("state")), {"ready"})
        self.assertEqual(self.get_sums(self.load()), predicted)

    def test_a_second_dry_run_holds_nothing_that_the_rehearsed_load_wants(self):
        """It rehearses by a connection of its own, which would wait for ever."""
        self.stage()
        domain = [("job_id", "=", self.job.id), ("phase", "=", "dry_run")]
        phase, seen = type(self.env["crm.migration.phase.dry_run"]), []
        rehearse = phase._rehearse

        def watched(self, run, seconds):
            seen.append(self.env["crm.migration.message"].search_count(domain))
            return rehearse(self, run, seconds)

        self.patch(phase, "_rehearse", watched)
        with self.enter_registry_test_mode(), mute_logger("odoo.sql_db"):
            for _number in range(2):
                run = self.run_kind("dry_run")
                self.assertEqual(run.state, "done", run.blocked_reason)
        told = self.env["crm.migration.message"].search_count(domain)
        self.assertTrue(told)
        self.assertEqual(seen, [0, told])

    def test_unknown_owners_wait_or_get_a_placeholder(self):
        self.job.owner_policy = "wait"
        self.stage()
        owner = self.job.owner_ids
        self.assertEqual((owner.key, owner.count, owner.decision), ("7", 1, False))
        with self.assertRaisesRegex(UserError, "owner"):
            self.job.action_load()
        owner.decision = "placeholder"
        self.load()
        user = self.migrated("companies", "1").user_id
        self.assertTrue(user)
        self.assertFalse(user.active)

    def test_duplicates_wait_for_a_decision_and_merge_keeps_what_odoo_has(self):
        ours = self.env["res.partner"].create(
            {
                "name": "Azulejos Norte",
                "is_company": True,
                "email": "GERAL@norte.example",
                "city": "Porto",
            }
        )
        self.stage()
        duplicate = self.job.duplicate_ids
        self.assertEqual((duplicate.kind, duplicate.res_id), ("odoo", ours.id))
        self.assertEqual(duplicate.score, 100)
        with self.assertRaisesRegex(UserError, "duplicate"):
            self.job.action_load()
        duplicate.decision = "merge"
        run = self.load()
        self.assertEqual(self.get_sums(run)["companies"], (4, 2, 1, 0, 1))
        self.assertEqual(self.migrated("companies", "1"), ours)
        self.assertEqual((ours.city, ours.email), ("Porto", "GERAL@norte.example"))
        self.run_kind("rollback")
        self.assertTrue(ours.exists())

    def test_twins_within_the_source_are_found_and_merged_only_on_demand(self):
        twins = [
            {"id": 1, "name": "Ana", "email": "ana@norte.example"},
            {"id": 2, "name": "ANA", "email": "Ana@Norte.example"},
        ]
        self.job.duplicate_policy = "merge"
        self.stage(contacts=twins, companies=[], deals=[])
        self.assertEqual(self.job.duplicate_ids.decision, "merge")
        self.load()
        self.assertEqual(self.migrated("contacts", "1"), self.migrated("contacts", "2"))

    def test_a_job_that_wants_signatures_stops_after_each_object(self):
        self.job.sign_off = "manual"
        self.stage()
        with mute_logger("odoo.sql_db"):
            run = self.run_kind("load")
        self.assertEqual(run.state, "blocked")
        self.assertIn("Companies", run.blocked_reason)
        self.assertFalse(self.migrated("contacts", "1"))
        for _object in range(3):
            rows = run.result_ids.filtered(lambda r: not r.signed_at and r.is_balanced)
            rows.action_sign()
            self.job.action_resume()
            self.work(run)
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.assertTrue(self.migrated("contacts", "1"))

    def test_what_only_the_connector_calls_so_is_named_by_its_target(self):
        phase = self.env["crm.migration.phase.transform"]
        for source, shown in (
            ("name", "name"),
            ("_parent", "@thread"),
            ("_links.objectid", "@thread"),
            ("", "@thread"),
        ):
            problem = Problem("@thread", source, "required", "error")
            self.assertEqual(phase._name_field(problem), shown)

    def test_a_rehearsal_waits_for_no_signature(self):
        self.job.sign_off = "manual"
        self.stage()
        with self.enter_registry_test_mode(), mute_logger("odoo.sql_db"):
            run = self.run_kind("dry_run")
        self.assertEqual(run.state, "done", run.blocked_reason)
        predicted = self.get_sums(run)
        self.assertEqual([predicted[name][1] for name in STORY], [3, 3, 2])

    def count_queries(self, size):
        """Return kind of run → queries, for so many records of each object."""
        people = [{"id": i, "name": f"{size} {i}"} for i in range(1, size + 1)]
        linked = [
            {**row, "title": row["name"], "company_id": row["id"]} for row in people
        ]
        self.job = self.job.copy({"name": f"{size}"})
        self.stage(companies=people, contacts=linked, deals=linked)
        counts = {}
        for kind in ("transform", "load", "verify", "rollback"):
            before = self.env.cr.sql_log_count
            with mute_logger("odoo.sql_db"):
                run = self.run_kind(kind)
            self.assertEqual(run.state, "done", run.blocked_reason)
            self.env.flush_all()
            counts[kind] = self.env.cr.sql_log_count - before
        return counts

    def test_more_records_take_no_more_queries(self):
        few, many = self.count_queries(20), self.count_queries(120)
        for kind, count in few.items():
            with self.subTest(kind=kind):
                self.assertLess(many[kind], count + 60)

    def test_a_new_field_is_created_shown_and_removed_with_the_rollback(self):
        self.env["res.lang"]._activate_lang("de_DE")
        shoes = [{"id": 1, "name": "Marta", "shoe_size": 38}]
        self.stage(contacts=shoes, companies=[], deals=[])
        line = self.job.mapping_ids.line_ids.filtered(lambda x: x.source == "shoe_size")
        self.assertEqual((line.state, line.fill_count), ("open", 1))
        self.assertTrue(self.get_messages("field_in_notes"))
        line.sudo()._accept_custom()
        self.run_kind("transform")
        self.load()
        self.assertEqual(self.migrated("contacts", "1").x_shoe_size, 38)
        partners = self.env["res.partner"]
        self.assertIn("x_shoe_size", partners.get_view(view_type="form")["arch"])
        german = partners.with_context(lang="de_DE").get_view(view_type="form")["arch"]
        self.assertIn('string="Migriert"', german)
        self.run_kind("rollback")
        self.assertNotIn("x_shoe_size", self.env["res.partner"]._fields)

    def test_a_plan_repeats_the_decisions_on_another_migration(self):
        self.stage()
        self.job.owner_ids.write({"decision": "empty"})
        plan = self.job._export_plan()
        self.assertNotIn("token", str(plan))
        other = self.env["crm.migration.job"]._import_plan(plan)
        self.patch(type(self), "job", other)
        self.stage()
        self.assertEqual(other.owner_ids.decision, "empty")
        self.load()
        self.assertTrue(self.migrated("contacts", "1"))
