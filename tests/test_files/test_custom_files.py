"""A file of a kind that Odoo does not have: a model of its own, here and where it is replayed."""

import json

from odoo.tests import tagged

from ..common import MigrationCase
from ..digests import get_digest

FILES = {
    "companies.csv": "Id,Name,Industry,City\n7,Ćevap & Sons,Food,Split\n",
    "contacts.csv": "Id,First Name,Last Name,Email,Machine ID\n"
    "1,Zoë,Haddad,zoe@cevap.example,M1\n",
    "geraete.csv": "Machine ID,Machine,Serial No.,Company ID,Price,Bought,Runs\n"
    'M1,CNC-7 “Ž”,007,7,"45,000.12",28.02.2021,yes\nM2,Dreher,008,,12.5,31.12.2020,no\n',
}
OPTIONS = {"geraete.csv": {"custom_object": "Machines"}}


@tagged("post_install", "-at_install")
class TestCustomFiles(MigrationCase):
    def setUp(self):
        self.addCleanup(lambda: self.registry._setup_models__(self.env.cr))
        super().setUp()

    def replay(self, plan):
        self.import_files(FILES, **plan)
        self.run_kinds("discover", "extract", "load", "verify")

    def migrate(self):
        options = json.dumps(OPTIONS)
        self.replay({"settings": {"file_options": options}, "create_fields": True})

    def check_machines(self):
        press, lathe = self.migrated("machines", "M1"), self.migrated("machines", "M2")
        self.assertEqual(press._name, "x_machines")
        self.assertEqual(press.x_name, "CNC-7 “Ž”")
        self.assertEqual((press.x_serial_no, press.x_price), ("007", 45000.12))
        self.assertEqual(str(press.x_bought), "2021-02-28")
        self.assertEqual((press.x_runs, lathe.x_runs), (True, False))
        self.assertEqual(press.x_company_id, self.migrated("companies", "7"))
        self.assertEqual(self.migrated("contacts", "1").x_machine_id, press)
        differences = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertFalse(differences.mapped(lambda d: (d.stream, d.field, d.found)))
        lost = self.env["crm.migration.unaccounted"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertFalse(lost.mapped(lambda v: (v.stream, v.path, v.value)))

    def test_a_file_becomes_a_model_and_leaves_nothing_when_it_is_taken_back(self):
        self.env.flush_all()
        self.upload(FILES).unlink()
        before = get_digest(self.env)
        self.migrate()
        self.check_machines()
        run = self.run_kind("rollback")
        self.assertEqual(run.state, "done", run.blocked_reason)
        self.assertNotIn("x_machines", self.env)
        after = get_digest(self.env)
        changed = {n for n in {*before, *after} if before.get(n) != after.get(n)}
        self.assertFalse(changed - {"ir_attachment"})

    def test_a_plan_makes_the_same_model_elsewhere(self):
        """Also what a person decided of the fields: their labels, kinds and choices."""
        self.migrate()
        mapping = self.job.mapping_ids.filtered(lambda m: m.stream == "machines")
        mapping.object_label = "Maschinen"
        serial = mapping.line_ids.filtered(lambda line: line.source == "Serial No.")
        serial.write(
            {
                "custom_kind": "selection",
                "custom_label": "Serie",
                "custom_options": [["007", "Seven"], ["008", "Eight"]],
            }
        )
        plan = json.loads(json.dumps(self.job._export_plan()))
        self.run_kind("rollback")
        self.assertNotIn("x_machines", self.env)
        plan["name"] = "Elsewhere"
        self.replay(plan)
        self.assertNotEqual(self.job.mapping_ids.ids, mapping.job_id.mapping_ids.ids)
        self.check_machines()
        self.assertEqual(self.env["ir.model"]._get("x_machines").name, "Maschinen")
        field = self.env["x_machines"]._fields["x_serial_no"]
        self.assertEqual((field.type, field.string), ("selection", "Serie"))
        self.assertEqual(dict(field.selection)["007"], "Seven")

    def test_the_dialog_shows_what_a_file_is_called(self):
        start = self.env["crm.migration.job.start"].create(
            {
                "source": "spreadsheet",
                "file_ids": self.upload(FILES).ids,
                "step": "connect",
            }
        )
        start.settings = {"fields": [], "values": {"file_options": json.dumps(OPTIONS)}}
        start.action_check()
        shown = {table["name"]: table["custom_object"] for table in start.preview}
        self.assertEqual(shown["geraete.csv"], "Machines")
        self.assertEqual(shown["companies.csv"], "")
        self.assertIn("Machines", start.line_ids.mapped("label"))


@tagged("post_install", "-at_install")
class TestManyColumns(MigrationCase):
    """Functions of PostgreSQL take 100 arguments; exports have more columns."""

    def setUp(self):
        self.addCleanup(lambda: self.registry._setup_models__(self.env.cr))
        super().setUp()

    def test_more_fields_are_created_and_proven_than_a_function_takes(self):
        parts = ("Ba", "Co", "Du", "Fe", "Gi", "Ho", "Ju", "Ka", "Lo", "Mi", "Nu", "Po")
        names = [f"{a}{b.lower()}x" for a in parts for b in parts][:130]
        rows = [
            ["Id", "First Name", "Last Name", *names],
            *(
                [str(i), "Zoë", f"Haddad {i}", *(f"{n} of {i}" for n in range(130))]
                for i in range(1, 9)
            ),
        ]
        text = "".join(",".join(row) + "\n" for row in rows)
        self.import_files({"contacts__csv": text})
        self.run_kinds("discover")
        lines = self.job.mapping_ids.line_ids
        lines.filtered(lambda line: line.source_label in names)._accept_custom()
        self.run_kinds("extract", "load", "verify")
        contact = self.migrated("contacts", "3")
        self.assertEqual(contact[f"x_{names[-1].lower()}"], "129 of 3")
        run = self.job.run_id
        self.assertGreaterEqual(run.compared_count, 8 * 130)
        self.assertFalse(self.job.difference_count)
        contact[f"x_{names[76].lower()}"] = "somebody else's"
        self.env.cr.execute(
            "UPDATE res_partner SET write_uid = 1 WHERE id = %s", [contact.id]
        )
        self.env.invalidate_all()
        self.run_kinds("verify")
        found = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertEqual(found.mapped("field"), [f"x_{names[76].lower()}"])
