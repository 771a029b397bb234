"""What a contact calls its company, where that is not what the company is called."""

from odoo.tests import tagged
from odoo.tools import html2plaintext

from ..loader_common import LoaderCase


@tagged("post_install", "-at_install")
class TestCompanyNames(LoaderCase):
    def load_firm(self):
        rows = {"1": {"name": "Pão & Cia", "is_company": True}}
        self.load("firms", "res.partner", rows)
        return self.loaded("firms", "1")

    def test_a_company_that_a_contact_calls_otherwise_is_noted(self):
        firm = self.load_firm()
        parent = {"parent_id": self.ref("firms", "1")}
        names = {"1": 'Padaria d\'Água "Velha" & Co', "2": " pão  & CIA.", "3": ""}
        self.load(
            "people",
            "res.partner",
            {
                key: {"name": "Ana", "company_name": n, **parent}
                for key, n in names.items()
            },
        )
        ana, same, none = (self.loaded("people", key) for key in names)
        self.assertEqual((ana | same | none).parent_id, firm)
        said = html2plaintext(ana.comment)
        self.assertIn('Company Name*: Padaria d\'Água "Velha" & Co', said)
        self.assertFalse(same.comment or none.comment)
        self.assertEqual(self.messages("value_of_company").record_id.source_id, "1")
        self.assertEqual(self.verify("people", "res.partner", list(names)), [])

    def test_a_company_renamed_in_odoo_leaves_its_contacts_verified(self):
        firm = self.load_firm()
        parent = {"parent_id": self.ref("firms", "1")}
        names = {"1": "Pão & Cia", "2": "Padaria Velha"}
        self.load(
            "people",
            "res.partner",
            {
                key: {"name": "Ana", "company_name": n, **parent}
                for key, n in names.items()
            },
        )
        firm.name = "Pão e Companhia"
        self.assertEqual(self.verify("people", "res.partner", list(names)), [])

    def test_a_late_link_notes_the_name_that_the_contact_had_for_its_company(self):
        late = {"9": {"name": "Spät", "is_company": True}}
        self.stage("firms", "res.partner", late)
        values = {"name": "Früh", "company_name": "Padaria Velha"}
        values["parent_id"] = self.ref("firms", "9")
        self.load("people", "res.partner", {"1": values})
        early = self.loaded("people", "1")
        self.assertEqual(early.company_name, "Padaria Velha")
        self.load("firms", "res.partner", late)
        maps = self.map_row("people", "1")
        self.env["crm.migration.target"]._for("res.partner")._link(self.load_run, maps)
        self.assertEqual(early.parent_id, self.loaded("firms", "9"))
        self.assertIn("Company Name</b>: Padaria Velha", early.comment)
        self.assertEqual(self.verify("people", "res.partner", ["1"]), [])
