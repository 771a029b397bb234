"""Taking back: what stays keeps what it needs, what goes leaves nothing."""

from odoo.tests import tagged

from ..loader_common import LoaderCase


@tagged("post_install", "-at_install")
class TestLoaderRollback(LoaderCase):
    def setUp(self):
        super().setUp()
        self.load("firms", "res.partner", {"1": {"name": "Firma", "is_company": True}})
        self.firm = self.loaded("firms", "1")

    def load_deal(self):
        values = {"name": "Deal", "partner_id": self.ref("firms", "1")}
        self.load("deals", "crm.lead", {"1": values})
        return self.loaded("deals", "1")

    def test_a_kept_deal_keeps_its_customer(self):
        deal = self.load_deal()
        self.work_on(deal, priority="3")
        self.assertEqual(self.unload("deals"), {"kept": 1})
        self.assertEqual(self.unload("firms"), {"kept": 1})
        self.assertEqual(deal.partner_id, self.firm)

    def test_a_kept_contact_keeps_its_company_also_of_the_same_batch(self):
        self.load(
            "firms",
            "res.partner",
            {"2": {"name": "Ana", "parent_id": self.ref("firms", "1")}},
        )
        ana = self.loaded("firms", "2")
        self.env["crm.lead"].create({"name": "Theirs", "partner_id": ana.id})
        self.assertEqual(self.unload("firms"), {"kept": 2})
        self.assertEqual(ana.parent_id, self.firm)

    def test_a_part_of_a_load_leaves_what_the_rest_refers_to(self):
        deal = self.load_deal()
        self.load_run.parameters = {"stream": "firms"}
        self.assertEqual(self.unload("firms"), {"kept": 1})
        self.assertEqual(deal.partner_id, self.firm)
        # Each rollback is a pass of its own: what one decided is no matter of the next.
        self.load_run = self.load_run.copy({"parameters": False})
        self.assertEqual(self.unload("deals"), {"deleted": 1})
        self.assertEqual(self.unload("firms"), {"deleted": 1})

    def test_a_deal_that_only_odoo_worked_something_out_for_goes(self):
        values = {"name": "Jo Ek", "email": "jo@ek.example"}
        self.load("people", "res.partner", {"1": values})
        values = {
            "name": "Deal",
            "partner_id": self.ref("people", "1"),
            "@updated_at": "2021-03-04 05:06:07",
        }
        self.load("deals", "crm.lead", {"1": values})
        deal = self.loaded("deals", "1")
        changed = deal.write_date
        self.assertEqual(changed.year, 2021)
        # Odoo computes `email_domain_criterion` anew when the contact is deleted.
        self.assertEqual(self.unload("people"), {"deleted": 1})
        self.assertEqual(deal.write_date, changed)
        self.assertEqual(self.unload("deals"), {"deleted": 1})

    def test_what_is_archived_instead_of_deleted_is_not_called_deleted(self):
        """Bank accounts in Odoo itself, leads with more than one addon."""
        deal = self.load_deal()
        self.patch(
            type(deal), "unlink", lambda deals: bool(deals.write({"active": False}))
        )
        self.assertEqual(self.unload("deals"), {"kept": 1})
        self.assertTrue(deal.exists().active)
        self.assertEqual(self.map_row("deals", "1").res_id, deal.id)
        told = self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("code", "=", "kept_refused")]
        )
        self.assertEqual(told.source_id, "1")
        self.assertIn("archives", told.text)

    def test_a_default_value_goes_with_the_record_that_it_names(self):
        default = self.env["ir.default"]
        default.set("crm.lead", "partner_id", self.firm.id)
        self.assertEqual(default._get("crm.lead", "partner_id"), self.firm.id)
        self.assertEqual(self.unload("firms"), {"deleted": 1})
        self.assertIsNone(default._get("crm.lead", "partner_id"))

    def test_the_first_of_several_models_that_name_a_record_is_told(self):
        """They are asked at once, and told as if they had been asked one by one."""
        target = self.env["crm.migration.target.res.partner"]
        columns = [name for name, *_rest in target._list_columns_to("res.partner")]
        person = self.env["res.partner"].create(
            {"name": "Theirs, too", "parent_id": self.firm.id}
        )
        deal = self.env["crm.lead"].create(
            {"name": "Theirs", "partner_id": self.firm.id}
        )
        self.env.flush_all()
        used = target._used_by_others(
            self.load_run, self.firm.browse(), self.firm.ids, ()
        )
        first = min((person._name, deal._name), key=columns.index)
        self.assertEqual(used, {self.firm.id: first})

    def test_a_team_that_people_work_with_stays(self):
        self.load("pipelines", "crm.team", {"1": {"name": "Süd"}})
        team = self.loaded("pipelines", "1")
        theirs = self.env["crm.lead"].create({"name": "Theirs", "team_id": team.id})
        self.assertEqual(self.unload("pipelines"), {"kept": 1})
        self.assertEqual(theirs.team_id, team)

    def test_what_another_migration_left_in_the_chatter_counts(self):
        other = self.job.copy({"name": "Another"})
        self.env["crm.migration.target.mail.message"]
        message = self.env["mail.message"].create(
            {"model": "res.partner", "res_id": self.firm.id, "body": "x"}
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mail_message SET id = -77 WHERE id = %s", [message.id]
        )
        self.env["crm.migration.id.map"].sudo().create(
            {
                "job_id": other.id,
                "stream": "notes",
                "source_id": "1",
                "res_model": "mail.message",
                "res_id": -77,
                "outcome": "created",
                "rollback_action": "delete",
            }
        )
        self.assertEqual(self.unload("firms"), {"kept": 1})

    def test_a_later_load_taken_back_leaves_what_an_earlier_one_created(self):
        second = self.load_run.copy({"kind": "load"})
        mapping = self.stage(
            "firms", "res.partner", {"1": {"name": "Firma", "city": "Porto"}}
        )
        self.env["crm.migration.target.res.partner"]._load(
            second, mapping, self.rows("firms", ["1"])
        )
        self.env.invalidate_all()
        self.assertEqual(self.firm.city, "Porto")
        self.assertEqual(self.map_row("firms", "1").run_id, self.load_run)

    def test_a_created_user_who_has_logged_in_stays(self):
        Owner = self.env["crm.migration.owner"]
        for key in ("busy", "idle"):
            Owner.create(
                {
                    "job_id": self.job.id,
                    "key": key,
                    "decision": "create",
                    "name": key,
                    "email": f"{key}@example.test",
                }
            )
        rows = {key: {"name": key} for key in ("busy", "idle")}
        self.assertEqual(self.load("users", "res.users", rows), {"created": 2})
        busy, idle = self.loaded("users", "busy"), self.loaded("users", "idle")
        self.env["res.users.log"].with_user(busy).sudo().create({})
        got = self.unload("users")
        self.assertEqual(got, {"deleted": 1, "kept": 1}, self.messages().mapped("text"))
        self.assertTrue(busy.exists() and busy.partner_id.exists())
        self.assertFalse(idle.exists())

    def test_a_created_user_whose_contact_is_in_use_stays(self):
        self.job.owner_policy = "placeholder"
        self.load("users", "res.users", {"9": {"name": "Ex"}})
        user = self.loaded("users", "9")
        self.env["crm.lead"].create({"name": "L", "partner_id": user.partner_id.id})
        self.assertEqual(self.unload("users"), {"kept": 1})
        self.assertTrue(user.exists())

    def test_a_found_user_is_never_deleted_however_often_it_is_loaded(self):
        self.load("users", "res.users", {"anna": {"name": "Anna"}})
        self.load("users", "res.users", {"anna": {"name": "Anna A."}})
        self.assertEqual(self.map_row("users", "anna").rollback_action, "keep")
        self.unload("users")
        self.assertTrue(self.anna.exists())

    def test_a_message_that_somebody_has_scheduled_is_not_lost(self):
        deal = self.load_deal()
        scheduled = self.env["mail.scheduled.message"].create(
            {
                "model": "crm.lead",
                "res_id": deal.id,
                "body": "See you on Monday",
                "author_id": self.anna.partner_id.id,
                "scheduled_date": "2040-01-02 08:00:00",
            }
        )
        self.assertEqual(self.unload("deals"), {"kept": 1})
        self.assertTrue(scheduled.exists())
        self.assertIn("Scheduled Message", self.messages("kept_used").text)
        scheduled.unlink()
        self.messages("kept_used").unlink()  # of this run: what it has decided stands
        self.assertEqual(self.unload("deals"), {"deleted": 1})

    def test_a_meeting_about_a_record_goes_nowhere_without_it(self):
        event = self.env["calendar.event"].create(
            {
                "name": "About it",
                "start": "2040-01-02 08:00:00",
                "stop": "2040-01-02 09:00:00",
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": self.firm.id,
            }
        )
        event.activity_ids.unlink()
        self.assertEqual(self.unload("firms"), {"kept": 1})
        self.assertEqual(event.res_id, self.firm.id)

    def add_rule(self, stage):
        """Let somebody make a rule that waits for a stage."""
        self.assertIn("base.automation", self.env, "install base_automation")
        model = self.env["ir.model"]._get_id("crm.lead")
        rule = self.env["base.automation"].create(
            {
                "name": "Theirs",
                "model_id": model,
                "trigger": "on_stage_set",
                "trg_field_ref": stage.id,
            }
        )
        self.assertEqual(rule.trg_field_ref, stage.id)
        return rule

    def test_a_stage_that_a_rule_waits_for_stays(self):
        self.load("stages", "crm.stage", {"1": {"name": "Angebot"}})
        stage = self.loaded("stages", "1")
        row = self.env["crm.migration.value.map"].create(
            {
                "job_id": self.job.id,
                "list": "stages",
                "key": "Verhandlung",
                "decision": "create",
                "model_name": "crm.stage",
            }
        )
        self.env["crm.migration.phase.prepare"]._create_values(self.job)
        made = self.env["crm.stage"].browse(row.target_ref.id)
        rules = self.add_rule(stage) | self.add_rule(made)
        self.assertEqual(self.unload("stages"), {"kept": 1})
        rollback = self.env["crm.migration.phase.rollback"]
        rollback._remove_prepared(self.job)
        self.assertEqual((stage | made).exists(), stage | made)
        rules.unlink()
        self.messages("kept_used").unlink()
        self.assertEqual(self.unload("stages"), {"deleted": 1})
        rollback._remove_prepared(self.job)
        self.assertFalse(made.exists())

    def test_a_rule_for_a_stage_means_no_other_record_of_that_number(self):
        stage = self.env["crm.stage"].create({"name": "Theirs"})
        self.env.cr.execute(
            "SELECT setval('crm_tag_id_seq', %s)", [max(stage.id - 1, 1000)]
        )
        self.load("tags", "crm.tag", {"1": {"name": "Ours"}})
        tag = self.loaded("tags", "1")
        rule = self.add_rule(stage)
        rule.trg_field_ref = tag.id  # a stage of that number need not be there
        self.env.flush_all()
        self.assertEqual(self.unload("tags"), {"deleted": 1})
