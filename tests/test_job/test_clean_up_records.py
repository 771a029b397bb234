"""Entries of lists that a load created and nothing refers to go; every other one stays."""

from lxml import html

from odoo.tests import new_test_user, tagged

from ...models.staging.wanted import Wanted
from ..clean_up_common import CleanUpCase
from ..common import FakeSource

TAG, TEAM, STAGE, CATEGORY = "crm.tag", "crm.team", "crm.stage", "res.partner.category"


@tagged("post_install", "-at_install")
class TestCleanUpRecords(CleanUpCase):
    def unused(self, model):
        """Return the names of what is offered of a model."""
        found = self.env["crm.migration.target"]._find_unused(self.job)
        ids, _reasons = found.get(model, ((), {}))
        return set(self.env[model].browse(ids).mapped("display_name"))

    def why(self, record):
        """Return why a record stays."""
        found = self.env["crm.migration.target"]._find_unused(self.job)
        return found[record._name][1].get(record.id)

    def tag(self, number):
        return self.migrated("labels", str(number))

    def test_what_nothing_refers_to_goes_and_the_sums_still_add_up(self):
        self.migrate()
        self.run_kinds("verify")
        before = self.job._get_coverage()
        self.assertEqual(self.unused(TAG), {"Label 3"})
        self.assertEqual(self.unused(TEAM), {"South"})
        third, theirs = self.tag(3), self.env[TAG].create({"name": "Theirs"})
        said = self.clean(("records", TAG), ("records", TEAM))
        self.assertIn("1 record removed: CRM Tag (Label 3)", said)
        self.assertFalse(third.exists())
        self.assertTrue(theirs.exists(), "it was not created by the migration")
        self.assertTrue(self.tag(1).exists() and self.tag(2).exists())
        staged = self.staged("labels").filtered(lambda r: r.source_id == "3")
        self.assertEqual(staged.state, "skipped")
        self.assertIn("Clean Up", staged.skip_reason)
        self.assertFalse(self.tag(3))
        self.assertFalse(self.offered("records"), "nothing more")
        self.run_kinds("verify")
        self.assertFalse(self.job.difference_count)
        after = self.job._get_coverage()
        self.assertEqual(sum(after.values()), sum(before.values()))
        self.assertEqual(after["unaccounted"], 0)
        line = self.job.run_id.result_ids.filtered(
            lambda row: row.stream_id.name == "labels"
        )
        self.assertTrue(line.is_balanced)
        self.assertEqual((line.created_count, line.skipped_count), (2, 1))
        left = self.tag(1)
        self.run_kinds("rollback")
        self.assertFalse(left.exists())
        self.assertTrue(theirs.exists())

    def read_figures(self):
        """Return word → number of what the form shows at a glance."""
        self.job.invalidate_recordset(["figures_html"])
        cells = html.fromstring(self.job.figures_html).xpath("//div[@class='me-4']")
        return {c[1].text_content(): int(c[0].text_content()) for c in cells}

    def test_the_figures_know_what_was_cleaned_up(self):
        self.migrate()
        before = self.read_figures()
        self.clean(("records", TAG), ("records", TEAM))
        after = self.read_figures()
        self.assertEqual(after["Loaded"], before["Loaded"] - 2)
        self.assertEqual(after["Left Out"], before["Left Out"] + 2)
        self.run_kinds("verify")
        verified = {**after, "Values Differ": 0}
        self.assertEqual(self.read_figures(), verified, "the sums know it now")
        self.assertFalse(self.job.cleaned_up)

    def test_what_was_signed_is_still_what_was_signed(self):
        self.migrate()
        company = self.migrated("companies", "1")
        copper = company.category_id.filtered(lambda c: c.name == "Copper")
        company.category_id -= copper
        for kind in ("mapping", "values", "owners"):
            self.job._sign_off(kind)
        rows = self.job.run_ids.filtered(lambda r: r.kind == "load").result_ids
        pieces = {
            (p["kind"], p["key"]) for p in self.job._find_pieces() if p["offered"]
        }
        self.assertLessEqual(
            {
                ("records", TAG),
                ("records", CATEGORY),
                ("fields", "res.partner:x_motto"),
            },
            pieces,
        )
        self.clean(*pieces)
        self.assertFalse(copper.exists())
        entries = self.job.sign_off_ids
        self.assertTrue(entries)
        self.env.invalidate_all()
        states = entries.mapped(lambda e: (e.kind, e.subject, e.state, e.problem))
        self.assertEqual([each for each in states if each[2] != "valid"], [])
        self.assertFalse(self.job.sign_off_problem)
        self.assertTrue(rows)
        self.change("companies", 2, name="Ek & Co")
        self.read_changes()
        self.assertEqual(self.migrated("companies", "2").name, "Ek & Co")

    def test_it_comes_back_once_a_deal_names_it(self):
        self.migrate()
        self.clean(("records", TAG), ("records", TEAM))
        self.change("deals", 1, name="Roof, red")
        self.read_changes()
        self.assertFalse(self.tag(3))
        self.change("deals", 1, labels=[1, 3])
        self.change("deals", 3, name="Door", company=1, pipeline=2, stage="Drawn")
        self.read_changes()
        self.assertEqual(self.migrated("deals", "1").tag_ids, self.tag(1) | self.tag(3))
        self.assertEqual(self.migrated("deals", "3").team_id.name, "South")
        self.run_kinds("verify")
        self.assertFalse(self.job.difference_count)
        self.assertFalse(self.offered("records"))

    def test_values_that_nobody_has_any_more(self):
        self.migrate()
        company = self.migrated("companies", "1")
        copper = company.category_id.filtered(lambda c: c.name == "Copper")
        self.assertFalse(self.unused(CATEGORY))
        company.category_id -= copper
        self.assertEqual(self.unused(CATEGORY), {"Copper"})
        self.clean(("records", CATEGORY))
        self.assertFalse(copper.exists())
        row = self.job.value_map_ids.filtered(lambda row: row.key == "Copper")
        self.assertFalse(row.target_ref or row.created_ref or row.loaded_ref)
        self.assertEqual(row.decision, "create", "what was decided stays decided")
        self.run_kinds("load", "verify")
        self.assertFalse(row.target_ref)
        self.assertFalse(self.job.difference_count)
        self.change("companies", 3, name="Nygård", tags="Copper")
        self.read_changes()
        again = self.migrated("companies", "3").category_id
        self.assertEqual(again.name, "Copper")
        self.assertEqual(row.target_ref, again)
        self.run_kinds("rollback")
        self.assertFalse(again.exists())

    def test_whatever_refers_to_it_keeps_it(self):
        self.migrate()
        tag = self.tag(3)
        other = self.env["res.company"].create({"name": "Elsewhere"})
        leads = self.env["crm.lead"]
        uses = {
            "a lead": lambda: leads.create({"name": "A", "tag_ids": tag.ids}),
            "an archived lead": lambda: leads.create(
                {"name": "B", "active": False, "tag_ids": tag.ids}
            ),
            "a lead of another company": lambda: leads.create(
                {"name": "C", "company_id": other.id, "team_id": False,
                 "user_id": False, "tag_ids": tag.ids}
            ),
            "a filter": lambda: self.env["ir.filters"].create(
                {"name": "D", "model_id": "crm.lead",
                 "domain": f"[('tag_ids', 'in', [{tag.id}])]"}
            ),
            "a default": lambda: self.env["ir.default"].set(
                "crm.lead", "tag_ids", [tag.id]
            ),
            "a file": lambda: self.env["ir.attachment"].create(
                {"name": "E", "raw": b"e", "res_model": TAG, "res_id": tag.id}
            ),
            "a server action": lambda: self.env["ir.actions.server"].create(
                {"name": "F", "state": "object_write",
                 "model_id": self.env["ir.model"]._get_id("crm.lead"),
                 "update_path": "tag_ids", "resource_ref": f"{TAG},{tag.id}"}
            ),
        }  # fmt: skip
        manager = new_test_user(
            self.env,
            "cleaner",
            "base.group_user,crm_migration.crm_migration_group_manager",
        )
        for name, make in uses.items():
            with self.subTest(use=name):
                self.assertEqual(self.unused(TAG), {"Label 3"})
                made = make()
                self.env.flush_all()
                job = self.job.with_user(manager)._as_manager()
                found = job.env["crm.migration.target"]._find_unused(job)
                self.assertNotIn(tag.id, found[TAG][0])
                self.assertTrue(self.why(tag))
                if name == "a default":
                    self.env["ir.default"].search(
                        [("json_value", "=", f"[{tag.id}]")]
                    ).unlink()
                else:
                    made.unlink()

    def test_a_field_of_a_person_and_one_for_each_company_keep_it(self):
        self.migrate()
        tag = self.tag(3)
        partner = self.env["ir.model"]._get_id("res.partner")
        for name, more in (
            ("x_label", {"ttype": "many2one", "company_dependent": True}),
            ("x_labels", {"ttype": "many2many"}),
            ("x_any", {"ttype": "reference", "relation": False}),
        ):
            values = {"relation": TAG, **more, "name": name, "model_id": partner}
            if not values["relation"]:
                del values["relation"]
                values["selection_ids"] = [(0, 0, {"value": TAG, "name": "Tag"})]
            self.env["ir.model.fields"].create({"field_description": name, **values})
        company = self.migrated("companies", "1")
        other = self.env["res.company"].create({"name": "Elsewhere"})
        for name, value in (
            ("x_label", tag.id),
            ("x_labels", tag.ids),
            ("x_any", f"{TAG},{tag.id}"),
        ):
            with self.subTest(field=name):
                self.assertEqual(self.unused(TAG), {"Label 3"})
                company.with_company(other)[name] = value
                self.assertFalse(self.unused(TAG))
                company.with_company(other)[name] = (
                    [(5,)] if name == "x_labels" else False
                )

    def test_what_somebody_has_changed_is_theirs(self):
        self.migrate()
        user = new_test_user(
            self.env, "ida", "base.group_user,sales_team.group_sale_manager"
        )
        tag = self.tag(3)
        self.env.cr.execute(
            "UPDATE crm_tag SET write_date = write_date - INTERVAL '1 hour';"
            "UPDATE crm_migration_id_map SET watermark = watermark - INTERVAL '1 hour'"
        )
        self.env.invalidate_all()
        self.assertEqual(self.unused(TAG), {"Label 3"})
        self.env["res.lang"]._activate_lang("fr_FR")
        tag.with_user(user).with_context(lang="fr_FR").name = "Étiquette"
        self.env.flush_all()
        self.assertFalse(self.unused(TAG))
        self.assertIn("changed", self.why(tag))
        self.clean_all()
        self.assertTrue(tag.exists())
        copper = self.env[CATEGORY].search([("name", "=", "Copper")])
        copper.partner_ids = False
        self.assertEqual(self.unused(CATEGORY), {"Copper"})
        copper.with_user(self.env.ref("base.user_admin")).color = 7
        self.assertFalse(self.unused(CATEGORY))

    def clean_all(self):
        offered = {("records", key) for key in self.offered("records")}
        return self.clean(*offered) if offered else ""

    def test_what_another_migration_counts_on_stays(self):
        self.migrate()
        first, tag = self.job, self.tag(3)
        second = first.create({"name": "Newer", "source": "fake"})
        row = self.env["crm.migration.value.map"].create(
            {"job_id": second.id, "list": "x", "key": "x", "model_name": TAG,
             "target_ref": f"{TAG},{tag.id}", "decision": "map"}
        )  # fmt: skip
        self.assertIn("“Newer”", self.why(tag))
        row.unlink()
        self.assertEqual(self.unused(TAG), {"Label 3"})
        self.env["crm.migration.id.map"].create(
            {"job_id": second.id, "stream": "labels", "source_id": "c", "res_model": TAG,
             "res_id": tag.id, "outcome": "matched", "rollback_action": "keep"}
        )  # fmt: skip
        self.assertIn("“Newer”", self.why(tag))

    def test_the_options_of_a_migration_keep_a_team(self):
        self.migrate()
        south = self.migrated("pipelines", "2")
        self.assertEqual(self.unused(TEAM), {"South"})
        self.job.team_id = south
        self.assertFalse(self.unused(TEAM))

    def test_a_team_with_members_stays_and_one_goes_with_its_stages(self):
        self.migrate()
        south = self.migrated("pipelines", "2")
        stage = self.env[STAGE].browse(
            self.job.value_map_ids.filtered(lambda r: r.key == "Drawn").target_ref.id
        )
        member = self.env["crm.team.member"].create(
            {"crm_team_id": south.id, "user_id": self.env.ref("base.user_admin").id}
        )
        self.assertFalse(self.unused(TEAM))
        member.unlink()
        stage.team_ids = south  # as the load does
        self.assertFalse(self.unused(TEAM), "the stage is used, and is the team's")
        other = self.env[STAGE].search([("id", "!=", stage.id)], limit=1)
        self.env["crm.lead"].search([("stage_id", "=", stage.id)]).stage_id = other
        self.env.flush_all()
        self.assertEqual(self.unused(STAGE), {"Drawn"})
        self.assertEqual(self.unused(TEAM), {"South"})
        piece = self.job._list_record_pieces(Wanted(self.env, self.job))
        self.assertEqual({p["key"] for p in piece if p["offered"]}, {TAG, TEAM, STAGE})
        # The stage stays, and so does the team that it needs.
        with self.subTest(way="the team alone"):
            self.job._clean_up({("records", TEAM)})
            self.assertTrue(south.exists())
            self.assertIn("Kept: South", self.job.message_ids[0].body)
        self.clean(("records", TEAM), ("records", STAGE))
        self.assertFalse(south.exists() or stage.exists())

    def test_what_is_still_to_be_loaded_keeps_what_it_names(self):
        self.migrate()
        self.change("deals", 4, name="", labels=[3], company=1, stage="Sketched")
        self.run_kind("extract", {"again": True})
        self.assertFalse(self.unused(TAG), "a deal without a name may be corrected")
        self.assertIn("still to be loaded", self.why(self.tag(3)))

    def test_two_labels_that_became_one_tag_go_together(self):
        FakeSource.data["labels"].append({"id": 9, "name": "LABEL 3"})
        self.migrate()
        tag = self.tag(9)
        self.assertEqual(tag, self.tag(3))
        self.clean(("records", TAG))
        self.assertFalse(tag.exists())
        states = {r.source_id: r.state for r in self.staged("labels")}
        self.assertEqual((states["3"], states["9"]), ("skipped", "skipped"))
        self.assertEqual((states["1"], states["2"]), ("loaded", "loaded"))
        self.assertFalse(self.tag(9))

    def test_what_odoo_does_not_let_go_stays_alone(self):
        for number in range(4, 9):
            FakeSource.data["labels"].append({"id": number, "name": f"Label {number}"})
        self.migrate()
        kept = self.tag(5)
        tags = type(self.env[TAG])
        unlink = tags.unlink

        def refuse(records):
            if kept in records:
                raise ValueError("It is needed elsewhere.")
            return unlink(records)

        self.patch(tags, "unlink", refuse)
        said = self.clean(("records", TAG))
        self.assertIn("Kept: Label 5: It is needed elsewhere.", said)
        left = self.env[TAG].search([("name", "like", "Label")]).mapped("name")
        self.assertEqual(sorted(left), ["Label 1", "Label 2", "Label 5"])
        self.assertEqual(self.tag(5), kept)
