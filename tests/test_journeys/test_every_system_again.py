"""Every system read twice, and migrated twice: what changed arrives, nothing doubles."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MigrationCase
from ..digests import get_digest
from . import journey_changes
from .journey_common import FILLED, OUTSIDE, Connected, Journey
from .journey_systems import (
    ConcordSystem,
    FilesSystem,
    NetResultsSystem,
    NextCrmSystem,
    Opex365System,
    SoffrontSystem,
)

DOUBLED = (*FILLED, "res_users", "crm_tag", "crm_stage", "crm_team", "ir_attachment")
"""Tables in which a second migration must leave no row."""


class AgainJourney(Connected):
    """Migrates, changes the source, reads it again; then migrates it a second time."""

    allow_inherited_tests_method = True
    stream = "contacts"
    count_rows = Journey.__dict__["count_rows"]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outside = cls.count_rows(OUTSIDE)
        cls.job = cls.first = cls.create_job()
        with mute_logger("odoo.sql_db"):
            cls.first.action_check_connection()
            cls.run_kinds("discover", "extract", "load", "verify")
            cls.before = cls.count_all()
            cls.changed, cls.removed = cls.pick()
            change = getattr(journey_changes, f"change_{cls.source}")
            cls.added = change(cls.simulator, cls.changed, cls.removed)
            cls.renew(cls.first)
            cls.first.action_read_again()
            run = cls.first.run_id
            cls.work(run)
            assert run.state == "done", (run.state, run.blocked_reason)
            cls.again = {kind: cls.run_kind(kind) for kind in ("load", "verify")}
            cls.after = cls.count_all()
            cls.job = cls.second = cls.create_job()
            cls.second.duplicate_policy = "review"
            cls.second.action_check_connection()
            cls.choose_predecessor()
            cls.anew = {
                kind: cls.run_kind(kind)
                for kind in ("discover", "extract", "load", "verify")
            }
            cls.last = cls.count_all()

    @classmethod
    def renew(cls, job):
        """Give what a later reading needs besides: a newer export, where it is files."""

    @classmethod
    def choose_predecessor(cls):
        """Say what the second migration continues, where no address tells it."""

    @classmethod
    def count_all(cls):
        """Count rows without those that migrations say in their own chatter."""
        counts = cls.count_rows(DOUBLED)
        own = cls.env["mail.message"].search_count(
            [("model", "=", "crm.migration.job")]
        )
        counts["mail_message"] -= own
        counts["ir_attachment"] -= cls.env["ir.attachment"].search_count(
            [("res_model", "=", "crm.migration.job")]
        )
        return counts

    @classmethod
    def pick(cls):
        """Return two contacts that became a record of their own each."""
        maps = cls.env["crm.migration.id.map"].search(
            [
                ("job_id", "=", cls.first.id),
                ("stream", "=", cls.stream),
                ("part", "=", ""),
                ("outcome", "=", "created"),
            ],
            order="id",
        )
        named = maps.filtered(lambda m: cls.env[m.res_model].browse(m.res_id).active)
        return named[-1].source_id, named[-2].source_id

    def find(self, job, source_id):
        found = self.env["crm.migration.id.map"].search(
            [
                ("job_id", "=", job.id),
                ("stream", "=", self.stream),
                ("source_id", "=", source_id),
                ("part", "=", ""),
            ]
        )
        return found and self.env[found.res_model].browse(found.res_id)

    def get_line(self, run):
        return run.result_ids.filtered(lambda r: r.stream_id.name == self.stream)

    def test_every_pass_comes_to_its_end_and_adds_up(self):
        for run in (*self.again.values(), *self.anew.values()):
            self.assertEqual(run.state, "done", run.blocked_reason)
            wrong = run.result_ids.filtered(lambda row: not row.is_balanced)
            self.assertFalse(wrong.stream_id.mapped("name"))

    def test_what_was_changed_without_a_date_arrives(self):
        self.assertIn("Renamed", self.find(self.first, self.changed).display_name)

    def test_what_was_added_arrives_and_nothing_else_does(self):
        self.assertIn("Added", self.find(self.first, self.added).display_name)
        line = self.get_line(self.again["load"])
        self.assertEqual(line.created_count, 1)
        others = self.again["load"].result_ids - line
        grown = others.filtered("created_count").stream_id.mapped("name")
        # What hangs on the one that was added, at most.
        self.assertLessEqual(
            sum(others.mapped("created_count")), len(self.get_followers()), grown
        )

    def get_followers(self):
        """Return the staging records that name the added contact."""
        return self.env["crm.migration.record"].search(
            [
                ("job_id", "=", self.first.id),
                ("stream", "!=", self.stream),
                ("source_id", "like", self.added),
            ]
        )

    def test_what_was_removed_is_vanished_and_stays(self):
        gone = self.env["crm.migration.record"].search(
            [("job_id", "=", self.first.id), ("vanished_at", "!=", False)]
        )
        own = gone.filtered(lambda record: record.stream == self.stream)
        self.assertEqual(own.mapped("source_id"), [self.removed])
        self.assertTrue(self.find(self.first, self.removed).active)
        self.assertFalse(
            self.env["crm.migration.message"]
            .search([("job_id", "=", self.first.id), ("code", "=", "vanished_unsure")])
            .mapped("text")
        )

    def test_what_stayed_the_same_was_left_alone(self):
        lines = self.again["load"].result_ids
        updated = {row.stream_id.name: row.updated_count for row in lines}
        self.assertLess(sum(updated.values()), 12, updated)
        self.assertGreater(sum(lines.mapped("unchanged_count")), 50)

    def test_a_second_migration_doubles_nothing(self):
        self.assertEqual(self.second.predecessor_id, self.first)
        self.assertEqual(self.last, self.after)
        lines = self.anew["load"].result_ids
        created = {
            row.stream_id.name: row.created_count for row in lines if row.created_count
        }
        self.assertFalse(created)
        self.assertEqual(
            self.find(self.second, self.changed), self.find(self.first, self.changed)
        )

    def test_no_later_reading_makes_a_difference(self):
        # What a person has worked on is none.
        found = self.env["crm.migration.difference"].search([("state", "!=", "kept")])
        self.assertFalse(
            found.mapped(
                lambda d: (
                    d.job_id == self.first,
                    *(d.stream, d.source_id, d.kind, d.field, d.expected, d.found),
                )
            )
        )

    def test_nothing_reached_a_person(self):
        self.assertEqual(self.count_rows(OUTSIDE), self.outside)

    def test_the_second_one_taken_back_leaves_the_first(self):
        type(self).job = self.second
        with mute_logger("odoo.sql_db"):
            run = self.run_kind("rollback")
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.assertEqual(self.count_all(), self.after)
        self.assertIn("Renamed", self.find(self.first, self.changed).display_name)


@tagged("post_install", "-at_install")
class TestConcordAgain(ConcordSystem, AgainJourney, MigrationCase):
    pass


@tagged("post_install", "-at_install")
class TestNextCrmAgain(NextCrmSystem, AgainJourney, MigrationCase):
    pass


@tagged("post_install", "-at_install")
class TestNetResultsAgain(NetResultsSystem, AgainJourney, MigrationCase):
    pass


@tagged("post_install", "-at_install")
class TestOpex365Again(Opex365System, AgainJourney, MigrationCase):
    def test_links_that_are_new_and_gone_are_seen_though_nothing_dates_them(self):
        tables = self.simulator.org.tables
        contacts = list(tables["contact"])
        people = {key: self.find(self.first, key) for key in contacts[:3]}
        for stream, table, field in (
            ("companies", "account", "x_company_opex_account_partner"),
            ("opex_machines", "opex_machine", "x_opex_machine_contact"),
        ):
            [first] = self.env["crm.migration.id.map"].search(
                [
                    ("job_id", "=", self.first.id),
                    ("stream", "=", stream),
                    ("source_id", "=", next(iter(tables[table]))),
                    ("part", "=", ""),
                ]
            )
            linked = self.env[first.res_model].browse(first.res_id)[field]
            self.assertNotIn(people[contacts[0]], linked)
            self.assertIn(people[contacts[2]], linked)


@tagged("post_install", "-at_install")
class TestSoffrontAgain(SoffrontSystem, AgainJourney, MigrationCase):
    pass


@tagged("post_install", "-at_install")
class TestFilesAgain(FilesSystem, AgainJourney, MigrationCase):
    """A folder of files, then the newer export of the same."""

    @classmethod
    def create_job(cls):
        cls.digests = [*getattr(cls, "digests", ()), get_digest(cls.env)]
        return super().create_job()

    @classmethod
    def renew(cls, job):
        # Somebody works on what was loaded, in fields that the newer export changes.
        maps = cls.env["crm.migration.id.map"].search([("job_id", "=", job.id)])
        by_key = {(m.stream, m.source_id): m.res_id for m in maps if not m.part}
        cls.edited = cls.env["res.partner"].browse(by_key["contacts", "P2"])
        cls.edited.with_user(cls.env.ref("base.user_admin")).function = "Head of roofs"
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE res_partner SET write_date = now() + interval '1 hour' WHERE id = %s",
            [cls.edited.id],
        )
        cls.env.invalidate_all()
        row = next(row for row in cls.simulator.contacts if row[0] == "P2")
        row[1] = "Foreman"
        job._replace_files(cls.make_files())

    @classmethod
    def choose_predecessor(cls):
        cls.second.predecessor_id = cls.first

    def get_told(self, code, stream):
        return self.env["crm.migration.message"].search(
            [
                ("job_id", "=", self.first.id),
                ("code", "=", code),
                ("stream", "=", stream),
            ]
        )

    def test_what_a_person_changed_stays_and_is_told(self):
        self.assertEqual(self.edited.function, "Head of roofs")
        told = self.get_told("changed_by_both", "contacts")
        self.assertEqual(set(told.mapped("field")), {"function"})
        self.assertIn("Foreman", told[0].text)

    def test_a_column_that_the_newer_file_lacks_empties_nothing_and_is_told(self):
        firm = self.find_company(self.first, "C1")
        self.assertEqual(firm.website, "https://works1.example")
        told = self.get_told("columns_gone", "companies")
        self.assertIn("no column website", told.text)

    def test_a_column_that_the_newer_file_has_besides_is_mapped(self):
        self.assertEqual(self.find_company(self.first, "C1").industry_id.name, "Steel")

    def find_company(self, job, source_id):
        found = self.env["crm.migration.id.map"].search(
            [
                ("job_id", "=", job.id),
                ("stream", "=", "companies"),
                ("source_id", "=", source_id),
            ]
        )
        return self.env[found.res_model].browse(found.res_id)

    def test_the_second_one_taken_back_leaves_the_first(self):
        super().test_the_second_one_taken_back_leaves_the_first()
        self.assertEqual(self.compare(self.digests[1]), {})

    def test_both_taken_back_leave_the_database_as_it_was(self):
        for job in (self.second, self.first):
            type(self).job = job
            with mute_logger("odoo.sql_db"):
                run = self.run_kind("rollback", {"changed": True})
            self.assertEqual(run.state, "done", run.blocked_reason)
        self.assertEqual(self.compare(self.digests[0]), {})

    def compare(self, before):
        self.env.invalidate_all()
        after = get_digest(self.env)
        return {name: after[name] for name in after if after[name] != before.get(name)}
