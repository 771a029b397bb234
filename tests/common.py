"""A source made of lists in memory, and a migration that reads it."""

from contextlib import contextmanager

from odoo import fields
from odoo.tests import TransactionCase

from ..connectors import available_sources
from ..connectors.core.source import CheckResult, Page, Record, Setting, Source, Stream
from ..connectors.mapping.vocabulary import (
    constant,
    decimal,
    email,
    field,
    lookup,
    mapping,
    owner,
    strip,
)

PAGE = 2


class FakeSource(Source):
    """Reads ``data``: stream → list of payloads, two records a page.

    ``faults`` holds errors to raise instead of the next pages, per stream.
    """

    name = "fake"
    label = "Fake CRM"
    summary = "Nothing."
    settings = (
        Setting("url", "Address", "url", required=False),
        Setting("token", "Token", "secret", required=False),
    )
    streams = (
        Stream("companies", "Companies"),
        Stream("contacts", "Contacts", depends_on=("companies",)),
        Stream("deals", "Deals", depends_on=("contacts", "companies")),
    )
    data = {}
    faults = {}

    def check(self):
        return CheckResult(login="fake", version="1")

    def count(self, stream):
        return len(self.data.get(stream.name, ()))

    def read_pages(self, stream, checkpoint):
        rows = self.data.get(stream.name, [])
        position = checkpoint["position"] if checkpoint else 0
        while position < len(rows) or not position:
            if faults := self.faults.get(stream.name):
                error = faults.pop(0)
                if error:
                    raise error
            chunk = rows[position : position + PAGE]
            position += PAGE
            last = position >= len(rows)
            yield Page(
                tuple(Record(stream.name, str(row["id"]), row) for row in chunk),
                checkpoint=None if last else {"position": position},
            )
            if last:
                return

    def find_one(self, stream, source_id):
        """Return what its page says of the record, and of those that name it ``_parent``."""
        for page in self.read_pages(stream, None):
            own, found, left = {(stream.name, source_id)}, [], list(page.records)
            while taken := [each for each in left if is_of(each, own)]:
                left = [each for each in left if each not in taken]
                own |= {(each.stream, each.source_id) for each in taken}
                found += taken
            errors = [e for e in page.errors if (e.stream, str(e.source_id)) in own]
            if found or errors:
                return Page(tuple(found), errors=tuple(errors))
        return Page(())

    def get_mappings(self):
        return MAPPINGS


def is_of(record, own):
    """Tell whether a record is one of those known by (stream, id), or belongs to one."""
    parent = record.data.get("_parent") or {}
    above = parent.get("stream"), str(parent.get("id"))
    return (record.stream, record.source_id) in own or above in own


MAPPINGS = (
    mapping(
        "companies",
        "res.partner",
        field("name", "name", strip, required=True),
        field("is_company", None, constant(True)),
        field("email", "email", email),
        field("user_id", "owner", owner),
        field("website", "website", strip),
        field("@created_at", "created_at", strip),
    ),
    mapping(
        "contacts",
        "res.partner",
        field("name", "name", strip, required=True),
        field("email", "email", email),
        field("parent_id", "company_id", lookup("companies")),
        after=("companies",),
    ),
    mapping(
        "deals",
        "crm.lead",
        field("name", "title", strip, required=True),
        field("type", None, constant("opportunity")),
        field("expected_revenue", "amount", decimal),
        field("partner_id", "company_id", lookup("companies")),
        after=("companies", "contacts"),
    ),
)


def give_chart(company):
    """Give a company accounts and taxes, unless it has some."""
    if not company.chart_template:
        company.env["account.chart.template"].try_loading(
            "generic_coa", company=company, install_demo=False
        )


class MigrationCase(TransactionCase):
    """Works on the runs of ``job`` without commits."""

    job = None

    @classmethod
    def _request_handler(cls, session, request, /, **kwargs):
        # Odoo's own handler knows no pair of time-outs (connect, read).
        if isinstance(kwargs.get("timeout"), tuple):
            kwargs["timeout"] = max(kwargs["timeout"])
        return super()._request_handler(session, request, **kwargs)

    @classmethod
    def run_kind(cls, kind, parameters=None):
        """Work through one pass; return the run."""
        last = cls.job.run_id
        stopped = last.state in ("waiting", "blocked", "paused")
        assert not stopped, (last.kind, last.state, last.blocked_reason)
        run = cls.job._start_run(kind, parameters)
        cls.work(run)
        return run

    @classmethod
    def run_kinds(cls, *kinds):
        """Work through passes that end well; return the last run."""
        for kind in kinds:
            run = cls.run_kind(kind)
            assert run.state == "done", (kind, run.state, run.blocked_reason)
        return run

    @classmethod
    def upload(cls, contents):
        """Return files: name → text or bytes, ``__`` for the dot of a name."""
        return cls.env["ir.attachment"].create(
            [
                {
                    "name": name.replace("__", "."),
                    "raw": data.encode() if isinstance(data, str) else data,
                }
                for name, data in contents.items()
            ]
        )

    @classmethod
    def import_files(cls, contents, **plan):
        """Make ``job``, a migration of files, by a plan; see ``upload``."""
        files = cls.upload(contents)
        whole = {
            "plan": 1,
            "name": "Files",
            "source": "spreadsheet",
            "options": {"duplicate_policy": "keep"},
            "accept_above": 60,
            **plan,
        }
        cls.job = cls.env["crm.migration.job"]._import_plan(whole, None, files)

    @classmethod
    def work(cls, run, batches=10_000):
        for _number in range(batches):
            if run.state != "running":
                return
            run._advance_safely()
        if batches == 10_000:
            raise AssertionError("The run does not end.")

    def migrated(self, stream, source_id):
        """Return the Odoo record that a source record became."""
        found = self.env["crm.migration.id.map"].search(
            [
                ("job_id", "=", self.job.id),
                ("stream", "=", stream),
                ("source_id", "=", source_id),
                ("part", "=", ""),
            ]
        )
        return self.env[found.res_model].browse(found.res_id) if found else None

    def call_replay(self, verb, **options):
        """Do what the command line does with the job; return (status, what it says)."""
        said = []
        replay = self.env["crm.migration.replay"]
        self.patch(type(replay), "_keep", lambda replay: None)
        self.patch(
            type(self.env["crm.migration.run"]),
            "_work_and_wait",
            lambda run, report=None: self.work(run),
        )
        given = {"job": self.job.id, "secrets": {}, "files": [], **options}
        status = replay._replay(verb, given, said.append)
        self.env.invalidate_all()
        return status, said


class CrmMigrationCase(MigrationCase):
    """Gives ``self.job``, a migration of the fake source."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        available_sources()["fake"] = FakeSource
        cls.addClassCleanup(available_sources().pop, "fake")
        cls.job = cls.env["crm.migration.job"].create(
            {"name": "Test", "source": "fake"}
        )

    def setUp(self):
        super().setUp()
        FakeSource.data = {}
        FakeSource.faults = {}

    def use_source(self, **streams):
        FakeSource.data = streams

    def staged(self, stream):
        return self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id), ("stream", "=", stream)]
        )

    def get_messages(self, code):
        return self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("code", "=", code)]
        )

    @contextmanager
    def later(self, run, **delta):
        """Bring the time forward at which a waiting run goes on."""
        run.wait_until = fields.Datetime.subtract(fields.Datetime.now(), **delta)
        yield
