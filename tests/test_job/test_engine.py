"""How a migration is driven: batches, checkpoints, errors, pause and resume."""

import itertools

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ...connectors.core.errors import (
    AuthenticationError,
    FatalError,
    ForbiddenError,
    RecordError,
    RetryableError,
)
from ...connectors.core.source import Page, Record
from ..common import CrmMigrationCase, FakeSource

COMPANIES = [{"id": i, "name": f"Company {i}"} for i in range(1, 6)]
CONTACTS = [{"id": 1, "name": "Vera Example"}]


@tagged("post_install", "-at_install")
class TestEngine(CrmMigrationCase):
    def test_discovery_lists_the_objects_and_proposes_a_mapping(self):
        self.use_source(companies=[*COMPANIES, {"id": 9, "name": "X", "color": "red"}])
        run = self.run_kind("discover")
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.assertEqual(self.job.phase, "map")
        companies = self.job.stream_ids.filtered(lambda s: s.name == "companies")
        self.assertEqual(companies.source_count, 6)
        lines = companies.mapping_ids.line_ids
        self.assertEqual(lines.filtered(lambda x: x.source == "name").state, "accepted")
        # Nobody said what a colour is: it is shown, and not taken over by itself.
        self.assertEqual(lines.filtered(lambda x: x.source == "color").state, "open")

    def test_extraction_stages_every_record_exactly_as_given(self):
        awkward = {
            "id": 7,
            "name": "O’Neill & 東京 🚀",
            "tags": [],
            "n": None,
            "f": 0.1,
        }
        self.use_source(companies=[*COMPANIES, awkward])
        self.run_kind("discover")
        run = self.run_kind("extract")
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.assertEqual(len(self.staged("companies")), 6)
        record = self.staged("companies").filtered(lambda r: r.source_id == "7")
        self.assertEqual(record.payload, awkward)

    def test_a_staging_record_bears_the_name_that_a_person_would_call_it(self):
        rows = [{"id": 1, "fullname": "Ana Prado"}, {"id": 2, "first_name": "Ana"}]
        self.use_source(companies=[*rows, {"id": 3, "name": "Söder"}, {"id": 4}])
        self.run_kind("discover")
        self.run_kind("extract")
        names = {r.source_id: r.name for r in self.staged("companies")}
        self.assertEqual(
            names, {"1": "Ana Prado", "2": "Ana", "3": "Söder", "4": False}
        )

    def test_a_character_that_no_database_keeps_is_removed_and_reported(self):
        self.use_source(
            companies=[{"id": 1, "name": "A\x00B\ud83d", "path": "C:\\u0000"}]
        )
        self.run_kind("discover")
        self.run_kind("extract")
        payload = self.staged("companies").payload
        self.assertEqual(payload, {"id": 1, "name": "AB", "path": "C:\\u0000"})
        self.assertTrue(self.get_messages("nul_removed"))

    def test_a_number_that_is_none_costs_its_field_and_not_the_page(self):
        rows = [{"id": 1, "name": "A", "n": [float("nan")]}, {"id": 2, "n": 1e999}]
        self.use_source(companies=rows)
        self.run_kind("discover")
        run = self.run_kind("extract")
        self.assertEqual(run.state, "done", run.blocked_reason)
        found = {r.source_id: r.payload["n"] for r in self.staged("companies")}
        self.assertEqual(found, {"1": ["nan"], "2": "inf"})

    def test_reading_twice_stages_nothing_twice_and_replaces_what_changed(self):
        self.use_source(companies=COMPANIES)
        self.run_kind("discover")
        self.run_kind("extract")
        before = {r.source_id: (r.id, r.staged_at) for r in self.staged("companies")}
        changed = [dict(COMPANIES[0], name="Renamed"), *COMPANIES[1:]]
        self.use_source(companies=changed)
        self.job.stream_ids.write({"is_extracted": False})
        self.run_kind("extract")
        records = self.staged("companies")
        self.assertEqual(
            {r.source_id: r.id for r in records}, {k: v[0] for k, v in before.items()}
        )
        self.assertEqual(records.sorted("id")[0].payload["name"], "Renamed")

    def test_a_run_that_stops_after_any_page_goes_on_there(self):
        self.use_source(companies=COMPANIES)
        self.run_kind("discover")
        for stop in range(1, 4):
            with self.subTest(stop=stop), self.env.cr.savepoint() as savepoint:
                FakeSource.faults = {
                    "companies": [None] * stop + [RetryableError("busy", delay=60)]
                }
                run = self.job._start_run("extract")
                self.work(run)
                self.assertIn(run.state, ("waiting", "done"))
                run.write({"state": "running"})
                self.work(run)
                self.assertEqual(run.state, "done")
                self.assertEqual(len(self.staged("companies")), 5)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_busy_source_makes_the_run_wait_and_keeps_what_was_read(self):
        self.use_source(companies=COMPANIES)
        self.run_kind("discover")
        FakeSource.faults = {
            "companies": [None, RetryableError("rate_limited", delay=30)]
        }
        run = self.job._start_run("extract")
        self.work(run)
        self.assertEqual(run.state, "waiting")
        self.assertGreater(run.wait_until, run.started_at)
        self.assertEqual(len(self.staged("companies")), 2)
        self.assertIn("30", run.blocked_reason)

    def test_all_objects_that_there_is_time_for_are_read_in_one_batch(self):
        self.use_source(companies=COMPANIES, contacts=CONTACTS)
        self.run_kind("discover")
        run = self.job._start_run("extract")
        run._advance_safely()
        self.assertFalse(self.staged("companies"))
        run._advance_safely()
        self.assertEqual(len(self.staged("companies")), 5)
        self.assertEqual(len(self.staged("contacts")), 1)
        self.assertEqual(run.done, 6)

    def test_an_object_that_is_busy_leaves_alone_what_was_read_before_it(self):
        self.use_source(companies=COMPANIES, contacts=CONTACTS)
        self.run_kind("discover")
        FakeSource.faults = {"contacts": [RetryableError("busy", delay=30)]}
        run = self.job._start_run("extract")
        self.work(run)
        self.assertEqual(run.state, "waiting")
        self.assertEqual(len(self.staged("companies")), 5)
        self.assertFalse(self.staged("contacts"))
        run.write({"state": "running"})
        self.work(run)
        self.assertEqual(run.state, "done")
        self.assertEqual(len(self.staged("contacts")), 1)

    def test_discovery_is_content_with_the_pages_that_came_in_time(self):
        self.use_source(companies=COMPANIES)
        busy = RetryableError("time_budget", delay=0)
        FakeSource.faults = {"companies": [None, busy]}
        run = self.run_kind("discover")
        self.assertEqual(run.state, "done", run.blocked_reason)
        companies = self.job.stream_ids.filtered(lambda s: s.name == "companies")
        self.assertTrue(companies.mapping_ids.line_ids)

    def use_slow_source(self, seconds):
        """Let the fake source need so long for each page, without waiting for it."""
        read_pages = FakeSource.read_pages

        def read_slowly(source, stream, checkpoint):
            if source.seconds_left() < seconds:
                raise RetryableError("time_budget", delay=0)
            yield from itertools.islice(read_pages(source, stream, checkpoint), 1)
            raise RetryableError("time_budget", delay=0)

        self.patch(FakeSource, "read_pages", read_slowly)

    def test_a_source_slower_than_a_batch_is_given_more_time(self):
        self.use_source(companies=COMPANIES)
        self.run_kind("discover")
        self.use_slow_source(seconds=20)
        run = self.job._start_run("extract")
        self.work(run, batches=60)
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.assertEqual(len(self.staged("companies")), 5)

    def test_a_source_that_never_answers_in_time_stops_the_run(self):
        self.use_source(companies=COMPANIES)
        self.run_kind("discover")
        self.use_slow_source(seconds=300)
        run = self.job._start_run("extract")
        self.work(run, batches=20)
        self.assertEqual(run.state, "blocked")
        self.assertIn("60 seconds", run.blocked_reason)

    def test_wrong_credentials_stop_the_run_and_ask_the_user(self):
        self.use_source(companies=COMPANIES)
        self.run_kind("discover")
        FakeSource.faults = {
            "companies": [
                AuthenticationError("bad_credentials", host="crm.example.com")
            ]
        }
        run = self.run_kind("extract")
        self.assertEqual(run.state, "blocked")
        self.assertEqual(self.job.state, "blocked")
        self.assertIn("crm.example.com", run.blocked_reason)
        self.job.action_resume()
        self.work(run)
        self.assertEqual(run.state, "done")

    def test_a_forbidden_stream_stops_alone(self):
        self.use_source(companies=COMPANIES, contacts=[{"id": 1, "name": "Ana"}])
        self.run_kind("discover")
        FakeSource.faults = {
            "companies": [ForbiddenError("forbidden", stream="Companies")]
        }
        run = self.run_kind("extract")
        self.assertEqual(run.state, "done")
        self.assertEqual(len(self.staged("contacts")), 1)
        self.assertFalse(self.staged("companies"))
        self.assertTrue(self.get_messages("stream_stopped"))

    def test_a_record_that_cannot_be_read_is_counted_and_named(self):
        self.use_source(companies=COMPANIES)
        self.run_kind("discover")

        def read_pages(source, stream, checkpoint):
            bad = RecordError(
                "bad_record", stream=stream.name, source_id="8", reason="x"
            )
            rows = self_rows if stream.name == "companies" else []
            yield Page(
                tuple(Record(stream.name, str(row["id"]), row) for row in rows),
                errors=(bad,) if rows else (),
            )

        self_rows = COMPANIES
        self.patch(FakeSource, "read_pages", read_pages)
        self.run_kind("extract")
        stream = self.job.stream_ids.filtered(lambda s: s.name == "companies")
        self.assertEqual((stream.staged_count, stream.rejected_count), (5, 1))
        self.assertEqual(stream.source_count, 6)

    def test_an_unforeseen_error_blocks_with_a_sentence_and_no_customer_data(self):
        self.use_source(companies=COMPANIES)
        self.run_kind("discover")
        FakeSource.faults = {"companies": [ZeroDivisionError("ana@example.com")]}
        with self.assertLogs("odoo.addons.crm_migration", "ERROR") as logs:
            run = self.run_kind("extract")
        self.assertEqual(run.state, "blocked")
        self.assertIn("ZeroDivisionError", run.blocked_reason)
        self.assertNotIn("ana@example.com", "\n".join(logs.output))

    def test_pause_resume_and_cancel(self):
        self.use_source(companies=COMPANIES)
        self.run_kind("discover")
        run = self.job._start_run("extract")
        self.work(run, batches=1)
        self.job.action_pause()
        self.assertEqual(self.job.state, "paused")
        self.work(run, batches=5)
        self.assertFalse(self.staged("companies"))
        with self.assertRaises(UserError):
            self.job.action_extract()
        self.job.action_resume()
        self.work(run)
        self.assertEqual(run.state, "done")
        run = self.job._start_run("extract")
        self.job.action_cancel()
        self.assertEqual((run.state, self.job.state), ("cancelled", "idle"))

    def test_the_scheduler_works_on_due_runs_only(self):
        self.use_source(companies=COMPANIES)
        with self.enter_registry_test_mode():
            run = self.job._start_run("discover")
            self.env.ref("crm_migration.ir_cron_advance").method_direct_trigger()
            run.invalidate_recordset()
            self.assertEqual(run.state, "done", run.blocked_reason)
            run.write({"state": "waiting", "wait_until": "2099-01-01 00:00:00"})
            self.env.ref("crm_migration.ir_cron_advance").method_direct_trigger()
            self.assertEqual(run.state, "waiting")

    def test_a_reviewer_can_neither_start_nor_write(self):
        reviewer = new_test_user(
            self.env,
            "reviewer",
            "base.group_user,crm_migration.crm_migration_group_reviewer",
        )
        job = self.job.with_user(reviewer)
        for method in (
            "action_discover",
            "action_load",
            "action_cancel",
            "action_close",
        ):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(job, method)()
        with self.assertRaises(AccessError):
            job.write({"phase": "done"})

    def test_fatal_errors_name_the_object(self):
        self.use_source(companies=COMPANIES)
        self.run_kind("discover")
        FakeSource.faults = {
            "companies": [FatalError("paging_loop", host="h", stream="Companies")]
        }
        self.run_kind("extract")
        self.assertIn("Companies", self.get_messages("stream_stopped").text)

    @mute_logger("odoo.addons.crm_migration")
    def test_secrets_are_unreadable_in_the_database_and_never_shown(self):
        self.job._set_settings({"url": "https://a.example", "token": "s3cr3t-token"})
        self.env.flush_all()
        self.env.cr.execute("SELECT row_to_json(j)::text FROM crm_migration_job j")
        self.assertNotIn("s3cr3t-token", self.env.cr.fetchone()[0])
        self.assertEqual(self.job._get_config()["token"], "s3cr3t-token")
        self.assertNotIn("s3cr3t-token", str(self.job.settings))
        self.job._set_settings({"url": "https://a.example/x", "token": "********"})
        self.assertEqual(self.job._get_config()["token"], "s3cr3t-token")
