"""The documents of a migration: what stands in them is what stands in the tables."""

import hashlib
import io
from unittest.mock import patch

from lxml import html
from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ...wizards.crm_migration_documents import REPORT
from ...wizards.documents.document import MOST_ROWS, SECTIONS, make_sections
from ..common import MigrationCase

REVIEWER = "base.group_user,crm_migration.crm_migration_group_reviewer"
NAMES = ("=1+1", "+49 30 1", "-5", "@SUM(A1)", 'Ærø "quoted" <b>', "=HYPERLINK(1)")
STAGES = ("New", "Offer", "Offer", "New", "Won it", "Offer")


def make_csv(rows):
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows) + "\n"


@tagged("post_install", "-at_install")
class TestDocuments(MigrationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own = cls.env.company.currency_id.name
        names = [name.replace('"', '""') for name in NAMES]
        deals = [("Id", "Deal Name", "Stage", "Amount", "Currency")] + [
            (n, name, stage, f"{n * 1000}.50", "XYZ" if n == 6 else own)
            for n, (name, stage) in enumerate(zip(names, STAGES, strict=True), 1)
        ]
        companies = [("Id", "Company Name", "E-Mail")] + [
            (n, f"Company {n}", f"info@c{n}.example") for n in range(1, 8)
        ]
        cls.import_files(
            {
                "deals__csv": make_csv(deals),
                "companies__csv": make_csv(companies),
            }
        )
        cls.run_kinds("discover", "extract", "load", "verify")
        cls.dialog = cls.env["crm.migration.documents"].create({"job_id": cls.job.id})

    def get_file(self, action):
        self.assertEqual(action["type"], "ir.actions.act_url")
        number = int(action["url"].split("/")[3].split("?")[0])
        file = self.env["ir.attachment"].browse(number)
        self.assertEqual((file.res_model, file.res_id), (self.job._name, self.job.id))
        self.assertFalse(file.public)
        return file

    def get_book(self):
        return load_workbook(io.BytesIO(self.get_file(self.dialog.action_xlsx()).raw))

    def read_sheet(self, book, title):
        rows = [list(row) for row in book[title].iter_rows(values_only=True)]
        return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]

    def add_file(self, content=b"bytes of a file"):
        partner = self.env["res.partner"].search([], limit=1)
        file = self.env["ir.attachment"].create(
            {
                "name": "-offer.txt",
                "raw": content,
                "res_model": "res.partner",
                "res_id": partner.id,
            }
        )
        self.env["crm.migration.id.map"].create(
            {
                "job_id": self.job.id,
                "stream": self.job.stream_ids[0].name,
                "source_id": "f1",
                "res_model": "ir.attachment",
                "res_id": file.id,
                "outcome": "created",
                "rollback_action": "keep",
            }
        )
        return file, partner

    def test_the_sums_of_the_workbook_are_those_of_the_tables(self):
        rows = self.read_sheet(self.get_book(), "Sums")
        self.env.cr.execute(
            "SELECT stream.label, count(*), count(*) FILTER (WHERE state = 'loaded')"
            "  FROM crm_migration_record AS record"
            "  JOIN crm_migration_stream AS stream ON stream.id = record.stream_id"
            " WHERE record.job_id = %s GROUP BY 1",
            [self.job.id],
        )
        expected = {
            label: (count, loaded) for label, count, loaded in self.env.cr.fetchall()
        }
        self.assertTrue(expected)
        for row in rows[:-1]:
            parts = ("Created", "Updated", "Merged", "Skipped", "Failed", "Not Loaded")
            total = sum(row.get(name) or 0 for name in parts)
            self.assertEqual(row["Staged"], total)
            self.assertEqual(row["In the Source"], row["Staged"])
            self.assertEqual(row["Adds Up"], "Yes")
            if row["Staged"]:
                created = row["Created"] + row["Updated"] + row["Merged"]
                self.assertEqual(expected[row["Object"]], (row["Staged"], created))
        self.assertEqual(rows[-1]["Staged"], sum(row[0] for row in expected.values()))

    def test_amounts_are_added_up_on_both_sides(self):
        book = self.get_book()
        rows = self.read_sheet(book, "By Stage of the Source")
        self.env.cr.execute(
            "SELECT payload ->> 'Stage', payload ->> 'Currency', count(*),"
            "       sum((payload ->> 'Amount')::numeric)::float"
            "  FROM crm_migration_record WHERE job_id = %s AND payload ? 'Stage'"
            " GROUP BY 1, 2",
            [self.job.id],
        )
        expected = {row[:2]: row[2:] for row in self.env.cr.fetchall()}
        self.assertEqual(len(expected), 4)
        found = {
            (row["Stage in the Source"], row["Currency"]): (
                row["Deals"],
                row["Amount in the Source"],
            )
            for row in rows
        }
        self.assertEqual(found, expected)
        own = self.env.company.currency_id.name
        for row in rows:
            self.assertEqual(row["Difference"] or 0, 0)
            if row["Currency"] == own:
                self.assertEqual(row["Difference"], 0)
        in_odoo = self.read_sheet(book, "By Stage in Odoo")
        self.env.cr.execute(
            "SELECT count(*), sum(expected_revenue)::float FROM crm_lead WHERE id IN"
            " (SELECT res_id FROM crm_migration_id_map WHERE job_id = %s"
            "   AND res_model = 'crm.lead')",
            [self.job.id],
        )
        count, amount = self.env.cr.fetchone()
        total = in_odoo[-1]
        names = list(total)
        self.assertEqual((total[names[2]], total[names[3]]), (count, amount))
        self.assertEqual(sum(row[names[3]] for row in in_odoo[:-1]), amount)

    def test_both_sides_come_to_one_sum_and_stages_of_one_name_are_told_apart(self):
        leads = self.env["crm.lead"].search([("name", "in", NAMES[:4])])
        leads[:3].expected_revenue = 1000.334
        teams = self.env["crm.team"].create([{"name": "North"}, {"name": "South"}])
        stages = leads.stage_id
        self.assertEqual(len(stages), 2)
        for stage, team in zip(stages, teams, strict=True):
            stage.write({"name": "Twice", "team_ids": [(6, 0, team.ids)]})
        self.env.flush_all()
        book = self.get_book()
        in_odoo = self.read_sheet(book, "By Stage in Odoo")
        name, _status, _count, amount = list(in_odoo[0])
        self.env.cr.execute(
            "SELECT round(sum(expected_revenue), 2)::float FROM crm_lead WHERE id IN"
            " (SELECT res_id FROM crm_migration_id_map WHERE job_id = %s"
            "   AND res_model = 'crm.lead')",
            [self.job.id],
        )
        self.assertEqual(in_odoo[-1][amount], self.env.cr.fetchone()[0])
        found = {row[name] for row in in_odoo[:-1]}
        self.assertLessEqual({"Twice (North)", "Twice (South)"}, found)

    def test_a_changed_amount_shows_as_a_difference(self):
        lead = self.env["crm.lead"].search([("name", "=", NAMES[1])])
        lead.expected_revenue += 10
        rows = self.read_sheet(self.get_book(), "By Stage of the Source")
        self.assertEqual(sum(row["Difference"] or 0 for row in rows), 10)

    def test_no_text_is_a_formula(self):
        self.add_file()
        self.env["crm.migration.check"].create(
            {
                "job_id": self.job.id,
                "code": "x",
                "level": "warning",
                "text": "=cmd|' /C calc'!A0",
                "accepted_reason": "@SUM(1)",
            }
        )
        book, begun = self.get_book(), 0
        for sheet in book:
            for line in sheet.iter_rows():
                for cell in line:
                    self.assertNotEqual(cell.data_type, "f", cell.value)
                    if isinstance(cell.value, str) and cell.value[:1] in "=+-@":
                        begun += bool(cell.value)
                        if cell.value:
                            self.assertTrue(cell.quotePrefix, cell.value)
        self.assertGreater(begun, 2)

    def test_every_file_has_its_digest(self):
        file, partner = self.add_file()
        [row] = self.read_sheet(self.get_book(), "Manifest")
        self.assertEqual(row["File"], "-offer.txt")
        self.assertEqual(row["SHA-256"], hashlib.sha256(file.raw).hexdigest())
        self.assertEqual((row["Bytes"], row["Source ID"]), (len(file.raw), "f1"))
        self.assertEqual(row["Record"], partner.display_name)

    def test_the_mapping_has_every_field_and_who_decided(self):
        rows = self.read_sheet(self.get_book(), "Mapping")
        lines = self.job.mapping_ids.filtered("selected").line_ids
        self.assertEqual(len(rows), len(lines))
        decided = [row for row in rows if row["Decision"] != "To Decide"]
        self.assertTrue(decided)
        self.assertTrue(all(row["By"] for row in decided))

    def test_who_decided_stays_whatever_the_engine_writes_later(self):
        person = new_test_user(self.env, "decider", groups=REVIEWER)
        line = self.job.mapping_ids.line_ids.filtered(
            lambda row: row.source == "Amount"
        )
        value = self.job.value_map_ids.filtered(
            lambda row: row.key == "Offer" and row.model_name == "crm.stage"
        )
        line.with_user(person).action_reopen()
        line.with_user(person).action_accept()
        value.with_user(person).action_create()
        # As a load does, which notes what it has made.
        line.write({"lossy": "Cents", "custom_field": "x_amount"})
        value.write({"decision": "map", "target_ref": "crm.stage,1"})
        book = self.get_book()
        [row] = [
            r
            for r in self.read_sheet(book, "Mapping")
            if r["Goes To"] == line.target_label
        ]
        self.assertEqual(row["By"], person.name)
        told = {r["Source Value"]: r["By"] for r in self.read_sheet(book, "Values")}
        self.assertEqual(told["Offer"], person.name)
        self.assertNotEqual(told["New"], person.name)

    def test_html_is_one_file_with_every_chapter_and_no_script(self):
        raw = self.get_file(self.dialog.action_html()).raw.decode()
        page = html.fromstring(raw)
        self.assertEqual(
            [each.text_content().strip() for each in page.iter("h2")],
            [str(title) for title, _make in SECTIONS.values()],
        )
        self.assertFalse(page.xpath("//script | //link | //img | //*[@src]"))
        self.assertNotIn("url(", raw)
        self.assertIn(self.job.name, page.text_content())
        self.assertIn(self.env.cr.dbname, page.text_content())

    def test_only_what_is_chosen(self):
        names = [name for name in SECTIONS if name != "owners"]
        self.dialog.write(dict.fromkeys(names, False))
        page = html.fromstring(self.get_file(self.dialog.action_html()).raw)
        self.assertEqual(
            [e.text_content().strip() for e in page.iter("h2")], ["Owners"]
        )
        self.assertEqual(self.get_book().sheetnames, ["Summary", "Owners"])

    def test_long_lists_are_summed_up_on_paper_and_whole_in_the_workbook(self):
        self.env["crm.migration.value.map"].create(
            [
                {"job_id": self.job.id, "list": "x", "key": f"k{n}", "label": f"K {n}"}
                for n in range(1500)
            ]
        )
        sections = make_sections(self.job)
        tables = [table for section in sections for table in section.tables]
        self.assertLess(sum(table.shown for table in tables), MOST_ROWS)
        raw = self.get_file(self.dialog.action_html()).raw.decode()
        self.assertIn("more: the workbook (XLSX) has all of them", raw)
        self.assertLess(raw.count("<tr"), MOST_ROWS)
        rows = self.read_sheet(self.get_book(), "Values")
        self.assertEqual(sum(row["List"] == "x" for row in rows), 1500)

    def test_where_nothing_prints_a_sentence_says_so(self):
        report = type(self.env["ir.actions.report"])
        with (
            patch.object(report, "get_wkhtmltopdf_state", lambda self: "install"),
            self.assertRaisesRegex(UserError, "wkhtmltopdf"),
        ):
            self.dialog.action_pdf()

    def test_pdf_is_printed_by_odoo(self):
        report = type(self.env["ir.actions.report"])
        with patch.object(report, "get_wkhtmltopdf_state", lambda self: "ok"):
            file = self.get_file(self.dialog.action_pdf())
        # Odoo prints HTML in its place in tests.
        self.assertIn(b"Reconciliation", file.raw)
        self.assertEqual(file.name, f"documents-{self.job.name}.pdf")

    def test_it_speaks_the_language_of_its_reader(self):
        for lang, words in (
            ("de_DE", ("Abstimmung", "Zuordnung", "Stichprobe")),
            ("fr_FR", ("Rapprochement", "Correspondance")),
        ):
            self.env["res.lang"]._activate_lang(lang)
            self.env["ir.module.module"]._load_module_terms(["crm_migration"], [lang])
            dialog = self.dialog.with_context(lang=lang)
            text = self.get_file(dialog.action_html()).raw.decode()
            for word in words:
                self.assertIn(word, text, lang)
            self.assertIn(f'lang="{lang[:2]}"', text)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_a_reviewer_makes_them_and_nobody_else_does(self):
        reviewer = new_test_user(self.env, "papers", groups=REVIEWER)
        dialog = self.env["crm.migration.documents"].with_user(reviewer)
        dialog = dialog.create({"job_id": self.job.id})
        self.assertTrue(self.get_file(dialog.action_html()).raw)
        self.assertTrue(self.get_file(dialog.action_xlsx()).raw)
        action = self.job.with_user(reviewer).action_open_documents()
        self.assertEqual(action["res_model"], "crm.migration.documents")
        stranger = new_test_user(self.env, "stranger", groups="base.group_user")
        other = self.env["res.company"].create({"name": "Elsewhere"})
        abroad = new_test_user(
            self.env,
            "abroad",
            groups=REVIEWER,
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        values = "report.crm_migration.crm_migration_documents_document"
        for user in (stranger, abroad):
            report = self.env.ref(REPORT).with_user(user).sudo(False)
            self.assertTrue(report)
            with self.assertRaises(AccessError):
                self.env[values].with_user(user)._get_report_values(self.job.ids)
            with self.assertRaises(AccessError):
                self.env["crm.migration.documents"].with_user(user).create(
                    {"job_id": self.job.id}
                ).action_html()

    def test_a_signed_spot_check_stands_in_it(self):
        check = self.env["crm.migration.spot.check"]._draw(self.job, 3, "x")
        check.line_ids.action_right()
        check.action_sign()
        book = self.get_book()
        rows = self.read_sheet(book, "Signed in Odoo")
        self.assertEqual([row["Fingerprint"] for row in rows][-1], check.digest)
        title = f"Records of {check.display_name}"[:28].strip()
        self.assertEqual(
            [row["Verdict"] for row in self.read_sheet(book, title)], ["Right"] * 3
        )

    def test_a_closed_or_empty_migration_has_documents_as_well(self):
        self.job.action_accept_open()
        self.job.phase = "done"
        self.job._close()
        self.assertTrue(self.get_file(self.dialog.action_html()).raw)
        self.get_book()
        empty = self.env["crm.migration.job"].create(
            {"name": "Empty", "source": self.job.source}
        )
        dialog = self.env["crm.migration.documents"].create({"job_id": empty.id})
        for action in (dialog.action_html, dialog.action_xlsx):
            self.assertTrue(action()["url"])
