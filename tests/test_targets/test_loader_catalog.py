"""Owners and lists: found by name, created once, taken back with the migration."""

from odoo.tests import tagged

from ..loader_common import LoaderCase


@tagged("post_install", "-at_install")
class TestLoaderCatalog(LoaderCase):
    def test_an_entry_is_found_in_any_case_and_without_accents(self):
        there = self.env["crm.tag"].create({"name": "Étape Clé"})
        counter = self.load(
            "tags",
            "crm.tag",
            {
                "1": {"name": "  etape   CLE"},
                "2": {"name": "Neu"},
                "3": {"name": "NEU"},
            },
        )
        self.assertEqual(counter, {"created": 1, "merged": 2})
        self.assertEqual(self.loaded("tags", "1"), there)
        self.assertEqual(self.loaded("tags", "2"), self.loaded("tags", "3"))
        self.assertEqual(there.name, "Étape Clé")
        self.unload("tags")
        self.assertTrue(there.exists(), "what was there before stays")
        self.assertFalse(self.env["crm.tag"].search([("name", "=", "Neu")]))

    def test_a_campaign_gets_a_responsible_user_and_a_unique_identifier(self):
        self.load("campaigns", "utm.campaign", {"1": {"title": "Été 2019"}})
        campaign = self.loaded("campaigns", "1")
        self.assertEqual(campaign.title, "Été 2019")
        self.load("again", "utm.campaign", {"1": {"title": "ete 2019"}})
        self.assertEqual(self.loaded("again", "1"), campaign)

    def test_every_list_loads(self):
        for model, field in (
            ("res.partner.category", "name"),
            ("res.partner.industry", "name"),
            ("crm.lost.reason", "name"),
            ("utm.source", "name"),
            ("utm.medium", "name"),
            ("mail.activity.type", "name"),
        ):
            with self.subTest(model):
                stream = model.replace(".", "_")
                self.load(stream, model, {"1": {field: "Ärgernis 🧨"}})
                self.assertEqual(self.loaded(stream, "1")[field], "Ärgernis 🧨")

    def test_a_pipeline_becomes_a_team_with_its_own_stages(self):
        self.load(
            "pipelines", "crm.team", {"1": {"name": "Süd"}, "2": {"name": "Nord"}}
        )
        south, north = self.loaded("pipelines", "1"), self.loaded("pipelines", "2")
        self.assertEqual(south.company_id, self.company)
        self.assertFalse(south.member_ids)
        shared = self.env["crm.stage"].create({"name": "Für alle"})
        rows = {
            "1": {
                "name": "Erst",
                "sequence": 1,
                "team_ids": [self.ref("pipelines", "1")],
            },
            "2": {
                "name": "Erst",
                "sequence": 1,
                "team_ids": [self.ref("pipelines", "2")],
            },
            "3": {"name": "FÜR ALLE", "team_ids": [self.ref("pipelines", "1")]},
        }
        self.assertEqual(
            self.load("stages", "crm.stage", rows), {"created": 2, "merged": 1}
        )
        self.assertEqual(self.loaded("stages", "1").team_ids, south)
        self.assertEqual(self.loaded("stages", "2").team_ids, north)
        self.assertEqual(self.loaded("stages", "3"), shared)

    def test_a_placeholder_carries_the_name_without_login_or_licence(self):
        self.job.owner_policy = "placeholder"
        before = self.counts("mail_mail", "mail_message")
        owner = self.env["crm.migration.owner"].create(
            {
                "job_id": self.job.id,
                "key": "u/7 ü",
                "name": "Gone Géraldine",
                "email": "g@old.test",
            }
        )
        self.load(
            "deals",
            "crm.lead",
            {
                "1": {"name": "A", "user_id": {"$owner": "u/7 ü"}},
                "2": {"name": "B", "user_id": {"$owner": "u/7 ü"}},
            },
        )
        user = self.loaded("deals", "1").user_id
        self.assertEqual(user, self.loaded("deals", "2").user_id)
        self.assertEqual(
            (user.name, user.active, user.share), ("Gone Géraldine", False, True)
        )
        self.assertFalse(user.group_ids)
        self.assertFalse(user.email)
        self.assertFalse(user.partner_id.active)
        self.assertTrue(user.login.endswith("@placeholder.invalid"))
        self.assertTrue(owner.is_created)
        self.assertFalse(owner.decision, "a person may still decide")
        self.assertEqual(self.counts("mail_mail", "mail_message"), before)

    def test_decisions_about_owners_are_obeyed(self):
        Owner = self.env["crm.migration.owner"]
        Owner.create({"job_id": self.job.id, "key": "none", "decision": "empty"})
        Owner.create(
            {
                "job_id": self.job.id,
                "key": "new",
                "decision": "create",
                "name": "Neue",
                "email": "neue@example.test",
            }
        )
        self.job.owner_policy = "wait"
        self.load(
            "deals",
            "crm.lead",
            {
                "1": {"name": "A", "user_id": {"$owner": "none"}},
                "2": {"name": "B", "user_id": {"$owner": "new"}},
                "3": {"name": "C", "user_id": {"$owner": "undecided"}},
            },
        )
        self.assertFalse(self.loaded("deals", "1").user_id)
        user = self.loaded("deals", "2").user_id
        self.assertEqual((user.login, user.active), ("neue@example.test", True))
        self.assertFalse(self.loaded("deals", "3").user_id)
        self.assertEqual(len(self.messages("owner_undecided")), 1)
        self.assertFalse(self.env["mail.mail"].search([("email_to", "ilike", "neue@")]))

    def test_users_are_matched_by_decision_and_taken_back(self):
        self.job.owner_policy = "placeholder"
        rows = {"anna": {"name": "Anna"}, "9": {"name": "Ex", "email": "ex@old.test"}}
        counter = self.load("users", "res.users", rows)
        self.assertEqual(counter, {"merged": 1, "created": 1})
        self.assertEqual(self.loaded("users", "anna"), self.anna)
        ex = self.loaded("users", "9")
        self.assertEqual((ex.name, ex.active), ("Ex", False))
        self.unload("users")
        self.assertTrue(self.anna.exists())
        self.assertFalse(ex.exists())

    def test_any_other_model_is_served_as_well(self):
        self.load(
            "banks", "res.bank", {"1": {"name": "Bänk", "zip": "1"}, "2": {"zip": "2"}}
        )
        self.assertEqual(self.loaded("banks", "1").name, "Bänk")
        self.assertEqual(self.staged("banks", "2").problem, "required")

    def test_an_entry_that_was_there_is_not_renamed_with_the_source(self):
        there = self.env["crm.tag"].create({"name": "Etappe", "color": 3})
        self.load("tags", "crm.tag", {"1": {"name": "Etappe"}, "2": {"name": "Neu"}})
        made = self.loaded("tags", "2")
        rows = {"1": {"name": "Phase", "color": 5}, "2": {"name": "Neuer"}}
        self.load("tags", "crm.tag", rows)
        self.assertEqual((there.name, there.color), ("Etappe", 3))
        self.assertEqual(made.name, "Neuer", "what was created for it follows")
        self.assertEqual(self.messages("entry_kept").source_id, "1")
        self.unload("tags")
        self.assertTrue(there.exists())
        self.assertFalse(made.exists())

    # -- prepared beforehand -----------------------------------------------------

    def prepare(self):
        self.env["crm.migration.phase.prepare"]._create_values(self.job)
        self.env.invalidate_all()

    def wish(self, name, model, label):
        return self.env["crm.migration.value.map"].create(
            {
                "job_id": self.job.id,
                "list": name,
                "key": label,
                "label": label,
                "decision": "create",
                "model_name": model,
            }
        )

    def test_a_value_to_be_created_is_looked_for_first(self):
        there = self.env["crm.tag"].create({"name": "Étape"})
        found = self.wish("tags", "crm.tag", "etape")
        first, second = (self.wish("tags", "crm.tag", n) for n in ("Neu", "NEU"))
        self.prepare()
        self.assertEqual((found.target_ref, found.is_created), (there, False))
        self.assertEqual(first.target_ref, second.target_ref)
        self.assertTrue(first.is_created)
        made = first.target_ref
        self.env["crm.migration.phase.rollback"]._remove_prepared(self.job)
        self.assertFalse(made.exists())
        self.assertTrue(there.exists())
        self.assertFalse(first.target_ref or second.target_ref)

    def test_every_kind_of_value_can_be_created(self):
        for model in (
            *("crm.stage", "crm.team", "crm.tag", "res.partner.category"),
            *("utm.campaign", "crm.lost.reason", "mail.activity.type", "res.bank"),
        ):
            with self.subTest(model):
                row = self.wish(model, model, "Ärger 🧨")
                self.prepare()
                self.assertEqual(row.target_ref._name, model)
                self.assertEqual(row.target_ref.display_name, "Ärger 🧨")

    def test_a_stage_of_another_team_is_not_the_stage_that_was_meant(self):
        team = self.env["crm.team"].create({"name": "Andere"})
        Stage = self.env["crm.stage"]
        Stage.create({"name": "Erst", "team_ids": [(4, team.id)]})
        own = Stage.create({"name": "Dann", "team_ids": [(4, self.job.team_id.id)]})
        rows = [self.wish("s", "crm.stage", name) for name in ("Erst", "Dann")]
        self.prepare()
        self.assertEqual([row.is_created for row in rows], [True, False])
        self.assertEqual(rows[1].target_ref, own)

    def test_creating_values_fires_no_rule(self):
        model = self.env["ir.model"]._get_id("crm.tag")
        self.assertIn("base.automation", self.env, "install base_automation")
        self.env["base.automation"].create(
            {
                "name": "Mark",
                "model_id": model,
                "trigger": "on_create_or_write",
                "action_server_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Mark",
                            "model_id": model,
                            "state": "code",
                            "code": "records.write({'color': 99})",
                        },
                    )
                ],
            }
        )
        row = self.wish("tags", "crm.tag", "Neu")
        self.prepare()
        self.assertNotEqual(row.target_ref.color, 99)

    def test_two_keys_never_share_a_new_field(self):
        mapping = self.mapping("firms", "res.partner")
        prepare = self.env["crm.migration.phase.prepare"]
        names = []
        for key in ("客户", "行业", "größe", "gr__e", "gr__e"):
            line = self.env["crm.migration.mapping.line"].create(
                {"mapping_id": mapping.id, "target": f"@custom.{key}"}
            )
            line.custom_field = prepare._get_field_name(line)
            names.append(line.custom_field)
        self.assertEqual(len(set(names)), 4, names)
        self.assertEqual(names[3], names[4], "the same key, the same field")
        self.assertTrue(all(name.startswith("x_") and len(name) > 2 for name in names))

    def test_a_field_of_another_kind_is_not_taken(self):
        self.env["ir.model.fields"].create(
            {
                "name": "x_crm_migration_kind",
                "field_description": "Kind",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "ttype": "integer",
                "state": "manual",
            }
        )
        line = self.env["crm.migration.mapping.line"].create(
            {
                "mapping_id": self.mapping("firms", "res.partner").id,
                "target": "@custom.crm_migration_kind",
                "custom_kind": "char",
            }
        )
        prepare = self.env["crm.migration.phase.prepare"]
        self.assertNotEqual(prepare._get_field_name(line), "x_crm_migration_kind")
        line.custom_kind = "integer"
        self.assertEqual(prepare._get_field_name(line), "x_crm_migration_kind")
