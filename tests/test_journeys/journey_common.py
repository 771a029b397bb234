"""The whole journey out of a simulated system, and what must hold for every one."""

import logging

from odoo.tools import SQL, mute_logger

from ...connectors import get_source_class
from ..digests import get_digest
from ..screens_common import find_code_like

OUTSIDE = ("mail_mail", "mail_notification", "mail_followers")
"""Tables in which anything that reaches a person leaves a row first."""
FILLED = ("res_partner", "crm_lead", "mail_message", "mail_activity", "calendar_event")


class Connected:
    """A migration of one of the systems in ``journey_systems``, mixed in beside it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.simulator = cls.enterClassContext(cls.open_simulator())

    @classmethod
    def create_job(cls, **options):
        """Import a plan that says these options as well."""
        settings = cls.get_settings()
        names = {s.name for s in get_source_class(cls.source).settings if s.is_secret}
        cls.secrets = {name: value for name, value in settings.items() if name in names}
        return cls.env["crm.migration.job"]._import_plan(
            {
                "plan": 1,
                "name": cls.source,
                "source": cls.source,
                "settings": {n: v for n, v in settings.items() if n not in cls.secrets},
                "options": {
                    "duplicate_policy": "keep",
                    "tz": "Europe/Lisbon",
                    **options,
                },
                "accept_above": 60,
                "create_fields": True,
            },
            cls.secrets,
            cls.make_files(),
        )

    @classmethod
    def make_files(cls):
        """Return the files that are read; systems of their own have none."""
        return cls.env["ir.attachment"]


class Journey(Connected):
    """Mixed into a ``MigrationCase`` with one of the systems.

    The class migrates once; each test looks at another side of what came out.
    """

    allow_inherited_tests_method = True  # else Odoo runs none of the tests below
    has_opt_outs = True
    """Whether the source knows people who must not be mailed."""
    personal = ()
    """Values of customers that must not appear in any log."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outside = cls.count_rows(OUTSIDE)
        cls.filled = cls.count_rows(FILLED)
        cls.before = get_digest(cls.env)
        cls.job = cls.create_job()
        with cls.keep_logs(), mute_logger("odoo.sql_db"):
            cls.is_connected = cls.job.action_check_connection()
            cls.runs = {
                kind: cls.run_kind(kind)
                for kind in ("discover", "extract", "load", "verify")
            }

    @classmethod
    def count_rows(cls, tables):
        cls.env.flush_all()
        counts = {}
        for table in tables:
            cls.env.cr.execute(SQL("SELECT count(*) FROM %s", SQL.identifier(table)))
            counts[table] = cls.env.cr.fetchone()[0]
        return counts

    @classmethod
    def keep_logs(cls):
        """Collect everything that is logged at any level while the block runs."""
        cls.logs = []

        class Keeper(logging.Handler):
            loggers = [
                logging.getLogger(name)
                for name in ("odoo.addons.crm_migration", "urllib3", "requests")
            ]

            def __enter__(self):
                for logger in self.loggers:
                    logger.addHandler(self)
                    logger.setLevel(logging.DEBUG)
                    logger.propagate = False

            def __exit__(self, *_exc):
                for logger in self.loggers:
                    logger.removeHandler(self)
                    logger.setLevel(logging.NOTSET)
                    logger.propagate = True

            def emit(self, record):
                cls.logs.append(record.getMessage())

        return Keeper()

    def get_map(self, stream):
        """Return source id → Odoo record."""
        maps = self.env["crm.migration.id.map"].search(
            [("job_id", "=", self.job.id), ("stream", "=", stream), ("part", "=", "")]
        )
        return {m.source_id: self.env[m.res_model].browse(m.res_id) for m in maps}

    def get_lines(self):
        """Return stream → line of the last reconciliation."""
        return {row.stream_id.name: row for row in self.runs["verify"].result_ids}

    # -- what must hold ----------------------------------------------------------

    def test_the_system_answers_and_every_run_comes_to_its_end(self):
        blocking = self.job.check_ids.filtered(lambda c: c.level == "blocking")
        self.assertTrue(self.is_connected, blocking.mapped("text"))
        self.assertTrue(self.job.login)
        for kind, run in self.runs.items():
            self.assertEqual((kind, run.state), (kind, "done"), run.blocked_reason)

    def test_no_object_stopped_in_the_middle(self):
        stopped = self.job.stream_ids.filtered("error")
        self.assertFalse(stopped.mapped(lambda s: (s.name, s.error)))

    def test_the_sums_add_up(self):
        lines = self.get_lines()
        unbalanced = {name for name, row in lines.items() if not row.is_balanced}
        self.assertFalse(unbalanced)
        self.assertGreater(sum(row.created_count for row in lines.values()), 50)

    def test_no_record_is_left_that_no_mapping_takes(self):
        lost = self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("code", "=", "no_rule")]
        )
        self.assertFalse(lost.mapped(lambda m: (m.stream, m.source_id)))

    def test_what_failed_has_a_sentence(self):
        failed = self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id), ("state", "=", "failed")]
        )
        explained = self.env["crm.migration.message"].search(
            [("record_id", "in", failed.ids), ("severity", "=", "error")]
        )
        self.assertEqual(failed - explained.record_id, failed.browse())
        for message in explained:
            self.assertNotEqual(message.text, message.code)

    def test_nothing_differs_from_what_it_should_be(self):
        self.assertGreater(self.runs["verify"].compared_count, 300)
        differences = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertFalse(
            differences.mapped(lambda d: (d.stream, d.field, d.expected, d.found))
        )

    def test_every_filled_value_of_the_source_is_accounted_for(self):
        """In a field, in notes or chatter, or left out for a reason; none is nowhere."""
        self.assertGreater(sum(self.job.coverage_ids.mapped("count")), 300)
        lost = self.env["crm.migration.unaccounted"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertFalse(
            lost.mapped(lambda v: (v.stream, v.source_id, v.path, v.value, v.reason))
        )

    def test_an_opt_out_that_is_gone_is_missed_by_itself(self):
        """Deleted behind Odoo's back: whoever asked not to be mailed would be mailed.

        Also after a second reading, when what a person deleted stays deleted.
        """
        verify, run = self.env["crm.migration.phase.verify"], self.runs["verify"]
        target = self.env["crm.migration.target"]._for("mail.blacklist")
        missed = set()
        for mapping in self.job.mapping_ids.filtered(
            lambda m: m.selected and m.model_name == "mail.blacklist"
        ):
            rows = verify._get_rows(run, mapping, 0, target)
            if not rows:
                continue
            gone = rows[0]["res_id"]
            self.env.cr.execute("DELETE FROM mail_blacklist WHERE id = %s", [gone])
            self.env.invalidate_all()
            for again in (False, True):
                self.patch(type(self.job), "_is_read_again", lambda job, a=again: a)
                verify._work_place(run, mapping, 0)
                found = self.env["crm.migration.difference"].search(
                    [
                        ("job_id", "=", self.job.id),
                        ("res_model", "=", "mail.blacklist"),
                        ("field", "=", "id"),
                        ("state", "=", "open"),
                    ]
                )
                self.assertIn(str(gone), found.mapped("expected"), mapping.stream)
                found.unlink()
            missed.add(mapping.stream)
        self.assertEqual(bool(missed), self.has_opt_outs)

    def test_what_a_person_reads_is_words(self):
        """No list, constant or code of a program, and no place that nobody filled."""
        messages = self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertTrue(messages)
        texts = {*messages.mapped("text"), *messages.mapped("advice")}
        texts |= set(self.job.coverage_ids.mapped("reason_text"))
        found = {text: code for text in texts if (code := find_code_like(text))}
        self.assertFalse(found)

    def test_nothing_reached_a_person(self):
        self.assertEqual(self.count_rows(OUTSIDE), self.outside)

    def test_no_secret_and_no_customer_appears_in_any_log(self):
        text = "\n".join(self.logs)
        for name, secret in self.secrets.items():
            self.assertNotIn(secret, text, name)
        for value in self.personal:
            self.assertNotIn(value, text)

    def test_rolling_back_takes_everything_away_again(self):
        with mute_logger("odoo.sql_db"):
            run = self.run_kind("rollback")
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.env.invalidate_all()
        left = self.env["crm.migration.id.map"].search([("job_id", "=", self.job.id)])
        kept = self.env["crm.migration.message"].search(
            [("run_id", "=", run.id), ("severity", "!=", "info")]
        )
        names = left.mapped(lambda m: (m.stream, m.source_id, m.res_model))
        self.assertFalse(names, kept.mapped(lambda m: (m.stream, m.source_id, m.text)))
        # The chatter of the migration itself has grown by what its runs said.
        own = len(self.job.message_ids)
        wanted = {**self.filled, "mail_message": self.filled["mail_message"] + own}
        self.assertEqual(self.count_rows(FILLED), wanted)
        after = get_digest(self.env)
        self.assertEqual(
            {
                name: after.get(name)
                for name in after
                if after[name] != self.before.get(name)
            },
            {},
        )
