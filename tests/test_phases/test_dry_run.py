"""What a dry run foretells is what the load brings, in every sum, on awkward data."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...connectors.core.errors import RecordError, RetryableError
from ...connectors.core.source import Stream
from ...connectors.mapping.vocabulary import (
    constant,
    custom_field,
    custom_object,
    decimal,
    email,
    field,
    html,
    is_set,
    lookup,
    mapping,
    strip,
)
from ...models.loading.foresight import Foresight
from ...models.phases import dry_run
from ..common import CrmMigrationCase, FakeSource

MIB = 1024 * 1024
STREAMS = (
    Stream("companies", "Companies"),
    Stream("contacts", "Contacts", depends_on=("companies",)),
    Stream("deals", "Deals"),
    Stream("machines", "Machines"),
    Stream("notes", "Notes"),
    Stream("files", "Files"),
)
MAPPINGS = (
    mapping(
        "companies",
        "res.partner",
        field("name", "name", strip, required=True),
        field("is_company", None, constant(True)),
        field("email", "email", email),
        # The parent may come later.
        field("parent_id", "parent", lookup("companies")),
    ),
    mapping(
        "contacts",
        "res.partner",
        field("name", "name", strip, required=True),
        field("email", "email", email),
        field("phone", "phone", strip),
        field("parent_id", "company_id", lookup("companies")),
        after=("companies",),
    ),
    # A second part of one record.
    mapping(
        "contacts",
        "crm.lead",
        field("name", "wants", strip, required=True),
        field("type", None, constant("lead")),
        field("partner_id", "id", lookup("contacts")),
        part="lead",
        when=is_set("wants"),
        after=("contacts",),
    ),
    mapping(
        "deals",
        "crm.lead",
        field("name", "title", strip, required=True),
        field("type", None, constant("opportunity")),
        field("expected_revenue", "amount", decimal),
        field("partner_id", "company_id", lookup("companies")),
        after=("companies",),
    ),
    custom_object(
        "machines",
        "x_rehearsed_machines",
        field("x_name", "name", strip),
        custom_field("serial", "serial", strip, label="Serial No."),
        label="Machines",
    ),
    mapping(
        "notes",
        "mail.message",
        field("body", "text", html, required=True),
        field("@thread", "about", lookup("machines")),
        after=("machines",),
    ),
    mapping(
        "files",
        "ir.attachment",
        field("name", "name", strip),
        field("@file", "file"),
        field("@thread", "company_id", lookup("companies")),
        after=("companies",),
    ),
)
COUNTS = ("created", "updated", "merged", "unchanged", "skipped", "failed", "unmapped")
COUNTS += ("pending",)


@tagged("post_install", "-at_install")
class TestDryRun(CrmMigrationCase):
    maxDiff = None

    def setUp(self):
        # Last of all: the model that a load creates is gone with its transaction.
        self.addCleanup(lambda: self.registry._setup_models__(self.env.cr))
        super().setUp()
        self.patch(FakeSource, "streams", STREAMS)
        self.patch(FakeSource, "get_mappings", lambda source: MAPPINGS)
        self.patch(FakeSource, "get_value_lists", lambda source: ())
        self.asked = []
        self.contents = {
            "twice-1.txt": b"same",
            "twice-2.txt": b"same",
            "cut.txt": b"half",
            "unsized.bin": b"x" * (MIB + 1),
            "large.bin": b"x" * (3 * MIB),
            "alone.txt": b"alone",
        }
        case = self

        def read_file(source, reference):
            case.asked.append(reference["path"])
            content = case.contents.get(reference["path"])
            if isinstance(content, Exception):
                raise content
            if content is None:
                raise RecordError(
                    "missing_file", stream="files", source_id="?", name="gone"
                )
            for start in range(0, len(content), MIB):
                yield content[start : start + MIB]

        self.patch(FakeSource, "read_file", read_file)
        self.job.write(
            {
                "duplicate_policy": "merge",
                "attachment_policy": "review",
                "attachment_limit": 1,
            }
        )
        self.env["res.partner"].create(
            {"name": "Had Before", "email": "had@before.example", "is_company": True}
        )
        self.use_source(**self.get_data())

    def get_data(self):
        def file(key, path, company=1, **more):
            return {
                "id": key,
                "name": path,
                "company_id": company,
                "file": {"path": path, "name": path, **more},
            }

        return {
            "companies": [
                # Its parent comes later, that of the next one never.
                {
                    "id": 1,
                    "name": "Azulejos Norte",
                    "email": "n@n.example",
                    "parent": 5,
                },
                {"id": 2, "name": "Lund", "parent": 99},
                {"id": 3, "name": ""},
                {"id": 4, "name": "Had Before", "email": "had@before.example"},
                {"id": 5, "name": "Holding"},
                # A chain that closes, which Odoo refuses.
                {"id": 6, "name": "Round", "parent": 7},
                {"id": 7, "name": "And Round", "parent": 6},
            ],
            "contacts": [
                {"id": 1, "name": "Marta", "company_id": 1, "wants": "Tiles"},
                {"id": 2, "name": "Rui", "company_id": 1, "wants": "Refused"},
                {"id": 3, "name": "Zé", "company_id": 3},
                {"id": 4, "name": "Marta", "email": "m@m.example", "company_id": 2},
                {"id": 5, "name": "Marta", "email": "m@m.example", "company_id": 2},
            ],
            "deals": [
                {"id": 1, "title": "Façade", "amount": "12.5", "company_id": 1},
                {"id": 2, "title": "Refused", "amount": "1", "company_id": 2},
                {"id": 3, "title": "Left out", "amount": "1", "company_id": 1},
                {"id": 4, "title": "", "amount": "1"},
            ],
            "machines": [
                {"id": 1, "name": "CNC-7", "serial": "SN1"},
                {"id": 2, "name": None, "serial": "SN2"},
            ],
            "notes": [
                {"id": 1, "text": "<p>Oil</p>", "about": 1},
                {"id": 2, "text": "<p>Nowhere</p>", "about": 77},
            ],
            "files": [
                file(1, "twice-1.txt", size=4),
                file(2, "twice-2.txt", size=4),
                file(3, "cut.txt", size=40),
                file(4, "unsized.bin"),
                file(5, "large.bin", size=3 * MIB),
                file(6, "alone.txt", company=None),
                file(7, "orphan.txt", company=88),
                file(8, "gone.txt", size=5),
                file(9, "alone.txt", company=3),
            ],
        }

    def refuse(self):
        """Let the database refuse leads of a certain name."""
        self.env.cr.execute(
            "ALTER TABLE crm_lead ADD CONSTRAINT crm_lead_our_rule"
            " CHECK (name <> 'Refused')"
        )

    def get_sums(self, run):
        """Return object or model → what is said, or came, of it."""
        self.env.invalidate_all()
        return {
            **{
                row.stream_id.name: {n: row[f"{n}_count"] for n in COUNTS}
                for row in run.result_ids
            },
            **{f"({model})": counts for model, counts in run.model_sums.items()},
        }

    def rehearse(self):
        with self.enter_registry_test_mode(), mute_logger("odoo.sql_db"):
            return self.run_kinds("dry_run")

    def compare(self):
        """Rehearse, load, and hold all sums against each other; return both runs."""
        foretold = self.rehearse()
        sums = self.get_sums(foretold)
        with mute_logger("odoo.sql_db"):
            came = self.run_kinds("load")
        self.assertEqual(sums, self.get_sums(came))
        return foretold, came

    def prepare(self):
        self.run_kinds("discover")
        self.job.mapping_ids.line_ids.filtered("is_custom")._accept_custom()
        deals = self.job.stream_ids.filtered(lambda s: s.name == "deals")
        deals._set_filter([["title", "!=", "Left out"]])
        self.refuse()
        self.run_kinds("extract")
        self.job.duplicate_ids.filtered(lambda d: not d.decision).decision = "merge"

    def test_every_sum_is_the_same(self):
        self.prepare()
        foretold, came = self.compare()
        files = self.get_sums(came)["files"]
        self.assertEqual((files["created"], files["failed"]), (2, 7))
        self.assertTrue(came.failed_count)
        self.assertTrue(came.merged_count)
        self.assertEqual(self.get_sums(came)["deals"]["skipped"], 1)
        self.assertEqual(self.get_sums(came)["(x_rehearsed_machines)"], {"created": 2})
        self.assertTrue(self.job._get_estimate(foretold))

    def test_the_same_holds_of_a_second_load(self):
        self.prepare()
        self.compare()
        data = FakeSource.data
        data["companies"][0]["name"] = "Azulejos do Norte"
        data["companies"].append({"id": 8, "name": "New"})
        data["contacts"][2]["company_id"] = 1
        data["machines"][0]["name"] = "CNC-8"
        data["files"][0]["file"]["size"] = 5
        self.contents["twice-1.txt"] = b"newer"
        self.contents["gone.txt"] = b"found"
        self.run_kind("extract", {"again": True})
        self.job.duplicate_ids.filtered(lambda d: not d.decision).decision = "keep"
        _foretold, came = self.compare()
        self.assertTrue(came.updated_count)

    def test_no_more_of_a_file_is_fetched_than_tells_whether_it_is_there(self):
        self.prepare()
        self.job.attachment_limit = 25
        seen = []
        peek = Foresight.peek

        def watched(foresight, *arguments):
            content, is_whole = peek(foresight, *arguments)
            seen.append(len(content))
            return content, is_whole

        self.patch(Foresight, "peek", watched)
        self.rehearse()
        self.assertEqual(len(self.asked), len(set(self.asked)))
        self.assertLessEqual(max(seen), 2 * MIB)

    def test_files_that_nobody_looked_at_are_told(self):
        self.patch(dry_run, "FILES_SECONDS", 0)
        self.prepare()
        run = self.rehearse()
        self.assertFalse(self.asked)
        # Those with a place, and none that is declared too large.
        self.assertEqual(run.pace["unseen_files"], 5)
        [message] = self.get_messages("files_unseen")
        self.assertIn("5 files", message.text)

    def test_a_source_that_wants_a_rest_ends_the_looking_and_not_the_dry_run(self):
        self.contents["twice-1.txt"] = RetryableError("rate_limited", delay=60)
        self.prepare()
        run = self.rehearse()
        self.assertEqual(self.asked, ["twice-1.txt"])
        self.assertEqual(run.pace["unseen_files"], 5)

    def test_how_long_it_takes_is_told_with_the_number_of_workers(self):
        self.prepare()
        run = self.rehearse()
        step = {"phase": "load", "records": 100, "seconds": 600.0, "is_shared": True}
        run.pace = {"steps": [step], "files_seconds": 60.0}
        self.job.workers = 1
        self.assertEqual(self.job._get_estimate(run), 660)
        self.assertIn("about 11 minutes with 1 worker.", self.job._format_estimate())
        self.job.workers = 3
        self.assertEqual(self.job._get_estimate(run), 360)
        self.assertIn("about 6 minutes with 3 workers.", self.job._format_estimate())
        self.assertIn("about 6 minutes", str(self.job._show_forecast(run)))
