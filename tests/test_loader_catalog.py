"""Owners and lists: found by name, created once, taken back with the migration."""

from odoo.tests import tagged

from .loader_common import LoaderCase


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
