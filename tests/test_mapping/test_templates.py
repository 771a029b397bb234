"""The decisions of one migration are applied to the next from the same system."""

import base64
import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..review_common import REVIEWER
from .dialects_common import DIALECTS, DialectCase

GROUPS = f"base.group_user,sales_team.group_sale_salesman_all_leads,{REVIEWER}"


@tagged("post_install", "-at_install")
class TestTemplates(DialectCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reviewer = new_test_user(cls.env, "template", groups=GROUPS)

    def setUp(self):
        super().setUp()
        self.read_dialect("german", accept_above=100)
        self.first = self.job
        self.decide()

    def decide(self):
        """Make one decision of each kind."""
        fields = self.env["ir.model.fields"]
        line = self.get_line("Provision", "crm.lead")
        line.field_id = fields._get("crm.lead", "medium_id")
        self.get_line("Anrede")._split(" ", ["barcode", "ref"])
        lines = self.get_line("Telefon") + self.get_line("Branche")
        lines._join("@note", ", ")
        self.get_line("Verlustgrund").write(
            {"state": "ignored", "ignore_reason": "Nobody filled it in"}
        )
        wizard = self.env["crm.migration.mapping.custom"].create(
            {"line_id": self.get_line("Geburtstag").id}
        )
        wizard.action_create()
        self.job.mapping_ids.filtered(
            lambda m: m.model_name == "mail.message"
        ).selected = False
        self.run_kinds("transform")
        self.stage = self.env["crm.stage"].create({"name": "Offer is out"})
        value = self.job.value_map_ids.filtered(lambda v: v.key == "Angebot")
        value.filtered(lambda v: v.model_name).target_id = self.stage.id

    def save(self, name="From the old one"):
        action = self.first.with_user(self.reviewer).action_save_template()
        wizard = self.env[action["res_model"]].with_user(self.reviewer)
        wizard = wizard.with_context(**action["context"]).create({"name": name})
        return self.env["crm.migration.template"].browse(wizard.action_save()["res_id"])

    def start_next(self, rename=None, drop=None):
        files = dict(DIALECTS["german"])
        for old, new in (rename or {}).items():
            files[new] = files.pop(old)
        for name, column in (drop or {}).items():
            files[name] = files[name].replace(column, f"{column} neu")
        self.import_files(files, accept_above=100)
        self.run_kinds("discover")

    def open_apply(self, template, **values):
        action = self.job.with_user(self.reviewer).action_apply_template()
        wizard = self.env[action["res_model"]].with_user(self.reviewer)
        wizard = wizard.with_context(**action["context"])
        return wizard.create({"template_id": template.id, **values})

    def get_decisions(self, job):
        return {
            (line.mapping_id.model_name, str(line._get_paths()), line.target or ""): (
                line.steps,
                line.state,
                line.ignore_reason,
            )
            for line in job.mapping_ids.line_ids
        }

    def test_everything_that_was_decided_is_decided_again(self):
        template = self.save()
        self.start_next()
        self.assertNotEqual(
            self.get_decisions(self.job), self.get_decisions(self.first)
        )
        wizard = self.open_apply(template)
        self.assertGreater(wizard.apply_count, 3)
        wizard.action_apply()
        self.assertEqual(self.get_decisions(self.job), self.get_decisions(self.first))
        notes = self.job.mapping_ids.filtered(lambda m: m.model_name == "mail.message")
        self.assertFalse(any(notes.mapped("selected")))
        self.run_kinds("extract", "transform")
        values = self.job.value_map_ids
        offer = values.filtered(lambda v: v.key == "Angebot" and v.model_name)
        self.assertEqual(offer.target_ref, self.stage)
        # A list that a person has made is one here as well.
        self.assertTrue(values.filtered(lambda v: v.model_name == "utm.medium"))

    def test_applied_twice_it_changes_nothing_more(self):
        template = self.save()
        self.start_next()
        self.open_apply(template).action_apply()
        before = self.get_decisions(self.job)
        again = self.open_apply(template)
        self.assertEqual(again.apply_count, 0)
        again.action_apply()
        self.assertEqual(self.get_decisions(self.job), before)

    def test_a_file_of_another_name_is_recognized_by_its_columns(self):
        template = self.save()
        self.start_next(rename={"verkaufschancen.csv": "verkaufschancen_2025.csv"})
        wizard = self.open_apply(template)
        self.assertNotIn("Provision", wizard.report)
        wizard.action_apply()
        self.assertEqual(self.get_line("Provision", "crm.lead").target, "medium_id")

    def test_what_has_no_counterpart_is_named_beforehand(self):
        template = self.save()
        self.start_next(drop={"verkaufschancen.csv": "Verlustgrund"})
        wizard = self.open_apply(template)
        self.assertIn("Verlustgrund", wizard.report)
        self.assertIn("Without a counterpart", wizard.report)

    def test_what_was_decided_here_stays_unless_asked(self):
        template = self.save()
        self.start_next()
        line = self.get_line("Verlustgrund")
        line.field_id = self.env["ir.model.fields"]._get("crm.lead", "referred")
        wizard = self.open_apply(template)
        self.assertIn("Decided otherwise", wizard.report)
        wizard.action_apply()
        self.assertEqual((line.target, line.state), ("referred", "accepted"))
        self.open_apply(template, keep=False).action_apply()
        self.assertEqual((line.target, line.state), ("lost_reason_id", "ignored"))

    def test_another_system_has_no_use_for_it(self):
        template = self.save()
        self.start_next()
        template.sudo().write({"source": "concord"})
        with self.assertRaisesRegex(UserError, "another system"):
            self.open_apply(template).action_apply()

    def test_a_file_of_it_is_taken_by_another_database(self):
        template = self.save()
        raw = template._as_file()
        self.assertEqual(template.action_export()["type"], "ir.actions.act_url")
        content = json.loads(raw)
        self.assertEqual(content["plan"], 1)
        self.assertNotIn("owners", content)
        self.assertNotIn("settings", content)
        found = self.import_file(raw, name="Copy")
        self.assertEqual(found.name, "Copy")
        self.assertEqual(
            {**found.content, "name": None}, {**template.content, "name": None}
        )

    def import_file(self, raw, **values):
        wizard = self.env["crm.migration.template.import"].with_user(self.reviewer)
        wizard = wizard.create({"file": base64.b64encode(raw), **values})
        return self.env["crm.migration.template"].browse(
            wizard.action_import()["res_id"]
        )

    def test_each_thing_that_is_wrong_with_a_file_is_said(self):
        whole = json.loads(self.save()._as_file())
        for change, words in (
            (b"", "empty"),
            (b"{", "not JSON"),
            (b"\xff\xfe\x00", "UTF-8"),
            (b"[]", "a list"),
            (b'{"plan": 1, "source": "fake", "name": "x\\u0000"}', "can be read"),
            (b'{"hello": 1}', "no template"),
            ({"plan": 7}, "version"),
            ({"source": "nobody"}, "nobody"),
            ({"surprise": 1}, "surprise"),
            ({"settings": {"url": "https://x.example"}}, "does not belong"),
            ({"mapping": [{"source": "A", "state": "open"}]}, "stream"),
            (
                {"mapping": [{"stream": "a", "source": "A", "state": "perhaps"}]},
                "perhaps",
            ),
            (
                {
                    "mapping": [
                        {"stream": "a", "source": "A", "state": "open"}
                        | {"steps": [["explode"]]}
                    ]
                },
                "explode",
            ),
            ({"objects": [{"stream": "a", "model": "m", "selected": 1}]}, "selected"),
            ({"lists": [{"name": 5, "label": "x"}]}, "a text"),
        ):
            raw = change
            if isinstance(change, dict):
                raw = json.dumps({**whole, **change}).encode()
            with self.subTest(change=change), self.assertRaisesRegex(UserError, words):
                self.import_file(raw, name="Wrong")
        both = {**whole, "mapping": [{"source": "A", "state": "so"}], "lists": [3]}
        with self.assertRaises(UserError) as caught:
            self.import_file(json.dumps(both).encode(), name="Wrong")
        self.assertGreaterEqual(len(str(caught.exception).split("\n")), 3)

    def test_a_name_is_replaced_only_where_somebody_says_so(self):
        template = self.save()
        with self.assertRaisesRegex(UserError, "already"):
            self.save()
        action = self.first.with_user(self.reviewer).action_save_template()
        wizard = self.env[action["res_model"]].with_user(self.reviewer)
        wizard = wizard.with_context(**action["context"]).create(
            {"name": template.name, "replace": True}
        )
        self.assertTrue(wizard.is_known)
        self.assertEqual(wizard.action_save()["res_id"], template.id)

    def test_nobody_else_reads_or_writes_it(self):
        template = self.save()
        stranger = new_test_user(self.env, "stranger", groups="base.group_user")
        with self.assertRaises(AccessError):
            template.with_user(stranger).read(["name"])
        with self.assertRaises(AccessError):
            template.with_user(self.reviewer).write({"content": {}})
        with self.assertRaises(AccessError):
            template.with_user(self.reviewer).unlink()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        template.sudo().write({"company_id": other.id})
        with self.assertRaises(AccessError):
            template.with_user(self.reviewer).read(["name"])

    def test_a_plan_repeats_joins_splits_and_own_lists(self):
        plan = json.loads(json.dumps(self.first._export_plan()))
        self.import_files(DIALECTS["german"], **plan)
        self.run_kinds("discover", "extract", "transform")
        self.assertEqual(self.get_decisions(self.job), self.get_decisions(self.first))
        self.assertTrue(
            self.job.value_map_ids.filtered(lambda v: v.model_name == "utm.medium")
        )
        self.run_kinds("transform")
        self.assertEqual(self.get_decisions(self.job), self.get_decisions(self.first))
