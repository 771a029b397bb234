"""Fields and models that a migration made, and nobody uses, go; whatever is used stays."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..clean_up_common import FILLED, NAMES, CleanUpCase

MOTTO = "res.partner:x_motto"
GROUP = "base.group_user,crm_migration.crm_migration_group_{}"


@tagged("post_install", "-at_install")
class TestCleanUpFields(CleanUpCase):
    def make_field(self, name, kind, **values):
        return self.env["ir.model.fields"].create(
            {
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "name": name,
                "field_description": name,
                "ttype": kind,
                **values,
            }
        )

    def note(self, key=MOTTO):
        return self.pieces("fields")[key]["note"]

    def test_only_what_is_empty_in_all_records_is_offered_and_goes(self):
        self.change("companies", 1, grade="1")
        self.migrate()
        pieces = self.pieces("fields")
        self.assertEqual(set(pieces), {f"res.partner:x_{name}" for name in NAMES})
        self.assertEqual({p["note"] for p in pieces.values()}, {""})
        self.assertEqual(pieces["res.partner:x_grade"]["count"], 1)
        self.assertEqual(self.offered("fields"), set(pieces) - {"res.partner:x_grade"})
        said = self.clean(("fields", MOTTO), ("fields", "res.partner:x_spoken"))
        self.assertIn("Motto (Contact), Spoken (Contact)", said)
        gone = {"x_motto", "x_spoken"}
        self.assertEqual(self.field_names(), {f"x_{n}" for n in NAMES} - gone)
        self.env.cr.execute(
            "SELECT FROM information_schema.columns"
            " WHERE table_name = 'res_partner' AND column_name = 'x_motto'"
        )
        self.assertFalse(self.env.cr.fetchall())
        self.assertNotIn("x_spoken_res_partner_option", self.env, "nor its options")
        form = self.env["res.partner"].get_views([(False, "form")])["views"]["form"]
        self.assertNotIn('"x_motto"', form["arch"])
        self.assertIn("x_motto_long", form["arch"])
        self.assertIn("Motto", self.job.message_ids[0].body)
        self.assertEqual(self.job.message_ids[0].author_id, self.env.user.partner_id)

    def test_an_archived_contact_with_a_value_counts(self):
        for name, value in FILLED.items():
            self.change("companies", 2, **{name: value})
        self.migrate()
        self.migrated("companies", "2").active = False
        self.assertEqual({p["count"] for p in self.pieces("fields").values()}, {1})
        self.assertFalse(self.offered("fields"))
        company = self.migrated("companies", "2")
        company.write(
            {
                **dict.fromkeys((f"x_{n}" for n in NAMES), False),
                "x_about": "<p><br></p>",
                "x_spoken": [(5,)],
            }
        )
        self.assertEqual(len(self.offered("fields")), len(NAMES), "emptied by hand")

    def test_values_that_stand_elsewhere_than_in_a_column_count(self):
        self.migrate()
        company = self.migrated("companies", "1")
        other = self.env["res.company"].create({"name": "Elsewhere"})
        pairs = {
            "x_file": ("binary", {}, "QUJD"),
            "x_said": ("char", {"translate": "standard"}, "Hallo"),
            "x_ours": ("char", {"company_dependent": True}, "B-7"),
            "x_rank": ("integer", {"company_dependent": True}, 7),
        }
        for name, (kind, more, _value) in pairs.items():
            self.make_field(name, kind, **more)
        self.assertEqual(
            self.job._count_values("res.partner", list(pairs)), dict.fromkeys(pairs, 0)
        )
        for name, (_kind, _more, value) in pairs.items():
            company.with_company(other).with_context(lang="en_US")[name] = value
        self.assertEqual(
            self.job._count_values("res.partner", list(pairs)), dict.fromkeys(pairs, 1)
        )
        for name, (kind, _more, _value) in pairs.items():
            company.with_company(other)[name] = 0 if kind == "integer" else False
        self.assertEqual(
            self.job._count_values("res.partner", list(pairs)), dict.fromkeys(pairs, 0)
        )

    def test_where_people_use_a_field_is_said(self):
        self.migrate()
        self.assertIn(MOTTO, self.offered("fields"))
        field = self.env["ir.model.fields"]._get("res.partner", "x_motto")
        base = self.env.ref("base.view_partner_form")
        arch = '<field name="vat" position="after"><field name="x_motto"/></field>'
        partners = self.env["ir.model"]._get_id("res.partner")
        uses = {
            "By hand": lambda: self.env["ir.ui.view"].create(
                {"name": "By hand", "model": "res.partner", "inherit_id": base.id,
                 "arch": arch}
            ),
            "On the page": lambda: self.env["ir.ui.view"].create(
                {"name": "On the page", "model": "res.partner",
                 "inherit_id": base.id, "priority": 99,
                 "arch": """<xpath expr="//page[@name='crm_migration']" position="inside">
                     <group/></xpath>"""}
            ),
            "Silent ones": lambda: self.env["ir.filters"].create(
                {"name": "Silent ones", "model_id": "res.partner",
                 "domain": "[\n('x_motto', '=', False)]"}
            ),
            "Of their leads": lambda: self.env["ir.filters"].create(
                {"name": "Of their leads", "model_id": "crm.lead",
                 "domain": "[('partner_id.x_motto', '!=', False)]"}
            ),
            "Told": lambda: self.env["base.automation"].create(
                {"name": "Told", "model_id": partners, "trigger": "on_create_or_write",
                 "trigger_field_ids": [(6, 0, field.ids)]}
            ),
            "Letter": lambda: self.env["mail.template"].create(
                {"name": "Letter", "model_id": partners,
                 "body_html": "<p t-out='object.x_motto'/>"}
            ),
            "Writes": lambda: self.env["ir.actions.server"].create(
                {"name": "Writes", "model_id": partners, "state": "code",
                 "code": "record['x_motto'] = 'a'"}
            ),
            "Rule": lambda: self.env["ir.rule"].create(
                {"name": "Rule", "model_id": partners,
                 "domain_force": "[('x_motto', '=', 'x')]"}
            ),
            "x_again": lambda: self.make_field("x_again", "char", related="x_motto"),
            "x_made": lambda: self.make_field(
                "x_made", "char", depends="x_motto", store=False,
                compute="for r in self: r['x_made'] = r.x_motto",
            ),
            "Default": lambda: self.env["ir.default"].set(
                "res.partner", "x_motto", "Semper"
            ),
        }  # fmt: skip
        for name, make in uses.items():
            with self.subTest(use=name):
                made = make()
                piece = self.pieces("fields")[MOTTO]
                self.assertFalse(piece["offered"])
                self.assertIn("used by", piece["note"])
                if name != "Default":
                    self.assertIn(name, piece["note"])
                    made.unlink()
                else:
                    self.env["ir.default"].search(
                        [("field_id", "=", field.id)]
                    ).unlink()
                self.assertIn(MOTTO, self.offered("fields"))
                self.assertIn("x_motto", self.env["res.partner"]._fields)

    def test_a_field_of_the_same_name_elsewhere_is_another_one(self):
        self.migrate()
        self.env["ir.model.fields"].create(
            {
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "name": "x_motto",
                "field_description": "Theirs",
                "ttype": "char",
            }
        )
        self.env["ir.filters"].create(
            {
                "name": "Theirs",
                "model_id": "crm.lead",
                "domain": "[('x_motto','=','a')]",
            }
        )
        self.env["ir.filters"].create(
            {"name": "Long", "model_id": "res.partner",
             "domain": "[('x_motto_long','=','a')]"}
        )  # fmt: skip
        self.assertIn(MOTTO, self.offered("fields"))
        self.assertNotIn("res.partner:x_motto_long", self.offered("fields"))
        self.clean(("fields", MOTTO))
        self.assertIn("x_motto", self.field_names("crm.lead"))
        self.assertNotIn("x_motto", self.field_names())

    def test_what_another_migration_needs_stays(self):
        self.migrate()
        first = self.job
        second = first.create(
            {"name": "Newer export", "source": "fake", "duplicate_policy": "keep"}
        )
        self.patch(type(self), "job", second)
        self.migrate()
        self.patch(type(self), "job", first)
        self.assertFalse(self.offered("fields"))
        self.assertIn("“Newer export”", self.note())
        line = second.mapping_ids.line_ids.filtered(lambda line: line.source == "motto")
        line.custom_field = False
        self.assertIn(MOTTO, self.offered("fields"))
        second.plan = {"mapping": [{"target": "x_motto"}]}
        self.assertIn("the plan of “Newer export”", self.note())
        second.plan = False
        self.env["crm.migration.template"].create(
            {"name": "Ours", "source": "fake", "company_id": self.env.company.id,
             "content": {"mapping": [{"target": "x_motto"}]}}
        )  # fmt: skip
        self.assertIn("the template “Ours”", self.note())

    def test_it_comes_back_only_once_a_record_fills_it(self):
        self.migrate()
        self.clean(("fields", MOTTO), ("fields", "res.partner:x_vip"))
        self.change("companies", 1, name="Söderström AB")
        self.read_changes()
        self.assertEqual(self.migrated("companies", "1").name, "Söderström AB")
        self.assertNotIn("x_motto", self.field_names())
        self.change("companies", 2, motto="Semper")
        self.change("companies", 3, name="Nygård", motto=None)
        self.read_changes()
        self.assertEqual(self.migrated("companies", "2").x_motto, "Semper")
        self.assertNotIn("x_vip", self.field_names())
        self.run_kinds("verify")
        self.assertFalse(self.job.difference_count)

    def test_what_was_used_since_it_was_shown_stays(self):
        self.migrate()
        action = self.job.action_ask_clean_up()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        for line in dialog._get_lines():
            line.chosen = line.key in (MOTTO, "res.partner:x_vip")
        self.migrated("companies", "1").x_motto = "Semper"
        with self.assertRaisesRegex(UserError, "Confirm"):
            dialog.action_clean_up()
        dialog.confirmed = True
        dialog.action_clean_up()
        self.assertIn("x_motto", self.field_names())
        self.assertNotIn("x_vip", self.field_names())
        self.assertIn("Kept: Motto", self.job.message_ids[0].body)

    def test_what_odoo_does_not_let_go_is_said_and_the_others_go(self):
        self.migrate()
        self.patch(type(self.job), "_find_field_uses", lambda job, known: {})
        self.make_field("x_again", "char", related="x_motto")
        said = self.clean(("fields", MOTTO), ("fields", "res.partner:x_vip"))
        self.assertIn("Kept: Motto", said)
        self.assertIn("x_motto", self.field_names())
        self.assertNotIn("x_vip", self.field_names())
        self.migrated("companies", "1").x_motto = "still a field"
        self.env.flush_all()

    def test_a_rollback_afterwards_takes_all_back(self):
        self.migrate()
        self.clean(("fields", MOTTO), ("models", "x_machines"))
        company = self.migrated("companies", "1")
        self.run_kinds("rollback")
        self.assertFalse(company.exists())
        self.assertFalse(self.field_names())

    # -- custom objects ----------------------------------------------------------

    def test_a_model_without_records_goes_and_comes_back_with_the_first(self):
        self.migrate()
        self.assertIn("x_machines", self.env)
        self.assertEqual(self.offered("models"), {"x_machines"})
        self.assertNotIn("x_machines:x_serial", self.pieces("fields"))
        menus = self.env["ir.ui.menu"].search([("name", "=", "Machines")])
        self.assertTrue(menus)
        self.clean(("models", "x_machines"))
        self.assertNotIn("x_machines", self.env)
        self.assertFalse(menus.exists())
        self.change("companies", 1, name="Söderström AB")
        self.read_changes()
        self.run_kinds("verify")
        self.assertNotIn("x_machines", self.env)
        self.change("machines", 7, name="CNC", serial="S1")
        self.read_changes()
        self.assertEqual(self.migrated("machines", "7").x_serial, "S1")
        self.assertFalse(self.offered("models"))
        self.assertEqual(self.pieces("models")["x_machines"]["count"], 1)

    def test_a_model_that_people_use_stays(self):
        self.migrate()
        found = self.env["ir.filters"].create(
            {"name": "All", "model_id": "x_machines", "domain": "[]"}
        )
        self.assertIn("All", self.pieces("models")["x_machines"]["note"])
        found.unlink()
        rule = self.env["base.automation"].create(
            {
                "name": "On a machine",
                "model_id": self.env["ir.model"]._get_id("x_machines"),
                "trigger": "on_create",
            }
        )
        self.assertIn("On a machine", self.pieces("models")["x_machines"]["note"])
        rule.unlink()
        self.assertEqual(self.offered("models"), {"x_machines"})

    def test_a_field_of_a_model_that_stays_goes_alone(self):
        self.change("machines", 7, name="CNC", serial=None)
        self.migrate()
        self.assertFalse(self.offered("models"))
        self.clean(("fields", "x_machines:x_serial"))
        self.assertNotIn("x_serial", self.field_names("x_machines"))
        views = [(False, kind) for kind in ("list", "form", "search")]
        drawn = self.env["x_machines"].get_views(views)["views"]
        self.assertNotIn("x_serial", "".join(view["arch"] for view in drawn.values()))
        self.change("machines", 7, serial="S7")
        self.read_changes()
        self.assertEqual(self.migrated("machines", "7").x_serial, "S7")

    def test_what_is_signed_stays_signed(self):
        self.migrate()
        for kind in ("mapping", "values"):
            self.env["crm.migration.sign"].create(
                {"job_id": self.job.id, "kind": kind}
            ).action_sign()
        self.job._check_signed()
        copper = self.env["res.partner.category"].search([("name", "=", "Copper")])
        copper.partner_ids = False
        self.clean(
            ("fields", MOTTO),
            ("records", "res.partner.category"),
            ("records", "crm.tag"),
        )
        self.job._check_signed()
        self.run_kinds("load")

    # -- who and when --------------------------------------------------------------

    def test_only_managers_and_only_when_nothing_runs(self):
        self.migrate()
        reviewer = new_test_user(self.env, "cleaner", GROUP.format("reviewer"))
        with self.assertRaises(AccessError):
            self.job.with_user(reviewer).action_ask_clean_up()
        with self.assertRaises(AccessError):
            self.env["crm.migration.clean.up"].with_user(reviewer).create(
                {"job_id": self.job.id}
            )
        manager = new_test_user(self.env, "owner", GROUP.format("manager"))
        action = self.job.with_user(manager).action_ask_clean_up()
        dialog = self.env["crm.migration.clean.up"].with_user(manager)
        dialog = dialog.browse(action["res_id"])
        line = dialog._get_lines().filtered(lambda line: line.key == MOTTO)
        with self.assertRaises(AccessError):
            line.is_offered = True
        line.chosen = True
        dialog.confirmed = True
        dialog.action_clean_up()
        self.assertNotIn("x_motto", self.field_names())
        self.assertEqual(self.job.message_ids[0].author_id, manager.partner_id)
        self.job._start_run("extract", {"again": True})
        with self.assertRaisesRegex(UserError, "at work"):
            self.job.action_ask_clean_up()
        with self.assertRaisesRegex(UserError, "at work"):
            dialog.action_clean_up()

    def test_a_card_is_ticked_by_its_button(self):
        self.change("companies", 1, grade="1")
        self.migrate()
        action = self.job.action_ask_clean_up()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        lines = {line.key: line for line in dialog._get_lines()}
        for chosen in (True, False, True):
            again = lines[MOTTO].action_choose()
            self.assertEqual(again["res_id"], dialog.id, "the dialog stays open")
            self.assertIs(lines[MOTTO].chosen, chosen)
        lines["res.partner:x_grade"].action_choose()
        self.assertFalse(lines["res.partner:x_grade"].chosen, "it is in use")
        reviewer = new_test_user(self.env, "ticker", GROUP.format("reviewer"))
        with self.assertRaises(AccessError):
            lines[MOTTO].with_user(reviewer).action_choose()

    def test_a_migration_that_is_closed_is_cleaned_up_as_well(self):
        self.migrate()
        self.job._close()
        self.assertFalse(self.pieces("data"))
        self.clean(("fields", MOTTO), ("models", "x_machines"))
        self.assertNotIn("x_motto", self.field_names())
        self.assertNotIn("x_machines", self.env)
        with self.assertRaisesRegex(UserError, "nothing more"):
            self.job._clean_up({("fields", MOTTO)})
