"""A sample is some records and what hangs together with them, loaded for real."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ...connectors.core.source import Stream
from ...connectors.mapping.parts import ValueList
from ...connectors.mapping.vocabulary import (
    constant,
    email,
    field,
    html,
    lookup,
    lookup_by,
    mapping,
    strip,
    value_map,
)
from ...wizards import crm_migration_sample
from ..common import CrmMigrationCase, FakeSource
from ..digests import get_digest, get_rows

STREAMS = (
    Stream("companies", "Companies"),
    Stream("contacts", "Contacts", depends_on=("companies",)),
    Stream("deals", "Deals"),
    Stream("notes", "Notes"),
)
MAPPINGS = (
    mapping(
        "companies",
        "res.partner",
        field("name", "name", strip, required=True),
        field("is_company", None, constant(True)),
        field("parent_id", "parent", lookup("companies")),
    ),
    mapping(
        "contacts",
        "res.partner",
        field("name", "name", strip, required=True),
        field("email", "email", email),
        field("parent_id", "company", lookup_by("companies", "name")),
        after=("companies",),
    ),
    mapping(
        "deals",
        "crm.lead",
        field("name", "title", strip, required=True),
        field("type", None, constant("opportunity")),
        field("partner_id", "contact", lookup("contacts")),
        field("stage_id", "stage", value_map("stages")),
        after=("contacts",),
    ),
    mapping(
        "notes",
        "mail.message",
        field("body", "text", html, required=True),
        field("@thread", "deal", lookup("deals")),
        after=("deals",),
    ),
)
LISTS = (ValueList("stages", "Stages", "crm.stage", create=True),)
NAMES = ["Lund", "Ek", "Holm", "Berg", "Dahl", "Lind", "Strand", "Falk"]


@tagged("post_install", "-at_install")
class SampleCase(CrmMigrationCase):
    maxDiff = None

    def setUp(self):
        super().setUp()
        self.patch(FakeSource, "streams", STREAMS)
        self.patch(FakeSource, "get_mappings", lambda source: MAPPINGS)
        self.patch(FakeSource, "get_value_lists", lambda source: LISTS)
        self.job.duplicate_policy = "keep"
        self.use_source(
            companies=[
                {"id": n, "name": name, "parent": 1 if n in (4, 6) else None}
                for n, name in enumerate(NAMES, 1)
            ],
            contacts=[
                {
                    "id": n,
                    "name": f"Person {n}",
                    "email": f"p{n}@sample.example",
                    # By name, and written carelessly.
                    "company": f" {NAMES[n % 8].upper()}",
                }
                for n in range(1, 21)
            ],
            deals=[
                {"id": n, "title": f"Deal {n}", "contact": n % 20 + 1, "stage": "Drawn"}
                for n in range(1, 31)
            ],
            notes=[
                {"id": n, "text": f"<p>Note {n}</p>", "deal": n % 30 + 1}
                for n in range(1, 41)
            ],
        )

    def walk(self, stream, keys):
        """Return object → ids of what a sample of these is, from the raw rows alone."""
        data = {
            name: {row["id"]: row for row in rows}
            for name, rows in FakeSource.data.items()
        }
        by_name = {row["name"].lower(): row["id"] for row in data["companies"].values()}

        def above(name, key):
            row = data[name][key]
            if name == "companies":
                return [("companies", row["parent"])] if row["parent"] else []
            if name == "contacts":
                return [("companies", by_name[row["company"].strip().lower()])]
            target = {"deals": ("contacts", "contact"), "notes": ("deals", "deal")}[
                name
            ]
            return [(target[0], row[target[1]])]

        everything = [(name, key) for name in data for key in data[name]]
        found, added = {(stream, key) for key in keys}, True
        while added:
            added = {one for one in everything if found & set(above(*one))} - found
            found |= added
        added = True
        while added:
            added = {up for one in found for up in above(*one)} - found
            found |= added
        result = {}
        for name, key in found:
            result.setdefault(name, set()).add(str(key))
        return result

    def get_loaded(self):
        self.env.invalidate_all()
        result = {}
        for record in self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id), ("state", "=", "loaded")]
        ):
            result.setdefault(record.stream, set()).add(record.source_id)
        return result

    def load_sample(self, stream="companies", size=2, seed="7", domain=None):
        wanted = {"stream": stream, "size": size, "seed": seed, "filter": domain}
        run = self.run_kind("load", {"sample": wanted})
        self.assertEqual(run.state, "done", run.blocked_reason)
        return run

    def get_roots(self, stream, size=2, seed="7", domain=None):
        wanted = {"stream": stream, "size": size, "seed": seed, "filter": domain}
        ids = self.env["crm.migration.loading.sample"]._draw(self.job, wanted)
        records = self.env["crm.migration.record"].browse(ids)
        return {int(key) for key in records.mapped("source_id")}


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


class TestSampleCommand(SampleCase):
    def test_the_command_loads_it_and_resume_the_rest(self):
        self.run_kinds("discover")
        plan = self.job._export_plan()
        jobs = self.env["crm.migration.job"].search([])
        options = {"plan": plan, "count": 2, "seed": "7", "object": "companies"}
        _status, said = self.call_replay("sample", **options)
        self.patch(type(self), "job", self.env["crm.migration.job"].search([]) - jobs)
        expected = self.walk("companies", self.get_roots("companies"))
        self.assertEqual(self.get_loaded(), expected)
        self.assertTrue(self.job.is_sample)
        self.assertTrue(any("2" in text for text in said))
        self.call_replay("resume")
        loaded = self.get_loaded()
        self.assertEqual(
            {name: len(keys) for name, keys in loaded.items()},
            {name: len(rows) for name, rows in FakeSource.data.items()},
        )
        self.assertFalse(self.job.is_sample)

    def test_an_interrupted_one_is_no_load_of_everything(self):
        self.run_kinds("discover")
        wanted = {"stream": "companies", "size": 2, "seed": "7", "filter": None}
        run = self.job._start_run("extract", {"sample": wanted})
        self.work(run, 1)
        self.call_replay("resume")
        expected = self.walk("companies", self.get_roots("companies"))
        self.assertEqual(self.get_loaded(), expected)

    def test_an_object_that_is_not_there_is_named(self):
        self.run_kinds("discover")
        plan = self.job._export_plan()
        status, said = self.call_replay(
            "sample", plan=plan, count=2, seed="7", object="machines"
        )
        self.assertEqual(status, 2)
        self.assertIn("machines", " ".join(said))
