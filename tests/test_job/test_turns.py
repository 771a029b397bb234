"""A turn of the scheduler: what it may spend, who is next, and what comes again."""

import time

import psycopg2
from psycopg2 import errors

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.job.conflicts import Outdated, is_conflict
from ...models.job.crm_migration_run_engine import MAX_TRIES, CrmMigrationRunEngine
from ...models.odoo.series import announce_registry
from ...models.phases import turn_limits
from ...models.phases.turn_limits import Turn, begin_turn, get_turn, taking
from ..common import CrmMigrationCase

COMPANIES = [{"id": i, "name": f"Company {i}"} for i in range(1, 6)]


@tagged("post_install", "-at_install")
class TestTurn(CrmMigrationCase):
    def limit(self, **limits):
        options = {"limit_time_real": 120, "limit_time_real_cron": -1, "workers": 2}
        options |= {"limit_time_cpu": 60, "limit_memory_soft": 0}
        self.patch(turn_limits, "config", options | limits)

    def test_it_ends_long_before_the_server_would_end_it(self):
        self.limit(limit_time_real_cron=120)
        now = time.monotonic()
        self.assertAlmostEqual(begin_turn(now).left, 30, delta=1)
        self.assertFalse(begin_turn(now - 28).is_over)
        self.assertTrue(begin_turn(now - 30).is_over)

    def test_processor_time_counts_from_where_the_process_stands(self):
        self.limit(limit_time_cpu=20)
        self.patch(
            turn_limits, "_get_cpu_end", lambda: 120
        )  # as a worker sets it at 100
        for used, left in ((100, 12), (105, 7), (112, 0)):
            self.patch(turn_limits, "_get_cpu", lambda used=used: used)
            self.assertAlmostEqual(begin_turn().left, left, delta=0.1)
        self.assertTrue(begin_turn().is_over)

    def test_tight_limits_make_short_batches(self):
        self.limit(limit_time_cpu=12)
        self.patch(turn_limits, "_get_cpu_end", lambda: 12)
        self.patch(turn_limits, "_get_cpu", lambda: 0)
        self.assertAlmostEqual(begin_turn().get_seconds(8), 2, delta=0.1)
        # Behind the sleep of a worker 30 seconds are left of it.
        self.limit(limit_time_real=100, limit_time_cpu=0)
        self.assertAlmostEqual(begin_turn().get_seconds(8), 5, delta=0.1)

    def test_no_limit_is_none(self):
        self.assertEqual(get_turn().get_seconds(8), 8)
        self.limit(limit_time_real_cron=0)
        self.assertIsNone(turn_limits._get_real_limit())
        self.limit(limit_time_real_cron=0, workers=0)
        self.assertEqual(turn_limits._get_real_limit(), 120)
        self.limit(limit_time_real=0, limit_time_cpu=0)
        self.assertEqual(begin_turn().left, float("inf"))

    def test_a_process_that_has_grown_gives_way(self):
        self.limit(limit_memory_soft=1000)
        self.assertTrue(begin_turn().is_over)

    def test_a_slow_source_is_given_what_the_turn_has(self):
        run = self.job.run_ids.create({"job_id": self.job.id, "kind": "extract"})
        run.stalls = 3
        self.assertEqual(run._get_seconds(), 60)
        with taking(Turn(real=30)) as short:
            self.assertAlmostEqual(run._get_seconds(), 18, delta=0.5)
            run.stalls = 0
            run._stall()
            self.assertTrue(short.is_over)

    def test_a_rehearsal_has_a_turn_of_its_own(self):
        self.use_source(companies=COMPANIES)
        self.run_kind("discover")
        self.run_kind("extract")
        run = self.job._start_run("dry_run")
        while run.phase != "dry_run":
            run._advance_safely()
        with taking(Turn(time.monotonic() - 10, real=60)) as begun:
            run._advance_safely()
            self.assertEqual(run.phase, "dry_run")
            self.assertTrue(begun.is_over)
        with taking(Turn(real=60)), self.enter_registry_test_mode():
            run._advance_safely()
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.assertEqual(run.created_count, 5)


@tagged("post_install", "-at_install")
class TestTurns(CrmMigrationCase):
    """The scheduler, with a made-up batch."""

    def setUp(self):
        super().setUp()
        self.other = self.job.copy({"name": "Other"})
        self.worked = []
        self.lasts = 4
        # Theirs alone are due.
        self.env["crm.migration.run"].search([]).state = "done"

    def start(self, *jobs):
        return [job._start_run("extract") for job in jobs]

    def use_batch(self, work=None):
        """Let a batch be ``work(run)``; the fourth is the last."""

        def advance(run):
            if work:
                work(run)
            self.worked.append(run)
            run.done += 1
            if run.done >= self.lasts:
                run.write({"state": "done", "ended_at": fields.Datetime.now()})

        self.patch(CrmMigrationRunEngine, "_advance", advance)

    def turn_cron(self):
        self.env.ref("crm_migration.ir_cron_advance").method_direct_trigger()
        self.env.invalidate_all()

    def test_two_migrations_take_turns(self):
        self.use_batch()
        with self.enter_registry_test_mode():
            one, two = self.start(self.job, self.other)
            self.turn_cron()
        self.assertEqual(self.worked, [one, two] * 4)

    def test_under_the_lock_each_batch_sees_what_other_processes_have_changed(self):
        seen, lock = [], type(self.job)._try_lock
        self.use_batch(lambda run: seen.append("batch"))

        def look(cursor=None):
            if (
                cursor is not None
            ):  # Odoo's own look has none, before it calls the action
                seen.append("look")
            return self.registry

        def try_lock(job):
            seen.append("lock")
            return lock(job)

        with self.enter_registry_test_mode():
            self.start(self.job)
            self.patch(self.registry, "check_signaling", look)
            self.patch(type(self.job), "_try_lock", try_lock)
            self.turn_cron()
        # To note that it is tried, and for the batch.
        self.assertEqual(" ".join(seen), " ".join(["lock look lock look batch"] * 4))

    def make_field(self):
        self.env["ir.model.fields"].create(
            {
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "name": "x_color",
                "field_description": "Color",
                "ttype": "char",
                "state": "manual",
            }
        )

    def test_a_field_of_a_batch_that_was_taken_back_is_forgotten(self):
        def work(_run):
            self.make_field()
            raise UserError(self.env._("There is no such color."))

        self.use_batch(work)
        [run] = self.start(self.job)
        run._advance_safely()
        self.assertEqual(run.state, "blocked")
        self.assertNotIn("x_color", self.env["res.partner"]._fields)
        partner = self.env["res.partner"].create({"name": "Ann"})
        self.assertEqual(partner.name, "Ann")

    def test_who_announces_new_fields_knows_them_unless_others_did_so_too(self):
        known, cursor = self.registry, self.env.cr
        announce_registry(self.env)
        cursor.execute("SELECT max(id) FROM orm_signaling_registry")
        [number] = cursor.fetchone()
        self.patch(known, "registry_sequence", number)
        announce_registry(self.env)
        self.assertEqual(known.registry_sequence, number + 1)
        # Another process, which has not committed yet.
        cursor.execute("SELECT nextval('orm_signaling_registry_id_seq')")
        announce_registry(self.env)
        self.assertEqual(known.registry_sequence, number + 1)

    @mute_logger("odoo.sql_db", "odoo.addons.crm_migration")
    def test_a_batch_during_which_another_process_dropped_a_field_comes_again(self):
        def work(run):
            run.env.cr.execute("SELECT x_color FROM res_partner")

        self.use_batch(work)
        [run] = self.start(self.job)
        self.patch(self.registry, "check_signaling", lambda cr=None: self.registry)
        run._advance_safely()
        self.assertEqual(run.state, "blocked")  # it is a fault where nobody did

        run.state = "running"
        self.patch(self.registry, "check_signaling", lambda cr=None: object())
        with self.assertRaises(Outdated) as caught, self.env.cr.savepoint():
            run._advance_safely()
        self.assertTrue(is_conflict(caught.exception))

    def test_the_next_turn_begins_with_who_rested_longest(self):
        self.use_batch()
        with self.enter_registry_test_mode():
            one, two = self.start(self.job, self.other)
            two.write({"done": 1})
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE crm_migration_run SET write_date = write_date"
                " - interval '1 minute' WHERE id = %s",
                [two.id],
            )
            self.env.invalidate_all()
            self.turn_cron()
        self.assertEqual(self.worked[:2], [two, one])

    def test_a_turn_that_is_over_leaves_the_rest_to_the_next(self):
        self.use_batch(lambda run: get_turn().end())
        woken = []
        with self.enter_registry_test_mode():
            self.start(self.job)
            self.patch(
                self.registry["ir.cron"],
                "_trigger",
                lambda cron, at=None: woken.append(cron),
            )
            for number in range(1, 5):
                self.turn_cron()
                self.assertEqual(len(self.worked), number)
        # What Odoo plans behind a turn wakes no worker; this does.
        self.assertEqual(len(woken), 3)

    def test_where_another_is_at_work_it_looks_again_in_a_minute(self):
        """Or was: the lock of a worker that was killed is still held for a while."""
        self.use_batch()
        woken = []
        with self.enter_registry_test_mode():
            self.start(self.job)
            self.patch(type(self.job), "_try_lock", lambda job: False)
            self.patch(
                self.registry["ir.cron"],
                "_trigger",
                lambda cron, at=None: woken.append(at),
            )
            self.turn_cron()
        self.assertFalse(self.worked)
        [at] = woken
        self.assertLess((at - fields.Datetime.now()).total_seconds(), 61)

    def conflict(self, kind):
        """Raise what PostgreSQL raises."""
        if kind is errors.UniqueViolation:
            self.env.cr.execute(
                "INSERT INTO mail_message (id, message_type)"
                " SELECT id, 'comment' FROM mail_message LIMIT 1"
            )
        raise kind("made up")

    @mute_logger("odoo.sql_db")
    def test_a_conflict_comes_again_by_whatever_name(self):
        kinds = [
            errors.SerializationFailure,
            errors.DeadlockDetected,
            errors.LockNotAvailable,
            errors.UniqueViolation,
        ]
        struck = []

        def work(run):
            if kinds:
                struck.append(kinds.pop())
                self.conflict(struck[-1])

        self.use_batch(work)
        with self.enter_registry_test_mode():
            (run,) = self.start(self.job)
            self.turn_cron()
        self.assertEqual((len(struck), run.state, run.tries), (4, "done", 0))
        self.assertEqual(len(self.worked), 4)

    @mute_logger("odoo.sql_db", "odoo.addons.crm_migration")
    def test_a_value_that_is_there_already_is_no_conflict(self):
        try:
            with self.env.cr.savepoint():
                self.env.cr.execute(
                    "INSERT INTO res_users (login, partner_id, company_id, active)"
                    " SELECT login, partner_id, company_id, active FROM res_users LIMIT 1"
                )
        except psycopg2.Error as error:
            self.assertFalse(is_conflict(error), error)

    @mute_logger("odoo.addons.crm_migration")
    def test_a_database_in_trouble_lets_the_run_wait(self):
        self.use_batch(lambda run: self.conflict(errors.DiskFull))
        with self.enter_registry_test_mode():
            (run,) = self.start(self.job)
            self.turn_cron()
        self.assertEqual(run.state, "waiting")
        self.assertIn("DiskFull", run.blocked_reason)
        self.assertGreater(run.wait_until, fields.Datetime.now())

    def test_a_batch_that_ends_its_process_is_shortened_and_then_asked_about(self):
        seconds = []
        self.use_batch(lambda run: seconds.append(get_turn().get_seconds(8)))
        with self.enter_registry_test_mode():
            (run,) = self.start(self.job)
            run.tries = 2  # two processes began it and came to no end
            self.turn_cron()
            self.assertEqual(seconds[:2], [2, 8])
            run.write({"state": "running", "done": 0, "tries": MAX_TRIES})
            self.turn_cron()
        self.assertEqual(run.state, "blocked")
        self.assertIn("limit_time_cpu", run.blocked_reason)
        self.job.action_resume()
        self.assertEqual((run.state, run.tries), ("running", 0))

    def test_the_form_says_when_it_goes_on(self):
        cron = self.job._get_cron()
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        triggers.unlink()
        (run,) = self.start(self.job)
        self.assertFalse(self.job.schedule_text)

        def tell(minutes_ago):
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE crm_migration_run SET write_date = %s WHERE id = %s",
                [
                    fields.Datetime.subtract(self.env.cr.now(), minutes=minutes_ago),
                    run.id,
                ],
            )
            self.env.invalidate_all()
            return self.job.schedule_text

        self.assertIn("max_cron_threads", tell(5))
        triggers.search([("cron_id", "=", cron.id)]).unlink()
        cron.nextcall = fields.Datetime.add(fields.Datetime.now(), minutes=4)
        self.assertIn("the next turn begins at", tell(5))
        self.assertFalse(tell(0))
        cron.active = False
        self.assertIn("switched off", tell(0))
        run.state = "paused"
        self.assertFalse(tell(5))

    def test_no_memory_is_another_process_s_turn(self):
        def work(run):
            raise MemoryError

        self.use_batch(work)
        with self.enter_registry_test_mode():
            (run,) = self.start(self.job)
            self.turn_cron()
        self.assertEqual((run.state, run.tries), ("running", 1))


@tagged("post_install", "-at_install")
class TestNumbersOfTwo(CrmMigrationCase):
    def test_two_loads_number_their_messages_at_once(self):
        dates = [fields.Datetime.to_datetime("2019-03-04 05:06:07")] * 3
        insert = (
            "INSERT INTO mail_message (id, message_type)"
            " SELECT id, 'comment' FROM unnest(%s) AS id"
        )
        one, two = self.registry.cursor(), self.registry.cursor()
        self.addCleanup(one.close)
        self.addCleanup(two.close)
        two.execute("SELECT count(*) FROM mail_message")  # what it sees from now on
        numbers = []
        for cursor in (one, two):
            env = api.Environment(cursor, SUPERUSER_ID, {})
            ids = env["crm.migration.chatter.ids"]._free_ids("mail_message", dates)
            cursor.execute(insert, [ids])
            numbers += ids
            if cursor is one:
                cursor.commit()
                self.addCleanup(self.forget, ids)
        two.rollback()
        self.assertEqual(len(set(numbers)), 6)
        self.assertEqual(numbers, sorted(numbers))

    def forget(self, ids):
        with self.registry.cursor() as cursor:
            cursor.execute("DELETE FROM mail_message WHERE id = ANY(%s)", [ids])
