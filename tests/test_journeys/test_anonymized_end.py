"""An anonymized rehearsal to its end: nobody stands in what is shown, printed or logged.

What the tables keep is looked through elsewhere; here it is what people get to see: every
field of every model of a migration, the documents, the plan, the dialogs and the log.
"""

import io
import json
import secrets
import zipfile

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...wizards.crm_migration_documents import PAGE, REPORT
from ...wizards.documents.document import SECTIONS, make_pages, make_sections
from ...wizards.documents.workbook import make_workbook
from ..common import MigrationCase
from ..digests import get_digest, get_rows
from .journey_common import Connected, Journey
from .journey_systems import ConcordSystem

RUN = "".join(secrets.choice("bdfgklmnprstvz") + "u" for _place in range(4))
PHONE = "".join(str(3 + secrets.randbelow(7)) for _place in range(8))
LAST, FIRM, STREET, SENTENCE, OWNER, DEAL, MAIL, FILE = (
    f"{name}{RUN}"
    for name in (
        *("Vrelm", "Quorbis", "Blimstrasse", "Plimdor", "Ozmint", "Zyxqua", "snarkle"),
        "Flurbwick",
    )
)
TOKENS = (LAST, FIRM, STREET, SENTENCE, OWNER, DEAL, MAIL, FILE, PHONE)
PLANTED = {
    "contacts": {"last_name": LAST, "street": STREET},
    "companies": {"name": FIRM, "street": STREET},
    "notes": {"body": f"<p>{SENTENCE}</p>"},
    "calls": {"body": f"<p>{SENTENCE}</p>"},
    "activities": {"title": SENTENCE, "note": f"<p>{LAST}</p>"},
    "deals": {"name": DEAL},
    "users": {"name": OWNER},
    "documents": {"title": FILE},
    "workflows": {"title": OWNER, "description": SENTENCE},
}


@tagged("post_install", "-at_install")
class TestAnonymizedToTheEnd(Connected, ConcordSystem, MigrationCase):
    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.before = get_digest(cls.env)
        cls.rows_before = {
            name: get_rows(cls.env, name)
            for name in ("res_partner", "ir_model_data", "mail_message", "utm_source")
        }
        cls.job = cls.create_job(anonymize=True, duplicate_policy="review")
        with Journey.keep_logs.__func__(cls), mute_logger("odoo.sql_db"):
            cls.job.action_check_connection()
            cls.run_kinds("discover", "extract")
            cls.pairs = len(cls.job.duplicate_ids)
            cls.job.duplicate_ids.decision = "keep"
            cls.run_kinds("load", "verify")
        cls.logged = cls.logs

    @classmethod
    def open_simulator(cls):
        simulator = super().open_simulator()
        rows = simulator.company.rows
        for resource, values in PLANTED.items():
            for row in rows(resource):
                for name, text in values.items():
                    if row.get(name) or resource == "workflows":
                        row[name] = f"{row.get(name) or ''} {text}"
        for row in rows("contacts"):
            if "@" in (row.get("email") or ""):
                row["email"] = f"{MAIL}.{row['email']}"
            for phone in row.get("phones") or ():
                phone["number"] = f"+351 {PHONE}"
        for row in rows("users"):
            row["email"] = f"{MAIL}.{row['email']}"
        return simulator

    def assert_nobody(self, text, what):
        found = [token for token in TOKENS if token.lower() in text.lower()]
        for token in found:
            place = text.lower().index(token.lower())
            found[found.index(token)] = text[max(place - 150, 0) : place + 60]
        self.assertFalse(found, what)

    def test_the_people_are_in_the_source(self):
        text = json.dumps(
            [self.simulator.company.rows(name) for name in PLANTED], default=str
        )
        self.assertEqual([token for token in TOKENS if token not in text], [])

    def test_no_line_of_the_log_names_anybody(self):
        self.assertTrue(self.logged)
        for line in self.logged:
            self.assert_nobody(line, "log")

    def test_no_field_of_any_list_or_form_names_anybody(self):
        self.job.action_open_quality()
        check = self.env["crm.migration.spot.check"]._draw(self.job, 40, "seed")
        self.assertTrue(check.line_ids and self.pairs)
        for name in sorted(self.env.registry):
            model = self.env[name]
            if not name.startswith("crm.migration.") or model._abstract:
                continue
            fields = [f for f, field in model._fields.items() if field.type != "binary"]
            records = model.with_context(active_test=False).search([], limit=3000)
            self.assert_nobody(json.dumps(records.read(fields), default=str), name)

    def test_no_document_names_anybody(self):
        job = self.job
        names = list(SECTIONS)
        body = self.env["ir.qweb"]._render(
            PAGE, {**make_pages(job, names), "page_lang": "en"}
        )
        self.assert_nobody(str(body), "html")
        printed, _kind = self.env["ir.actions.report"]._render_qweb_html(
            REPORT, job.ids, {"sections": names}
        )
        self.assert_nobody(printed.decode(), "pdf")
        raw = make_workbook(make_sections(job, names), "Summary")
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for name in archive.namelist():
                self.assert_nobody(archive.read(name).decode(errors="replace"), name)

    def test_the_plan_names_nobody(self):
        self.assert_nobody(self.job._get_plan_file(), "plan")
        self.assert_nobody(
            json.dumps(self.job._export_plan(), default=str, ensure_ascii=False), "plan"
        )

    def test_a_record_that_is_fetched_names_nobody(self):
        stream = self.job.stream_ids.filtered(lambda s: s.name == "contacts")
        dialog = self.env["crm.migration.fetch"].create(
            {"job_id": self.job.id, "stream_id": stream.id, "source_id": "5"}
        )
        with Journey.keep_logs.__func__(type(self)):
            dialog.action_fetch()
        self.assertEqual(dialog.fate, "unchanged")
        self.assert_nobody(json.dumps(dialog.read(), default=str), "dialog")
        for line in self.logs:
            self.assert_nobody(line, "log")

    def test_rolled_back_all_is_as_before(self):
        with mute_logger("odoo.sql_db"):
            self.run_kinds("rollback")
        self.assertFalse(self.job.loaded_count)
        after = get_digest(self.env)
        changed = [name for name in self.before if after.get(name) != self.before[name]]
        told = {}
        for name in changed:
            if name in self.rows_before:
                now = get_rows(self.env, name)
                told[name] = [r for r in now if r not in self.rows_before[name]][:3]
        self.assertEqual(changed, [], told)
