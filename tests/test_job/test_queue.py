"""Jobs of a queue as workers: asked for where they are there, never needed."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.job.crm_migration_job_queue import CHANNEL, RUNNER
from .test_slices import SlicesCase


class FakeQueue:
    """What ``with_delay`` returns."""

    def __init__(self, asked, options):
        self.asked, self.options = asked, options

    def _work_as_job(self, run_id):
        self.asked.append((run_id, self.options))


@tagged("post_install", "-at_install")
class TestQueue(SlicesCase):
    def setUp(self):
        super().setUp()
        self.asked, self.woken = [], []
        self.patch(
            type(self.slices),
            "with_delay",
            lambda slices, **options: FakeQueue(self.asked, options),
            create=True,
        )
        jobs = self.registry["crm.migration.job"]
        self.patch(jobs, "_wake_arms", lambda job, crons: self.woken.append(len(crons)))

    def patch(self, owner, name, value, create=False):
        if create and not hasattr(owner, name):
            setattr(owner, name, None)
            self.addCleanup(delattr, owner, name)
        super().patch(owner, name, value)

    def use_queue(self, has_runner=True):
        jobs = self.registry["crm.migration.job"]
        self.patch(jobs, "_has_queue", lambda job: True)
        if has_runner:
            self.env.cr.execute("SELECT pg_advisory_xact_lock(%s)", [RUNNER])

    def test_without_the_queue_the_scheduler_is_called(self):
        self.patch(self.registry["crm.migration.job"], "_has_queue", lambda job: False)
        run = self.start_load(workers=3)
        self.assertTrue(self.lead(run))
        self.assertEqual((self.asked, self.woken), ([], [2]))

    def test_where_a_runner_is_alive_each_slice_is_a_job(self):
        self.use_queue()
        run = self.start_load()
        count = self.lead(run)
        self.assertEqual(len(self.asked), count)
        self.assertFalse(self.woken)
        run_id, options = self.asked[0]
        self.assertEqual(run_id, run.id)
        self.assertEqual((options["channel"], options["max_retries"]), (CHANNEL, 0))

    def test_without_a_runner_the_scheduler_goes_on_and_the_form_says_so(self):
        self.use_queue(has_runner=False)
        run = self.start_load()
        self.assertTrue(self.lead(run))
        self.assertEqual((self.asked, self.woken), ([], [1]))
        self.env.invalidate_all()
        self.assertIn("nobody hands its jobs out", self.job.schedule_text)

    def test_what_stands_still_calls_everybody(self):
        self.use_queue()
        run = self.start_load()
        self.lead(run)
        run.arms_called_at = "2026-01-02 03:04:05"
        self.asked.clear()
        self.assertTrue(self.job._is_call_due(run))
        self.job._advance_shared(run)
        self.assertTrue(self.asked)
        self.assertEqual(self.woken, [1])

    @mute_logger("odoo.addons.crm_migration.models.job.crm_migration_job_queue")
    def test_a_job_never_fails(self):
        run = self.start_load()
        self.assertTrue(self.lead(run))

        def broken(slices, run, is_leader=False):
            raise ValueError("Customer Corp")

        self.patch(type(self.slices), "_work_next", broken)
        with self.enter_registry_test_mode():
            self.slices._work_as_job(run.id)
            self.slices._work_as_job(0)
