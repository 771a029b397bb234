"""Texts in several languages: a change reaches all of them, a translation stays."""

from odoo.tests import tagged
from odoo.tools import SQL

from ..loader_common import LoaderCase


def tell(text):
    return {"name": "Welcome", "subject": text, "body_html": f"<p>{text}</p>"}


@tagged("post_install", "-at_install")
class TestLanguages(LoaderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("fr_FR", "de_DE"):
            cls.env["res.lang"]._activate_lang(code)
        cls.company.partner_id.lang = "fr_FR"

    def read_texts(self, record, name):
        """Return language → text as the column has it."""
        self.env.flush_all()
        [(texts,)] = self.env.execute_query(
            SQL(
                "SELECT %s FROM %s WHERE id = %s",
                SQL.identifier(name),
                SQL.identifier(record._table),
                record.id,
            )
        )
        return texts

    def load_template(self, text):
        self.load("templates", "mail.template", {"1": tell(text)})
        return self.loaded("templates", "1")

    def test_a_new_name_is_seen_by_whoever_reads_another_language(self):
        self.load("tags", "crm.tag", {"1": {"name": "Vieux"}})
        tag = self.loaded("tags", "1")
        self.load("tags", "crm.tag", {"1": {"name": "Neuf"}})
        self.assertEqual(
            self.read_texts(tag, "name"), {"en_US": "Neuf", "fr_FR": "Neuf"}
        )
        for code in ("en_US", "de_DE", "fr_FR"):
            self.assertEqual(tag.with_context(lang=code).name, "Neuf", code)
        self.assertEqual(self.verify("tags", "crm.tag", ["1"]), [])
        self.assertEqual(self.unload("tags"), {"deleted": 1})

    def test_what_somebody_has_translated_stays(self):
        template = self.load_template("Bienvenue")
        template.with_context(lang="de_DE").subject = "Willkommen"
        self.load_template("Bonjour")
        self.assertEqual(
            self.read_texts(template, "subject"),
            {"en_US": "Bonjour", "fr_FR": "Bonjour", "de_DE": "Willkommen"},
        )
        self.assertEqual(
            self.read_texts(template, "body_html"),
            {"en_US": "<p>Bonjour</p>", "fr_FR": "<p>Bonjour</p>"},
        )

    def continue_it(self):
        """Go on with a migration of its own, which knows what the first one loaded."""
        first, maps = self.job, self.env["crm.migration.id.map"]
        mapped = maps.search([("job_id", "=", first.id)])
        newer = first.create(
            {
                "name": "Again",
                "source": first.source,
                "company_id": self.company.id,
                "predecessor_id": first.id,
            }
        )
        self.patch(type(self), "job", newer)
        self.patch(
            type(self),
            "load_run",
            self.load_run.create({"job_id": newer.id, "kind": "load", "phase": "load"}),
        )
        self.mappings = {}
        return mapped

    def load_known(self, stream, model, key, values, mapped):
        """Load what an earlier migration loaded."""
        known = {
            name: mapped[name] for name in ("res_id", "outcome", "rollback_action")
        }
        known |= {"rollback_action": "keep", "is_known": True, "values_hash": ""}
        self.load(stream, model, {key: values}, mapped=known)

    def test_a_rollback_gives_each_language_its_text_back(self):
        template = self.load_template("Bienvenue")
        mapped = self.continue_it()
        self.load_known("templates", "mail.template", "1", tell("Bonjour"), mapped)
        self.assertEqual(template.with_context(lang="en_US").subject, "Bonjour")
        template.with_context(lang="de_DE").subject = "Guten Tag"
        self.assertEqual(self.unload("templates"), {"restored": 1})
        self.assertEqual(
            self.read_texts(template, "subject"),
            {"en_US": "Bienvenue", "fr_FR": "Bienvenue", "de_DE": "Guten Tag"},
        )

    def test_a_rollback_takes_a_value_of_its_company_back_and_no_other_one(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        there = self.env["res.partner"].create({"name": "There"})
        self.load(
            "people",
            "res.partner",
            {"1": {"name": "There", "barcode": "0401"}},
            decision="merge",
            merge_id=there.id,
        )
        self.assertEqual(there.barcode, "0401")
        there.with_company(other).barcode = "0999"
        self.env.flush_all()
        self.assertEqual(self.unload("people"), {"restored": 1})
        self.assertFalse(there.barcode)
        self.assertEqual(self.read_texts(there, "barcode"), {str(other.id): "0999"})
