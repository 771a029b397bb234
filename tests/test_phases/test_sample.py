"""A sample is some records and what hangs together with them, loaded for real."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ...wizards import crm_migration_sample
from ..common import FakeSource
from ..digests import get_digest, get_rows
from .sample_case import SampleCase


@tagged("post_install", "-at_install")
class TestSample(SampleCase):
    def test_it_is_what_hangs_together_and_nothing_else(self):
        self.run_kinds("discover", "extract")
        for stream, size, seed in (
            ("companies", 1, "1"),
            ("companies", 2, "7"),
            ("contacts", 3, "7"),
            ("deals", 4, "x"),
            ("notes", 1, "7"),
        ):
            with self.subTest(stream=stream, seed=seed):
                roots = self.get_roots(stream, size, seed)
                self.assertEqual(len(roots), size)
                self.load_sample(stream, size, seed)
                self.assertEqual(self.get_loaded(), self.walk(stream, roots))
                self.job.action_roll_back_sample()
                self.work(self.job.run_id)
                self.assertEqual(self.get_loaded(), {})

    def test_a_filter_chooses_the_roots(self):
        self.run_kinds("discover", "extract")
        self.load_sample(domain=[["name", "in", ["Ek", "Holm", "Berg"]]], size=25)
        self.assertEqual(self.get_loaded(), self.walk("companies", {2, 3, 4}))

    def test_its_sums_are_of_the_sample_alone(self):
        self.run_kinds("discover", "extract")
        run = self.load_sample()
        expected = self.walk("companies", self.get_roots("companies"))
        sums = {row.stream_id.name: row for row in run.result_ids}
        for name, keys in expected.items():
            self.assertEqual(sums[name].created_count, len(keys))
            self.assertEqual(sums[name].staged_count, len(keys))
            self.assertTrue(sums[name].is_balanced)
        self.assertTrue(self.job.is_sample)
        self.assertEqual(self.job.phase, "review")
        self.run_kinds("verify")
        self.assertEqual(self.job.phase, "review")
        self.assertEqual(self.job._count_open(), (0, 0))

    def test_a_problem_outside_of_it_is_no_failure_yet(self):
        FakeSource.data["companies"].append({"id": 9, "name": "", "parent": None})
        self.run_kinds("discover", "extract")
        run = self.load_sample(domain=[["name", "=", "Ek"]])
        self.assertFalse(run.failed_count)
        [record] = self.staged("companies").filtered(lambda r: r.source_id == "9")
        self.assertEqual(record.state, "problem")

    def test_rolled_back_everything_is_as_before(self):
        before = get_digest(self.env)
        partners = get_rows(self.env, "res_partner")
        self.run_kinds("discover", "extract")
        self.load_sample()
        self.assertNotEqual(get_digest(self.env), before)
        self.job.action_roll_back_sample()
        self.work(self.job.run_id)
        self.env.invalidate_all()
        self.assertEqual(self.job.run_id.state, "done")
        self.assertEqual(get_rows(self.env, "res_partner"), partners)
        after = get_digest(self.env)
        self.assertEqual({n for n in after if after[n] != before.get(n)}, set())
        self.assertFalse(self.job.is_sample)
        self.assertFalse(self.staged("companies").filtered("is_sampled"))
        with self.assertRaises(UserError):
            self.job.action_roll_back_sample()

    def describe(self):
        """Return what stands in Odoo, by names instead of ids."""
        self.env.invalidate_all()
        links = self.env["crm.migration.id.map"].search(
            [("job_id", "=", self.job.id)], order="stream, source_id, part"
        )
        told = []
        for link in links:
            record = self.env[link.res_model].browse(link.res_id)
            values = {
                "res.partner": lambda r: (r.name, r.email, r.parent_id.name),
                "crm.lead": lambda r: (
                    *(r.name, r.partner_id.name, r.stage_id.name, r.type),
                    [str(m.body) for m in r.message_ids.sorted("id")],
                ),
                "mail.message": lambda r: (str(r.body), r.model, r.record_name),
            }[link.res_model](record)
            told.append((link.stream, link.source_id, link.outcome, values))
        return told

    def test_kept_and_continued_it_ends_like_a_load_in_one_go(self):
        self.run_kinds("discover", "extract")
        self.run_kinds("load", "verify")
        at_once = self.describe()
        self.run_kinds("rollback")
        self.load_sample()
        links = self.env["crm.migration.id.map"].search([("job_id", "=", self.job.id)])
        sampled = {(link.res_model, link.res_id) for link in links}
        stamps = {link.id: (link.loaded_at, link.run_id.id) for link in links}
        self.job.action_continue_sample()
        self.work(self.job.run_id)
        self.assertEqual(self.job.run_id.state, "done")
        self.env.invalidate_all()
        self.assertEqual(self.describe(), at_once)
        # The sample is what it was: nothing is there twice or written again.
        self.assertEqual(
            {link.id: (link.loaded_at, link.run_id.id) for link in links}, stamps
        )
        later = self.env["crm.migration.id.map"].search(
            [("job_id", "=", self.job.id), ("id", "not in", links.ids)]
        )
        self.assertFalse(sampled & {(one.res_model, one.res_id) for one in later})
        self.assertFalse(self.job.is_sample)
        self.assertFalse(self.staged("companies").filtered("is_sampled"))
        self.assertEqual(self.job.phase, "verify")
        run = self.run_kinds("verify")
        self.assertTrue(run.compared_count)
        self.assertEqual(self.job._count_open(), (0, 0))
        self.assertEqual(self.job.phase, "done")

    def test_killed_anywhere_it_goes_on_as_the_same_sample(self):
        self.run_kinds("discover", "extract")
        expected = self.walk("companies", self.get_roots("companies"))
        wanted = {"stream": "companies", "size": 2, "seed": "7", "filter": None}
        target = self.env.registry["crm.migration.target"]
        self.patch(target, "_chunk", 2)
        run = self.job._start_run("load", {"sample": wanted})
        batches = 0
        while run.state == "running" and batches < 1000:
            # What a batch did is lost with its worker, then done again.
            savepoint = self.env.cr.savepoint()
            run._advance_safely()
            self.env.flush_all()
            savepoint.rollback()
            self.env.invalidate_all()
            run._advance_safely()
            batches += 1
        self.assertEqual(run.state, "done")
        self.assertEqual(self.get_loaded(), expected)
        links = self.env["crm.migration.id.map"].search([("job_id", "=", self.job.id)])
        self.assertEqual(len(links), sum(map(len, expected.values())))

    def test_after_a_load_it_is_some_of_what_is_still_to_do(self):
        self.run_kinds("discover", "extract", "load")
        FakeSource.data["companies"].append({"id": 9, "name": "Vik", "parent": None})
        FakeSource.data["companies"].append({"id": 10, "name": "Ås", "parent": None})
        self.run_kind("extract", {"again": True})
        run = self.load_sample(domain=[["name", "=", "Vik"]])
        self.assertEqual(run.created_count, 1)
        self.assertFalse(self.job.is_sample)
        # What changed or is new is still counted.
        stream = self.job.stream_ids.filtered(lambda s: s.name == "companies")
        self.assertTrue(stream.new_count)

    def test_a_second_one_is_verified_together_with_the_first(self):
        self.run_kinds("discover", "extract")
        self.load_sample(domain=[["name", "=", "Ek"]])
        first = self.get_loaded()
        self.load_sample(domain=[["name", "=", "Falk"]])
        loaded = self.get_loaded()
        self.assertNotEqual(loaded, first)
        self.assertTrue(self.job.is_sample)
        run = self.run_kind("verify")
        sums = {row.stream_id.name: row.staged_count for row in run.result_ids}
        expected = {name: len(keys) for name, keys in loaded.items()}
        self.assertEqual({n: sums[n] for n in expected}, expected)

    def test_verified_after_a_load_nothing_is_left_out_of_the_sums(self):
        self.run_kinds("discover", "extract", "load")
        FakeSource.data["companies"].append({"id": 9, "name": "Vik", "parent": None})
        self.run_kind("extract", {"again": True})
        self.load_sample(domain=[["name", "=", "Vik"]])
        run = self.run_kind("verify")
        sums = {row.stream_id.name: row.staged_count for row in run.result_ids}
        self.assertEqual(
            sums, {"companies": 9, "contacts": 20, "deals": 30, "notes": 40}
        )

    def test_only_a_sample_is_loaded_so_nothing_else_begins_by_itself(self):
        self.run_kinds("discover", "extract")
        self.load_sample()
        with self.assertRaises(UserError):
            self.job.action_cut_over()
        self.job.delta_interval = "daily"
        self.env["crm.migration.job"]._cron_delta()
        self.assertEqual(self.job.state, "idle")

    def test_the_records_are_shown_in_the_screens_of_odoo(self):
        self.run_kinds("discover", "extract")
        self.load_sample()
        expected = self.walk("companies", self.get_roots("companies"))
        self.assertEqual(
            self.job.sample_partner_count,
            len(expected["companies"]) + len(expected["contacts"]),
        )
        self.assertEqual(self.job.sample_lead_count, len(expected["deals"]))
        job = self.job.with_context(sample_model="crm.lead")
        action = job.action_open_sample_records()
        found = self.env["crm.lead"].search(action["domain"])
        self.assertEqual(len(found), len(expected["deals"]))

    def test_who_may(self):
        self.run_kinds("discover", "extract")
        self.load_sample()
        groups = "base.group_user,crm_migration.crm_migration_group_reviewer"
        reviewer = new_test_user(self.env, "rev.sample", groups=groups)
        job = self.job.with_user(reviewer)
        for name in (
            "action_ask_sample",
            "action_roll_back_sample",
            "action_continue_sample",
        ):
            with self.subTest(name=name), self.assertRaises(AccessError):
                getattr(job, name)()
        self.assertTrue(job.is_sample)
        with self.assertRaises(AccessError):
            self.env["crm.migration.sample"].with_user(reviewer).create(
                {"job_id": self.job.id}
            )


@tagged("post_install", "-at_install")
class TestSampleDialog(SampleCase):
    def open(self, **values):
        action = self.job.action_ask_sample()
        return (
            self.env[action["res_model"]]
            .with_context(**action["context"])
            .create(values)
        )

    def test_the_object_most_others_link_to_is_proposed(self):
        self.run_kinds("discover", "extract")
        wizard = self.open()
        self.assertEqual(wizard.stream_id.name, "companies")
        self.assertEqual(wizard.size, 25)
        self.assertTrue(wizard.seed)

    def test_what_hangs_on_them_is_counted_before_anything_is_written(self):
        self.run_kinds("discover", "extract")
        before = get_digest(self.env)
        wizard = self.open(size=2, seed="7")
        expected = self.walk("companies", self.get_roots("companies"))
        counted = {line.stream_id.name: line.count for line in wizard.object_ids}
        self.assertEqual(counted, {name: len(keys) for name, keys in expected.items()})
        self.assertEqual(get_digest(self.env), before)
        self.assertEqual(self.get_loaded(), {})
        wizard.action_load()
        self.work(self.job.run_id)
        self.assertEqual(self.get_loaded(), expected)
        self.assertIn("7", self.job.sample_text)

    def test_of_very_many_records_it_is_counted_when_asked(self):
        self.run_kinds("discover", "extract")
        self.patch(crm_migration_sample, "AT_ONCE", 10)
        wizard = self.open(size=2, seed="7")
        self.assertFalse(wizard.object_ids)
        action = wizard.action_count()
        self.assertEqual(action["res_id"], wizard.id)
        expected = self.walk("companies", self.get_roots("companies"))
        counted = {line.stream_id.name: line.count for line in wizard.object_ids}
        self.assertEqual(counted, {name: len(keys) for name, keys in expected.items()})

    def test_conditions_choose_with_a_live_count(self):
        self.run_kinds("discover", "extract")
        condition = {"column": "name", "operator": "in", "value": "Ek; Holm"}
        wizard = self.open(line_ids=[(0, 0, condition)])
        self.assertIn("2 of 8", wizard.count_text)
        wizard.action_load()
        self.work(self.job.run_id)
        self.assertEqual(self.get_loaded(), self.walk("companies", {2, 3}))

    def test_what_cannot_be_meant_is_said(self):
        self.run_kinds("discover", "extract")
        for values in (
            {"size": 0},
            {"size": 100_000},
            {"line_ids": [(0, 0, {"column": "name", "operator": "=", "value": "No"})]},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.open(**values).action_load()
