"""After an update of the addon: the mapping is proposed anew, and decisions stay."""

from unittest.mock import patch

from odoo.tests import tagged

from ... import models
from ...connectors.mapping.vocabulary import (
    constant,
    custom_field,
    decimal,
    field,
    is_one_of,
    lower,
    mapping,
    strip,
)
from ..common import CrmMigrationCase, FakeSource

OLD = (
    mapping(
        "companies",
        "res.partner",
        field("name", "name", strip, required=True),
        field("is_company", None, constant(True)),
        field("city", "town", strip),
        field("ref", "code", strip),
        field("function", "trade", strip),
        field("street", "road", strip),
        field("comment", "remark", strip),
        custom_field("size", "size", strip, label="Size"),
    ),
    mapping("deals", "crm.lead", field("name", "title", strip, required=True)),
)
NEW = (
    mapping(
        "companies",
        "res.partner",
        field("name", "name", strip, required=True),
        field("is_company", None, constant(True)),
        field("city", "town", strip, lower),
        field("vat", "code", strip),
        field("street2", "road", strip),
        field("street", "address", strip),
        field("website", "remark", strip),
        custom_field("size", "size", strip, label="Size"),
    ),
    mapping(
        "deals",
        "crm.lead",
        field("name", "title", strip, required=True),
        field("expected_revenue", "amount", decimal),
        key="sales",
        when=is_one_of("kind", "sale"),
    ),
)
COMPANY = {
    "id": 1,
    "name": "Casa 1",
    "town": "PORTO",
    "code": "c1",
    "trade": "Roofs",
    "road": "Rua 1",
    "address": "Rua 2",
    "remark": "Nice",
    "size": "XL",
}


@tagged("post_install", "-at_install")
class TestProfileRenewal(CrmMigrationCase):
    def setUp(self):
        super().setUp()
        self.patch(FakeSource, "get_mappings", lambda source: OLD)
        deals = [
            {"id": 1, "title": "Roof", "amount": "100", "word": "x", "kind": "sale"}
        ]
        self.use_source(companies=[COMPANY], deals=deals)
        for kind in ("discover", "extract"):
            self.go(kind)

    def go(self, kind, parameters=None):
        run = self.run_kind(kind, parameters)
        self.assertEqual((kind, run.state), (kind, "done"), run.blocked_reason)
        return run

    def update_addon(self):
        self.patch(FakeSource, "get_mappings", lambda source: NEW)
        module = models.job.crm_migration_job_profile
        for owner in (module, models.phases.discover):
            self.startPatcher(
                patch.object(owner, "get_profile_digest", lambda name: "newer")
            )
        self.job.invalidate_recordset(["is_profile_older"])
        self.env["crm.migration.job"]._renew_profile_checks()

    def propose_anew(self):
        self.job.action_propose_anew()
        self.work(self.job.run_id)
        self.assertEqual(self.job.run_id.state, "done", self.job.run_id.blocked_reason)

    def get_line(self, source, stream="companies"):
        lines = self.job.mapping_ids.filtered("selected").line_ids
        return lines.filtered(
            lambda line: line.mapping_id.stream == stream and line.source == source
        )

    def get_check(self):
        return self.job.check_ids.filtered(lambda check: check.code == "odoo.profile")

    def test_nobody_is_told_before_an_update(self):
        self.assertFalse(self.job.is_profile_older)
        self.env["crm.migration.job"]._renew_profile_checks()
        self.assertFalse(self.get_check())

    def test_an_update_speaks_the_language_of_whoever_began_the_migration(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.job.create_uid.lang = "de_DE"
        self.update_addon()
        self.assertIn("Zuordnung", self.get_check().text)

    def test_an_update_says_so_and_changes_nothing_by_itself(self):
        before = self.job.mapping_ids.line_ids.mapped(lambda r: (r.source, r.target))
        self.update_addon()
        self.assertEqual(self.get_check().level, "warning")
        self.go("discover")
        after = self.job.mapping_ids.line_ids.mapped(lambda r: (r.source, r.target))
        self.assertEqual(after, before)
        self.assertEqual(self.get_line("code").target, "ref")
        self.assertTrue(self.job.is_profile_older)

    def test_what_nobody_decided_follows_the_profile(self):
        self.go("load")
        self.update_addon()
        self.propose_anew()
        self.assertFalse(self.job.is_profile_older)
        self.assertFalse(self.get_check())
        self.assertEqual(self.get_line("town").steps, [["strip"], ["lower"]])
        self.assertEqual(self.get_line("code").target, "vat")
        self.assertEqual(self.get_line("road").target, "street2")
        self.assertEqual(self.get_line("address").target, "street")
        self.assertFalse(
            self.get_line("trade")
            .filtered(lambda line: line.target == "function")
            .filtered(lambda line: line.state == "accepted")
        )
        self.assertEqual(self.get_line("amount", "deals").target, "expected_revenue")
        self.assertEqual(self.job.phase, "review")
        self.assertIn("proposed anew", self.job.message_ids[0].body)
        # The records that are in Odoo follow with the next load.
        self.go("load")
        partner = self.migrated("companies", "1")
        self.assertEqual((partner.city, partner.street), ("porto", "Rua 2"))
        self.assertEqual(self.migrated("deals", "1").expected_revenue, 100)
        self.assertEqual(self.env["crm.lead"].search_count([("name", "=", "Roof")]), 1)
        self.go("verify")
        self.assertFalse(self.job.difference_count)

    def test_what_was_decided_stays(self):
        field_id = (
            self.env["ir.model.fields"]._get("res.partner", "company_registry").id
        )
        self.get_line("code").field_id = field_id
        self.get_line("remark").write({"state": "ignored", "ignore_reason": "No."})
        size = self.get_line("size")
        size.action_accept()
        self.get_line("word", "deals").write(
            {"state": "ignored", "ignore_reason": "No."}
        )
        self.update_addon()
        self.propose_anew()
        self.assertEqual(self.get_line("code").target, "company_registry")
        self.assertEqual(self.get_line("remark").state, "ignored")
        self.assertEqual((self.get_line("size"), size.state), (size, "accepted"))
        # The mapping of deals has another key by now; the decision went along.
        word = self.get_line("word", "deals")
        self.assertEqual((len(word), word.state), (1, "ignored"))

    def test_a_migration_from_before_this_was_remembered_is_told_and_keeps_decisions(
        self,
    ):
        self.get_line("remark").write({"state": "ignored", "ignore_reason": "No."})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_migration_mapping_line SET proposed = NULL, write_uid = CASE"
            " WHEN state = 'ignored' THEN %s ELSE write_uid END WHERE job_id = %s",
            [self.env.ref("base.user_admin").id, self.job.id],
        )
        self.env.cr.execute(
            "UPDATE crm_migration_job SET profile_digest = NULL WHERE id = %s",
            [self.job.id],
        )
        self.env.invalidate_all()
        self.env["crm.migration.job"]._renew_profile_checks()
        self.assertTrue(self.get_check())
        self.update_addon()
        self.propose_anew()
        self.assertEqual(self.get_line("remark").state, "ignored")
        self.assertEqual(self.get_line("code").target, "vat")

    def test_the_command_line_offers_it_and_does_it(self):
        self.go("load")
        self.update_addon()
        _status, said = self.call_replay("verify")
        self.assertIn("crm_migration propose", "\n".join(said))
        status, said = self.call_replay("propose")
        self.assertEqual(status, 0)
        self.assertIn("proposed anew", said[-2])
        _status, said = self.call_replay("verify")
        self.assertNotIn("crm_migration propose", "\n".join(said))
