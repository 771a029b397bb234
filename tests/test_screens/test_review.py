import json

from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged

from ..review_common import REVIEWER, ReviewCase


@tagged("post_install", "-at_install")
class TestReview(ReviewCase):
    # -- staging records -------------------------------------------------------------

    def test_source_and_converted_stand_side_by_side_with_names(self):
        contact = self.as_reviewer(self.staged("contacts")[0])
        row = self.get_row(contact, "parent_id")
        self.assertEqual(row["source"], "1")
        self.assertEqual(row["converted"], "Söderström & Co 🏗")
        self.assertIsNone(row["now"])
        owner = self.get_row(self.as_reviewer(self.company), "user_id")
        self.assertIn("ana", owner["converted"])

    def test_what_odoo_has_now_is_shown_and_marked_where_it_differs(self):
        partner = self.env["res.partner"].create(
            {"name": "Söderström & Co 🏗", "email": "other@s.example"}
        )
        self.link(self.company, partner)
        record = self.as_reviewer(self.company)
        self.assertFalse(self.get_row(record, "name")["differs"])
        self.assertTrue(self.get_row(record, "email")["differs"])
        self.assertEqual(self.get_row(record, "email")["now"], "other@s.example")

    def link(self, record, target):
        self.env["crm.migration.id.map"].create(
            {
                "job_id": self.job.id,
                "stream": record.stream,
                "source_id": record.source_id,
                "res_model": target._name,
                "res_id": target.id,
                "outcome": "created",
                "rollback_action": "delete",
            }
        )
        record.write({"res_model": target._name, "res_id": target.id})

    def test_a_record_that_may_not_be_read_is_not_shown(self):
        stranger = new_test_user(
            self.env, "no_sales", groups=f"base.group_user,{REVIEWER}"
        )
        lead = self.env["crm.lead"].create({"name": "Secret deal"})
        self.link(self.company, lead)
        rows = self.company.with_user(stranger).comparison
        self.assertNotIn("Secret deal", json.dumps(rows))

    def edit(self, record, target, **values):
        wizard = self.env["crm.migration.record.edit"].with_user(self.reviewer)
        wizard = wizard.create({"record_id": record.id, "target_key": f"|{target}"})
        wizard.write(values)
        wizard.action_save()

    def test_an_edit_replaces_the_value_and_solves_the_problem(self):
        self.assertEqual(self.nameless.state, "problem")
        self.edit(self.nameless, "name", text="  Zoë's Bakery ")
        self.assertEqual(self.nameless.state, "extracted")
        self.assertEqual(self.nameless.edits, {"": {"name": "Zoë's Bakery"}})
        self.assertEqual(self.nameless.payload["name"], "")
        self.run_kind("transform")
        self.assertEqual(self.nameless.state, "ready")
        self.assertTrue(self.get_row(self.nameless, "name")["edited"])

    def test_an_edit_that_does_not_fit_is_refused_in_words(self):
        with self.assertRaises(UserError) as caught:
            self.edit(self.company, "is_company", text="perhaps")
        self.assertIn("perhaps", str(caught.exception))

    def test_an_edit_can_be_taken_back(self):
        self.edit(self.company, "name", text="Wrong")
        wizard = self.env["crm.migration.record.edit"].with_user(self.reviewer)
        wizard.create(
            {"record_id": self.company.id, "target_key": "|name"}
        ).action_undo()
        self.assertFalse(self.company.edits)

    def test_a_link_is_edited_by_choosing_another_record(self):
        contact, other = self.staged("contacts")[0], self.staged("companies")[2]
        wizard = self.env["crm.migration.record.edit"].with_user(self.reviewer)
        wizard = wizard.create({"record_id": contact.id, "target_key": "|parent_id"})
        self.assertEqual((wizard.kind, wizard.link_stream), ("record", "companies"))
        self.assertEqual(wizard.record_ids, self.company)
        wizard.record_ids = other
        wizard.action_save()
        self.assertEqual(
            contact.edits, {"": {"parent_id": {"$ref": ["companies", "3"]}}}
        )
        wizard.record_ids = other + self.company
        with self.assertRaises(UserError):
            wizard.action_save()

    def test_the_dialog_works_in_a_form(self):
        view = Form(
            self.env["crm.migration.record.edit"]
            .with_user(self.reviewer)
            .with_context(**self.as_reviewer(self.company).action_edit()["context"])
        )
        view.target_key = "|email"
        self.assertEqual(view.text, "info@s.example")
        view.text = "new@s.example"
        view.save().action_save()
        self.assertEqual(self.company.edits[""]["email"], "new@s.example")

    def test_skipping_needs_a_reason_and_can_be_undone(self):
        with self.assertRaises(UserError):
            self.as_reviewer(self.nameless)._skip("  ")
        action = self.as_reviewer(self.nameless).action_skip()
        wizard = self.env[action["res_model"]].with_user(self.reviewer)
        wizard = wizard.with_context(**action["context"])
        wizard.create({"reason": "Test data"}).action_skip()
        self.assertEqual(self.nameless.state, "skipped")
        self.assertEqual(self.nameless.skip_reason, "Test data")
        self.assertFalse(
            self.nameless.message_ids.filtered(lambda m: m.state == "open")
        )
        self.run_kind("transform")
        self.assertEqual(self.nameless.state, "skipped")
        self.as_reviewer(self.nameless).action_undo_skip()
        self.assertEqual(
            (self.nameless.state, self.nameless.skip_reason), ("extracted", False)
        )

    def test_what_is_loaded_is_not_skipped(self):
        self.company.state = "loaded"
        self.as_reviewer(self.company + self.nameless)._skip("Both")
        self.assertEqual(self.company.state, "loaded")
        self.assertEqual(self.nameless.state, "skipped")

    def test_retry_and_reviewed_work_on_a_selection(self):
        records = self.staged("companies")
        records[0].state = "failed"
        for xmlid in ("retry", "mark_reviewed"):
            action = self.env.ref(f"crm_migration.crm_migration_record_action_{xmlid}")
            action.with_user(self.reviewer).with_context(
                active_model=records._name, active_ids=records.ids
            ).run()
        self.assertEqual(records[0].state, "extracted")
        self.assertEqual(set(records.mapped("is_reviewed")), {True})

    def test_reading_a_state_does_not_bring_the_payload_along(self):
        self.env.invalidate_all()
        self.assertEqual(self.company.state, "ready")
        fields = self.company._fields
        self.assertIn(self.company.id, fields["name"]._get_cache(self.env))
        for name in ("payload", "values", "edits"):
            self.assertNotIn(self.company.id, fields[name]._get_cache(self.env))

    def test_groups_of_problems_are_headed_by_sentences(self):
        records = self.as_reviewer(self.env["crm.migration.record"])
        domain = [("job_id", "=", self.job.id), ("problem", "!=", False)]
        groups = records.formatted_read_group(domain, ["problem"], ["__count"])
        heads = [group["problem"] for group in groups]
        self.assertTrue(heads)
        self.assertFalse([head for head in heads if " " not in head])
        found = records.search(domain + groups[0]["__extra_domain"])
        self.assertEqual(len(found), groups[0]["__count"])

    # -- duplicates ------------------------------------------------------------------

    def create_pair(self, **values):
        return self.env["crm.migration.duplicate"].create(
            {
                "job_id": self.job.id,
                "record_id": self.company.id,
                "stream": "companies",
                "kind": "odoo",
                "score": 90,
                **values,
            }
        )

    def test_the_two_stand_side_by_side_with_their_differences(self):
        partner = self.env["res.partner"].create(
            {"name": "SÖDERSTRÖM & CO 🏗", "email": "sales@s.example"}
        )
        pair = self.create_pair(res_model="res.partner", res_id=partner.id)
        rows = {row["label"]: row for row in self.as_reviewer(pair).comparison}
        self.assertFalse(rows["Name"]["differs"])
        self.assertTrue(rows["Email"]["differs"])
        self.assertEqual(rows["Email"]["other"], "sales@s.example")

    def test_a_decision_is_signed_and_a_skip_leaves_the_record_out(self):
        pair = self.create_pair(
            kind="source", other_record_id=self.nameless.id, other_name="Söderström"
        )
        self.as_reviewer(pair).action_skip()
        self.assertEqual((pair.decision, pair.decided_by_id), ("skip", self.reviewer))
        self.assertEqual(self.company.skip_reason, "Duplicate of Söderström")
        self.as_reviewer(pair).action_merge()
        self.assertEqual((pair.decision, self.company.state), ("merge", "extracted"))
        self.as_reviewer(pair).action_reopen()
        self.assertFalse(pair.decision or pair.decided_by_id)

    def test_many_pairs_are_merged_once_it_was_said_what_that_does(self):
        pairs = self.create_pair(
            res_model="res.partner", other_name="Old", evidence="Same"
        )
        pairs += self.create_pair(
            kind="source", other_record_id=self.nameless.id, other_name="Söderström"
        )
        action = self.as_reviewer(pairs).action_ask_merge()
        self.assertFalse(any(pairs.mapped("decision")), "asked, not done")
        dialog = self.env[action["res_model"]].with_user(self.reviewer)
        view = Form(dialog.with_context(**action["context"]))
        self.assertIn(
            "Companies: 1 record into what Odoo has already.", view.count_text
        )
        self.assertIn("1 record into another one of the source.", view.count_text)
        self.assertIn("Söderström & Co 🏗 → Old (Same, 90 %)", view.example_text)
        view.save().action_merge()
        self.assertEqual(set(pairs.mapped("decision")), {"merge"})
        self.assertEqual(pairs.decided_by_id, self.reviewer)
        self.as_reviewer(pairs).action_reopen()
        self.assertFalse(any(pairs.mapped("decision")))

    def test_the_reconciliation_shows_one_pass_without_columns_of_zeros(self):
        self.run_kind("load")
        self.run_kind("verify")
        context = self.job.action_open_reconciliation()["context"]
        self.assertEqual(context["search_default_latest"], 1)
        self.assertNotIn("search_default_by_run", context)
        hidden = {name[3:] for name in context if name.startswith("no_")}
        self.assertIn("updated", hidden)
        self.assertNotIn("created", hidden)
        rows = self.env["crm.migration.reconciliation"].search(
            [("job_id", "=", self.job.id)]
        )
        for name in hidden - {"signature"}:
            self.assertFalse(sum(rows.mapped(f"{name}_count")), name)
        action = self.env["crm.migration.reconciliation"]._open_all()
        self.assertNotIn("no_created", action["context"])
        arch = self.env["crm.migration.reconciliation"].get_view(view_type="list")[
            "arch"
        ]
        for name in hidden:
            self.assertIn(f"context.get('no_{name}')", arch)

    # -- the way back ------------------------------------------------------------------

    def test_a_partner_knows_where_it_came_from(self):
        partner, native = self.env["res.partner"].create([{"name": "A"}, {"name": "B"}])
        self.link(self.company, partner)
        seen = (partner + native).with_user(self.reviewer)
        self.assertEqual(seen.mapped("migrated_from"), ["Fake CRM", False])
        action = seen[0].action_open_migration()
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("crm.migration.record", self.company.id),
        )

    def test_every_list_of_a_migration_opens(self):
        job = self.job.with_user(self.reviewer)
        for name in dir(type(job)):
            if name.startswith("action_open_") and name != "action_open_rollback":
                with self.subTest(action=name):
                    action = getattr(job, name)()
                    model = job.env[action["res_model"]]
                    if action["target"] == "new":
                        model.browse(action.get("res_id")).read()  # a dialog, no list
                        continue
                    model.search(action["domain"], limit=1)
                    for view in action["view_mode"].split(","):
                        model.get_view(view_type=view)

    # -- rollback ------------------------------------------------------------------------

    def test_what_was_merged_within_the_source_does_not_stay(self):
        partner, ours = self.env["res.partner"].create([{"name": "A"}, {"name": "B"}])
        links = self.env["crm.migration.id.map"]
        for source_id, target, action in (
            ("1", partner, "delete"),
            ("2", partner, "keep"),
            ("3", ours, "keep"),
            ("4", ours, "restore"),
        ):
            links.create(
                {
                    "job_id": self.job.id,
                    "stream": "companies",
                    "source_id": source_id,
                    "res_model": "res.partner",
                    "res_id": target.id,
                    "outcome": "created" if action == "delete" else "merged",
                    "rollback_action": action,
                }
            )
        wizard = self.env["crm.migration.rollback"].create({"job_id": self.job.id})
        self.assertEqual(
            (wizard.delete_count, wizard.restore_count, wizard.keep_count), (1, 1, 0)
        )

    def test_a_rollback_counts_what_goes_and_asks_first(self):
        partner = self.env["res.partner"].create({"name": "A"})
        self.link(self.company, partner)
        wizard = self.env["crm.migration.rollback"].create({"job_id": self.job.id})
        self.assertEqual((wizard.delete_count, wizard.restore_count), (1, 0))
        with self.assertRaises(UserError):
            wizard.action_roll_back()
        wizard.write(
            {"scope": "stream", "stream_id": self.staged("contacts")[0].stream_id.id}
        )
        self.assertEqual(wizard.delete_count, 0)
        wizard.confirmed = True
        with self.assertRaises(UserError):
            wizard.action_roll_back()
        wizard.stream_id = self.company.stream_id
        wizard.action_roll_back()
        self.assertEqual(self.job.run_id.kind, "rollback")
        self.assertEqual(self.job.run_id.parameters, {"stream": "companies"})
