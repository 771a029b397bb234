"""The rebuild guide as a document: HTML, PDF and XLSX of one inventory."""

import io
from dataclasses import replace
from unittest.mock import patch

from lxml import html
from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ...connectors.core.sentences import _lt
from ...wizards.crm_migration_guide import REPORT
from .rebuild_source import AUTOMATIONS
from .test_rebuild_drafts import RebuildCase

REVIEWER = "base.group_user,crm_migration.crm_migration_group_reviewer"


@tagged("post_install", "-at_install")
class TestGuide(RebuildCase):
    def setUp(self):
        super().setUp()
        action = self.job.action_open_guide()
        self.assertEqual(action["res_model"], "crm.migration.guide")
        self.guide = self.env["crm.migration.guide"].create({"job_id": self.job.id})

    def get_file(self, action):
        self.assertEqual(action["type"], "ir.actions.act_url")
        file = self.env["ir.attachment"].browse(
            int(action["url"].split("/")[3].split("?")[0])
        )
        self.assertEqual((file.res_model, file.res_id), (self.job._name, self.job.id))
        self.assertFalse(file.public)
        return file

    def test_html_says_everything_and_runs_nothing(self):
        file = self.get_file(self.guide.action_html())
        self.assertEqual(file.name, "rebuild-guide-Rebuild-it.html")
        page = html.fromstring(file.raw)
        self.assertEqual(
            {each.text_content().strip() for each in page.iter("h3")},
            {str(each.name) for each in AUTOMATIONS.values()},
        )
        text = page.text_content()
        self.assertIn("Rebuild Guide: Rebuild / it", text)
        self.assertIn("Call <them>", text)
        self.assertIn("Draft Possible: 11", text)
        for row in self.job.automation_ids:
            self.assertIn(row.recommendation, text)
        self.assertNotIn("invented", file.raw.decode())

    def test_xlsx_has_a_row_for_each_and_no_formula(self):
        file = self.get_file(self.guide.action_xlsx())
        sheet = load_workbook(io.BytesIO(file.raw)).active
        rows = list(sheet.iter_rows(values_only=True))
        self.assertEqual(len(rows), len(AUTOMATIONS) + 1)
        self.assertEqual(rows[0][:2], ("Name", "Kind"))
        self.assertIn("=2+3", [row[0] for row in rows])
        self.assertNotIn("f", {cell.data_type for line in sheet for cell in line})

    def test_pdf_is_odoos_own_report(self):
        action = self.guide.action_pdf()
        self.assertEqual(
            (action["type"], action["report_type"]), ("ir.actions.report", "qweb-pdf")
        )
        report = self.env.ref(REPORT)
        body, kind = report._render_qweb_html(REPORT, self.job.ids)
        self.assertEqual(kind, "html")
        self.assertIn(b"Rebuild Guide", body)
        state = self.env["ir.actions.report"].get_wkhtmltopdf_state()
        if state == "install":
            forced = report.with_context(force_report_rendering=True)
            with self.assertRaisesRegex(UserError, "(?i)wkhtmltopdf"):
                forced._render_qweb_pdf(REPORT, self.job.ids)
        # Odoo prints HTML in its place in tests: that the document is made is seen here.
        pdf, kind = report._render_qweb_pdf(REPORT, self.job.ids)
        self.assertTrue(pdf)

    def test_one_day_is_no_days(self):
        row = self.job.automation_ids[:1]
        step = {"kind": "activity", "data": {"summary": "Ring", "days": 1}}
        step |= {"values": [], "text": "", "note": "", "gap": ""}
        step["delay"] = {"unit": "days", "amount": 0, "before": False}
        said = row._format_step(step)
        self.assertTrue(said.endswith("due in 1 day"), said)
        self.assertEqual(row._format_delay({"unit": "hours", "amount": 1}), "1 hour")
        self.assertEqual(row._format_delay({"unit": "hours", "amount": 2}), "2 hours")

    def test_made_again_it_takes_the_place_of_the_earlier_one(self):
        first = self.get_file(self.guide.action_xlsx())
        second = self.get_file(self.guide.action_xlsx())
        self.assertFalse(first.exists())
        self.assertTrue(second.exists())

    def test_where_nothing_runs_by_itself_it_says_what_to_do(self):
        self.job.automation_ids.unlink()
        with self.assertRaisesRegex(UserError, "Nothing that runs by itself"):
            self.guide.action_html()

    def test_a_reviewer_reads_it_and_drafts_nothing(self):
        reviewer = new_test_user(self.env, "reader", groups=REVIEWER)
        guides = self.env["crm.migration.guide"].with_user(reviewer)
        guide = guides.create({"job_id": self.job.id})
        self.assertTrue(self.get_file(guide.action_html()).raw)
        self.assertEqual(
            self.job.with_user(reviewer).action_open_automations()["res_model"],
            "crm.migration.automation",
        )
        with self.assertRaises(AccessError):
            guide.action_create_drafts()
        with self.assertRaises(AccessError):
            self.job.automation_ids[:1].with_user(reviewer).action_create_draft()

    def test_what_the_source_itself_has_no_name_for_is_named_in_that_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        name = _lt("Approval of quotes")
        told = [replace(each, name=name) for each in AUTOMATIONS.values()]
        rows = self.env["crm.migration.automation"].with_context(lang="fr_FR")
        job = self.job.with_context(lang="fr_FR")
        keys = [row._get_key() for row in self.job.automation_ids]
        tell = lambda rows, job, ids=None: zip(keys, told, strict=True)  # noqa: E731
        with patch.object(type(rows), "_tell", tell):
            found = rows._take(job)
        self.assertEqual(set(found.mapped("name")), {"Approbation des devis"})

    def test_it_speaks_the_language_of_its_reader(self):
        lang = self.env["res.lang"]._activate_lang("fr_FR")
        self.assertTrue(lang)
        row = self.job.automation_ids[:1]
        words = type(row)._format_trigger
        seen = []

        def spy(record, told):
            seen.append(record.env.lang)
            return words(record, told)

        with patch.object(type(row), "_format_trigger", spy):
            row.invalidate_recordset()
            self.assertTrue(row.with_context(lang="fr_FR").trigger_text)
        self.assertEqual(seen, ["fr_FR"])
