"""A spot check: what is drawn, who judges, what is signed."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ...models.evidence import connected
from ...models.evidence.crm_migration_spot_check_draw import share_out
from ..common import CrmMigrationCase

GROUPS = "base.group_user,sales_team.group_sale_manager"
REVIEWER = "crm_migration.crm_migration_group_reviewer"


@tagged("post_install", "-at_install")
class TestSpotCheck(CrmMigrationCase):
    def setUp(self):
        super().setUp()
        self.use_source(
            companies=[
                {"id": n, "name": f"Company {n}", "email": f"info@c{n}.example"}
                for n in range(1, 31)
            ],
            contacts=[
                {"id": n, "name": f"Person {n}", "company_id": (n % 30) + 1}
                for n in range(1, 61)
            ],
            deals=[
                {"id": n, "title": f"Deal {n}", "company_id": (n % 5) + 1, "amount": n}
                for n in range(1, 13)
            ],
        )
        self.run_kinds("discover", "extract", "load", "verify")
        self.reviewer = new_test_user(self.env, "looker", groups=f"{GROUPS},{REVIEWER}")

    def draw(self, size=20, seed="abc", user=None):
        start = self.env["crm.migration.spot.check.start"]
        start = start.with_user(user or self.reviewer)
        action = start.create(
            {"job_id": self.job.id, "size": size, "seed": seed}
        ).action_draw()
        return self.env[action["res_model"]].browse(action["res_id"])

    def see(self, check):
        return check.with_context(spot_check_line=check.current_id.id)

    def keys(self, check):
        return [(line.stream, line.source_id) for line in check.line_ids]

    def test_the_draw_is_repeated_by_its_seed_and_kept_beside_a_new_one(self):
        first, again, other = self.draw(), self.draw(), self.draw(seed="def")
        self.assertEqual(len(first.line_ids), 20)
        self.assertEqual(len(set(self.keys(first))), 20)
        self.assertEqual(self.keys(first), self.keys(again))
        self.assertNotEqual(set(self.keys(first)), set(self.keys(other)))
        self.assertEqual(self.job.spot_check_ids, other | again | first)

    def test_every_object_is_in_it_by_its_size(self):
        streams = self.draw(20).line_ids.mapped("stream")
        found = {name: streams.count(name) for name in streams}
        self.assertEqual(
            found, share_out(20, {"companies": 30, "contacts": 60, "deals": 12})
        )
        self.assertGreaterEqual(min(found.values()), 2)
        self.assertGreater(found["contacts"], found["deals"])

    def test_what_hangs_together_is_drawn_together(self):
        check = self.draw(20)
        deals = check.line_ids.filtered(lambda line: line.stream == "deals")
        companies = check.line_ids.filtered(lambda line: line.stream == "companies")
        linked = {self.env["crm.lead"].browse(d.res_id).partner_id.id for d in deals}
        self.assertTrue(linked & set(companies.mapped("res_id")))
        brought = check.line_ids.filtered("hangs_on")
        self.assertTrue(brought)
        self.assertLessEqual(set(brought.mapped("hangs_on")), set(deals.mapped("name")))

    def test_whatever_was_loaded_can_lead_the_draw(self):
        """Some columns of a link hold no id: what each company says for itself."""
        names = {row["res_model"] for row in self.get_heads()}
        self.assertEqual(names, {"crm.lead"})
        counts = {"companies": 30}
        loaded = {
            name
            for name in self.env.registry
            if self.env[name]._auto and not self.env[name]._abstract
        }
        with patch.object(connected, "_get_models", return_value=loaded):
            for stream in ("companies", "contacts", "deals"):
                heads = [
                    {"res_model": record.res_model, "res_id": record.res_id}
                    for record in self.staged(stream)[:5]
                ]
                found = connected.get_neighbors(self.env, self.job, heads, counts)
                self.assertTrue(found)

    def get_heads(self):
        check = self.env["crm.migration.spot.check"]
        quotas = share_out(20, check._count_loaded(self.job))
        return check._get_heads(check._offer(self.job, "x", quotas))

    def test_the_number_of_queries_does_not_follow_the_size(self):
        check = self.env["crm.migration.spot.check"]
        counts = []
        for size in (5, 40):
            self.env.flush_all()
            self.env.invalidate_all()
            quotas = share_out(size, check._count_loaded(self.job))
            before = self.env.cr.sql_log_count
            check._choose(self.job, "x", quotas, {"companies": 1})
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_a_reviewer_judges_and_signs(self):
        check = self.draw(3).with_user(self.reviewer)
        self.assertEqual(check.progress_text, "0 of 3 judged, 0 wrong")
        seen = []
        for _number in range(3):
            seen.append(check.current_id.id)
            self.assertTrue(check.comparison)
            with self.assertRaisesRegex(UserError, "Judge every record"):
                check.action_sign()
            self.see(check).action_right()
        self.assertEqual(seen, check.line_ids.ids)
        self.assertEqual(check.progress_text, "3 of 3 judged, 0 wrong")
        self.assertEqual(check.line_ids.judged_by_id, self.reviewer)
        check.action_sign()
        self.assertEqual(check.signed_by_id, self.reviewer)
        self.assertTrue(check.signed_at)
        self.assertEqual(len(check.digest), 64)
        self.assertEqual(check.digest, check.sudo()._get_digest())
        for call in (
            check.action_sign,
            check.line_ids[0].action_right,
            check.line_ids[0].action_reopen,
        ):
            with self.assertRaises(UserError):
                call()

    def test_a_raw_value_bears_what_the_source_calls_it(self):
        check = self.draw(20).with_user(self.reviewer)
        line = check.line_ids.filtered(lambda line: line.stream == "deals")[0]
        number = line.record_id.payload["company_id"]
        line.action_show()
        [row] = [row for row in check.comparison if row["target"] == "partner_id"]
        self.assertEqual(row["source"], f"Company {number} ({number})")
        self.assertEqual(row["now"], f"Company {number}")

    def test_a_wrong_record_is_a_problem_until_it_is_right(self):
        check = self.draw(3).with_user(self.reviewer)
        line = check.current_id
        action = self.see(check).action_wrong()
        self.assertEqual(action["res_model"], "crm.migration.spot.check.wrong")
        dialog = self.env[action["res_model"]].with_user(self.reviewer)
        dialog = dialog.create({"line_id": line.id, "comment": "The name is cut"})
        action = dialog.action_save_open()
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("crm.migration.record", line.record_id.id),
        )
        self.assertEqual((line.verdict, line.comment), ("wrong", "The name is cut"))
        self.assertEqual(check.progress_text, "1 of 3 judged, 1 wrong")
        message = self.get_messages("spot_check_wrong")
        self.assertEqual(message.record_id, line.record_id)
        self.assertIn("The name is cut", message.text)
        self.assertEqual(message.state, "open")
        self.run_kinds("verify")
        self.assertEqual(message.state, "open")
        line.action_right()
        self.assertEqual(message.state, "closed")
        self.assertNotEqual(check.current_id, line)

    def test_what_is_judged_is_what_its_user_sees(self):
        """Two persons at one draw: the second one has another record before them."""
        check = self.draw(3).with_user(self.reviewer)
        seen = self.see(check)
        check.current_id.with_user(self.env.user).action_right()
        seen.action_right()
        self.assertEqual(check.judged_count, 1)

    def test_what_has_changed_since_is_judged_again(self):
        check = self.draw(3).with_user(self.reviewer)
        check.line_ids.action_right()
        line = check.line_ids.filtered(lambda line: line.res_model == "res.partner")[0]
        self.env["res.partner"].browse(line.res_id).name = "Changed since"
        with self.assertRaisesRegex(UserError, "changed since"):
            check.action_sign()
        # What bears its name has changed as well.
        check.line_ids.action_right()
        check.action_sign()

    def test_the_fingerprint_is_the_same_in_every_language_and_for_everybody(self):
        self.env["res.lang"]._activate_lang("de_DE")
        line = self.draw(1).line_ids
        digest = line._get_digest()
        self.assertEqual(digest, line.with_context(lang="de_DE")._get_digest())
        self.assertEqual(
            digest,
            line.with_user(self.reviewer).with_context(tz="Asia/Tokyo")._get_digest(),
        )

    def test_nothing_is_written_past_the_buttons(self):
        check = self.draw(2).with_user(self.reviewer)
        for call in (
            lambda: check.write({"signed_at": "2024-01-01 00:00:00"}),
            lambda: check.line_ids[0].write({"verdict": "right"}),
            lambda: check.line_ids[0].write({"comment": "x"}),
            check.unlink,
            lambda: check.create({"job_id": self.job.id, "seed": "x"}),
        ):
            with self.assertRaises(AccessError):
                call()

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_another_company_sees_none_of_it(self):
        check = self.draw(2)
        other = self.env["res.company"].create({"name": "Elsewhere"})
        abroad = new_test_user(
            self.env,
            "abroad",
            groups=f"{GROUPS},{REVIEWER}",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assertFalse(check.with_user(abroad).search([]))
        with self.assertRaises(AccessError):
            check.with_user(abroad).action_right()
        with self.assertRaises(AccessError):
            self.draw(2, user=abroad)

    def test_where_nothing_is_loaded_it_says_so(self):
        self.run_kinds("rollback")
        with self.assertRaisesRegex(UserError, "Nothing is loaded"):
            self.draw(2)

    def test_a_closed_migration_keeps_what_was_signed(self):
        check = self.draw(2).with_user(self.reviewer)
        check.line_ids.action_right()
        check.action_sign()
        digest = check.digest
        self.job.action_accept_open()
        self.job._close()
        with self.assertRaisesRegex(UserError, "closed"):
            self.job.action_draw_spot_check()
        self.assertEqual(check.sudo()._get_digest(), digest)
