"""Naming a record tells nothing of it to whom it does not belong."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .gate_case import GateCase

SECRET = "Project Nightingale"


@tagged("post_install", "-at_install")
class TestNamedRecords(GateCase):
    """Whoever may decide about one value of a migration of their own, and no more."""

    def setUp(self):
        super().setUp()
        self.user = self.users["reviewer abroad"]
        self.theirs = self.env["crm.migration.job"].create(
            {"name": "Ours", "source": "fake", "company_id": self.user.company_id.id}
        )
        about = {"job_id": self.theirs.id}
        self.value = self.env["crm.migration.value.map"].create(
            {**about, "list": "teams", "key": "1", "model_name": "crm.team"}
        )
        self.owner = self.env["crm.migration.owner"].create({**about, "key": "1"})
        main = self.env.ref("base.main_company")
        self.team = self.env["crm.team"].create({"name": SECRET, "company_id": main.id})
        self.partner = self.env["res.partner"].create(
            {"name": SECRET, "company_id": main.id}
        )
        self.env.flush_all()

    def refuse(self, call, *arguments):
        """Call; it is refused, and nothing of what was named is in the sentence."""
        self.env.invalidate_all()
        with self.assertRaises(UserError) as caught, self.env.cr.savepoint():
            call(*arguments)
            self.env.flush_all()
        self.assertNotIn(SECRET, str(caught.exception))
        self.assertIsInstance(caught.exception, AccessError)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_a_value_is_not_made_to_tell_the_name_of_any_record(self):
        value = self.value.with_user(self.user)
        for record in (self.team, self.partner, self.job):
            named = {"target_ref": f"{record._name},{record.id}", "decision": "map"}
            spec = {"result_text": {}}
            with self.subTest(model=record._name):
                self.refuse(value.onchange, named, ["target_ref"], spec)
                self.refuse(value.write, named)
                self.refuse(value.web_save, named, spec)
        self.refuse(value.write, {"target_id": self.team.id})
        self.assertFalse(self.value.target_ref)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_an_owner_tells_of_nobody_either(self):
        main = self.env.ref("base.main_company")
        stranger = self.env["res.users"].create(
            {
                "name": SECRET,
                "login": "nightingale",
                "company_id": main.id,
                "company_ids": [(6, 0, main.ids)],
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        owner = self.owner.with_user(self.user)
        named = {"user_id": stranger.id, "decision": "assign"}
        self.refuse(owner.onchange, named, ["user_id"], {"result_text": {}})
        self.refuse(owner.write, named)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_what_a_job_follows_is_not_told_on_the_way(self):
        job = self.theirs.with_user(self.users["manager abroad"])
        for named in ({"run_id": self.job.run_id.id}, {"predecessor_id": self.job.id}):
            spec = {"run_kind": {}, "blocked_reason": {}, "known_count": {}}
            with self.subTest(named=named):
                self.refuse(job.onchange, named, list(named), spec)

    def test_what_may_be_read_may_be_chosen(self):
        team = self.env["crm.team"].create(
            {"name": "Our team", "company_id": self.user.company_id.id}
        )
        value = self.value.with_user(self.user)
        value.target_id = team.id
        self.assertEqual((value.decision, value.result_text), ("map", "Our team"))
        self.owner.with_user(self.user).user_id = self.user
        self.assertEqual(self.owner.decision, "assign")

    def test_a_reviewer_lets_no_user_be_created(self):
        """The button is a manager's; what it writes is so as well."""
        self.refuse(self.owner.with_user(self.user).write, {"decision": "create"})
        self.owner.with_user(self.users["manager abroad"]).decision = "create"
        self.assertEqual(self.owner.decision, "create")
