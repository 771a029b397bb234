"""Whatever happens on the way: the same is staged, nothing lost and nothing twice."""

from odoo.tests import tagged

from ...models.phases import extract
from ..common import MigrationCase
from .journey_common import Connected
from .journey_systems import (
    ConcordSystem,
    NetResultsSystem,
    NextCrmSystem,
    Opex365System,
    SoffrontSystem,
)

PATIENCE = 400
"""Batches after which a reading that never ends is given up."""
FULL = {"code": "53300", "message": "sorry, too many clients already"}


class RoughReading(Connected):
    """Reads a system undisturbed, and again with everything that can go wrong."""

    allow_inherited_tests_method = True  # else Odoo runs none of the tests below

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.undisturbed = cls.get_staged(cls.read_all())

    def setUp(self):
        super().setUp()
        self.addCleanup(self.stop_trouble)

    def stop_trouble(self):
        self.simulator.faults.clear()

    @classmethod
    def read_all(cls, **disturbed):
        """Read a migration from its first page to the last; return it."""
        job = cls.create_job()
        cls.work_to_the_end(job, "discover")
        cls.work_to_the_end(job, "extract", **disturbed)
        while broken := job.stream_ids.filtered("error"):
            # What a person does who reads that the source failed: try again.
            before = [(s.name, s.checkpoint) for s in broken]
            cls.work_to_the_end(job, "extract", **disturbed)
            after = job.stream_ids.filtered("error")
            if before == [(s.name, s.checkpoint) for s in after]:
                raise AssertionError(after.mapped("error"))
        return job

    @classmethod
    def work_to_the_end(cls, job, kind, between=None, killed=False):
        """Do a page a batch.

        :param between: called after every page
        :param killed: each page is read once more than it is kept, as by a worker that
            is killed before the commit
        """
        run = job._start_run(kind)
        for _turn in range(PATIENCE):
            if killed and run.phase == "extract":
                with cls.env.cr.savepoint() as savepoint:
                    run._advance_safely()
                    savepoint.rollback()
                cls.env.invalidate_all()
            run._advance_safely()
            if between and run.phase == "extract":
                between()
            reason = run.blocked_reason
            if run.state == "waiting":
                run.state = "running"  # the time has come
            elif run.state == "blocked":
                cls.let_us_in(job)
                job.action_resume()
            elif run.state == "done":
                return
        raise AssertionError(f"No end of {run.phase} at {run.checkpoint}: {reason}")

    @classmethod
    def let_us_in(cls, job):
        """Give new credentials, as a person does when the run asks for them."""
        raise AssertionError(job.run_id.blocked_reason)

    @classmethod
    def get_staged(cls, job):
        """Return (stream, source id) → digest of what is staged."""
        cls.env.cr.execute(
            "SELECT stream, source_id, payload_hash FROM crm_migration_record"
            " WHERE job_id = %s",
            [job.id],
        )
        rows = cls.env.cr.fetchall()
        staged = {(stream, source_id): digest for stream, source_id, digest in rows}
        if len(staged) != len(rows):
            raise AssertionError("A record is staged twice.")
        return staged

    def assertSameStaged(self, job):
        staged = self.get_staged(job)
        self.assertEqual(staged.keys(), self.undisturbed.keys())
        changed = {
            key for key, digest in staged.items() if digest != self.undisturbed[key]
        }
        self.assertFalse(changed)

    # -- what must hold ----------------------------------------------------------

    def test_killed_after_every_page_the_same_is_staged(self):
        self.patch(extract, "BATCH_SECONDS", 0)
        job = self.read_all(killed=True)
        self.assertGreater(len(self.undisturbed), 100)
        self.assertSameStaged(job)

    def test_a_server_in_trouble_costs_time_and_no_record(self):
        struck = self.make_trouble()
        self.assertSameStaged(self.read_all())
        for fault in struck:
            self.assertTrue(fault.fired, f"{fault.kind} never struck")

    def make_trouble(self):
        """Ask for every twentieth call to fail, storms of refusals, broken lines."""
        faults = self.simulator.faults
        return [
            faults.add(".", "error", status=500, every=20, times=None),
            faults.add(".", "rate_limit", after=25, times=8, retry_after=30),
            faults.add(".", "cut", every=23, times=None),
            faults.add(".", "drop", every=29, times=None),
            faults.add(".", "expired", after=45, every=17, times=3),
        ]

    def test_what_is_added_while_we_read_hides_nothing_else(self):
        self.patch(extract, "BATCH_SECONDS", 0)
        added = []
        job = self.read_all(between=lambda: len(added) < 9 and added.append(self.add()))
        self.assertTrue(added)
        self.assertFalse(self.undisturbed.keys() - self.get_staged(job).keys())
        for stream in job.stream_ids.filtered("selected"):
            accounted = stream.staged_count + stream.rejected_count
            self.assertGreaterEqual(stream.source_count, accounted, stream.name)

    def add(self):
        """Let somebody in the source add a contact."""
        raise NotImplementedError


@tagged("post_install", "-at_install")
class TestRoughConcord(ConcordSystem, RoughReading, MigrationCase):
    def add(self):
        return self.simulator.company.insert("contacts", first_name="Aaron")

    @classmethod
    def let_us_in(cls, job):
        admin = cls.simulator.company.find("admin")["id"]
        cls.simulator.token = cls.simulator.issue_token(admin)
        job._set_settings(cls.get_settings())


@tagged("post_install", "-at_install")
class TestRoughNextCrm(NextCrmSystem, RoughReading, MigrationCase):
    def stop_trouble(self):
        self.simulator.door.faults.clear()

    def make_trouble(self):
        door = self.simulator.door
        return [
            door.add_fault("FROM", "error", every=20),
            door.add_fault("FROM", "cut", every=23),
            door.add_fault("connect", "refuse", every=5, **FULL),
        ]

    def add(self):
        self.added = getattr(self, "added", 0) + 1
        key = f"{self.added}8000000-0000-4000-8000-000000000001"
        sql = 'INSERT INTO "crm_Contacts" (id, last_name) VALUES (%s, %s)'
        self.simulator.execute(sql, (key, "Nováček"))
        return key


@tagged("post_install", "-at_install")
class TestRoughNetResults(NetResultsSystem, RoughReading, MigrationCase):
    def add(self):
        return self.simulator.account.add_contact()

    @classmethod
    def let_us_in(cls, job):
        cls.simulator._accepts_login = True


@tagged("post_install", "-at_install")
class TestRoughOpex365(Opex365System, RoughReading, MigrationCase):
    def add(self):
        org = self.simulator.org
        key = org.add("contact", firstname="Neu", lastname="新", fullname="Neu 新")
        org.touch("contact", key)
        return key


@tagged("post_install", "-at_install")
class TestRoughSoffront(SoffrontSystem, RoughReading, MigrationCase):
    def add(self):
        self.added = getattr(self, "added", 5000) + 1
        tables = self.simulator.customer.tables
        return tables.insert("Leads", FormID=self.added, FullName="Late lead")
