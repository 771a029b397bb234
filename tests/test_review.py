import json

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from .common import CrmMigrationCase

REVIEWER = "crm_migration.crm_migration_group_reviewer"


@tagged("post_install", "-at_install")
class TestReview(CrmMigrationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = f"base.group_user,sales_team.group_sale_salesman_all_leads,{REVIEWER}"
        cls.reviewer = new_test_user(cls.env, "reviewer", groups=groups)

    def setUp(self):
        super().setUp()
        self.use_source(
            companies=[
                {
                    "id": 1,
                    "name": "Söderström & Co 🏗",
                    "email": "info@s.example",
                    "owner": "ana@s.example",
                    "colour": "blue",
                    "turnover": 12,
                    "created_at": "2020-02-29 23:59:59",
                },
                {"id": 2, "name": "", "email": "not one", "owner": "zoë@gone.example"},
                {"id": 3, "name": "شركة النور", "email": "", "colour": "red"},
            ],
            contacts=[
                {"id": 7, "name": "O'Neill", "email": "o@s.example", "company_id": 1},
                {"id": 8, "name": "佐藤", "email": "k@s.example", "company_id": 3},
            ],
        )
        self.run_kind("discover")
        self.run_kind("extract")
        self.company = self.staged("companies")[0]
        self.nameless = self.staged("companies")[1]

    def as_reviewer(self, records):
        return records.with_user(self.reviewer)

    def get_line(self, source, stream="companies"):
        return self.job.mapping_ids.line_ids.filtered(
            lambda line: line.source == source and line.mapping_id.stream == stream
        )

    def get_row(self, record, target):
        return next(row for row in record.comparison if row["target"] == target)

    # -- mapping -----------------------------------------------------------------

    def test_a_line_shows_a_real_value_and_what_becomes_of_it(self):
        line = self.as_reviewer(self.get_line("email"))
        self.assertEqual(line.sample_text, "info@s.example")
        self.assertEqual(line.sample_result, "info@s.example")
        self.assertEqual(line.target_label, "Email")
        self.assertEqual(line.steps_text, "e-mail address")
        self.assertAlmostEqual(line.fill_rate, 200 / 3)
        parent = self.as_reviewer(self.get_line("company_id", "contacts"))
        self.assertEqual(parent.sample_result, "Söderström & Co 🏗")
        self.assertEqual(parent.steps_text, "link to Companies")

    def test_every_step_and_every_place_has_words(self):
        from ..connectors.mapping.transforms import TRANSFORMS
        from ..models.mapping_words import STEPS

        self.assertFalse(set(TRANSFORMS) - set(STEPS))
        for name, words in STEPS.items():
            self.assertTrue(self.env._(words) % {"argument": "x"}, name)

    def test_choosing_a_field_accepts_it_with_a_fitting_conversion(self):
        line = self.as_reviewer(self.get_line("turnover"))
        self.assertEqual(line.state, "open")
        fields = self.env["ir.model.fields"]
        line.field_id = fields._get("res.partner", "partner_latitude")
        self.assertEqual(line.target, "partner_latitude")
        self.assertEqual(line.steps, [["decimal"]])
        self.assertEqual(line.state, "accepted")
        line.field_id = False
        self.assertEqual((line.target, line.state), (False, "open"))

    def test_a_field_of_another_model_is_refused(self):
        line = self.as_reviewer(self.get_line("colour"))
        stage = self.env["ir.model.fields"]._get("crm.lead", "stage_id")
        with self.assertRaises(UserError):
            line.field_id = stage

    def test_choosing_a_link_makes_a_list_of_its_values(self):
        line = self.as_reviewer(self.get_line("colour"))
        line.field_id = self.env["ir.model.fields"]._get("res.partner", "industry_id")
        self.assertEqual(line.steps, [["value_map", "companies.colour"]])
        self.run_kind("transform")
        values = self.job.value_map_ids.filtered(lambda v: v.list == "companies.colour")
        self.assertEqual(sorted(values.mapped("key")), ["blue", "red"])
        self.assertEqual(set(values.mapped("model_name")), {"res.partner.industry"})

    def test_a_line_without_target_cannot_be_accepted(self):
        with self.assertRaises(UserError):
            self.as_reviewer(self.get_line("colour")).action_accept()

    def test_leaving_out_needs_a_reason_and_keeps_it(self):
        line = self.get_line("colour")
        action = self.as_reviewer(line).action_ignore()
        wizard = self.env[action["res_model"]].with_user(self.reviewer)
        wizard = wizard.with_context(**action["context"])
        wizard.create({"reason": "Nobody knows what it means"}).action_ignore()
        self.assertEqual(line.state, "ignored")
        self.assertEqual(line.ignore_reason, "Nobody knows what it means")
        self.as_reviewer(line).action_reopen()
        self.assertEqual((line.state, line.ignore_reason), ("open", False))

    def test_a_new_field_is_proposed_with_label_and_type(self):
        line = self.get_line("turnover")
        wizard = self.env["crm.migration.mapping.custom"].with_user(self.reviewer)
        wizard = wizard.create({"line_id": line.id})
        self.assertEqual(wizard.kind, "integer")
        wizard.label = "Turnover (k€)"
        wizard.action_create()
        self.assertEqual(line.target, "@custom.turnover")
        self.assertEqual(line.target_label, "New field: Turnover (k€)")
        self.assertEqual(line.steps, [["integer"]])
        self.assertEqual(line.sample_result, "12")

    def test_a_choice_field_needs_known_choices(self):
        line = self.get_line("name")
        wizard = self.env["crm.migration.mapping.custom"].create({"line_id": line.id})
        wizard.kind = "selection"
        line.write({"samples": False})
        with self.assertRaises(UserError):
            wizard.action_create()

    def test_accepting_above_a_confidence_leaves_the_rest_open(self):
        lines = self.job.mapping_ids.line_ids
        lines.write({"state": "open"})
        sure, unsure = self.get_line("name"), self.get_line("email")
        sure.confidence, unsure.confidence = 90, 60
        wizard = self.env["crm.migration.mapping.accept"].with_user(self.reviewer)
        wizard = wizard.create({"mapping_ids": sure.mapping_id.ids, "threshold": 80})
        count = wizard.count
        wizard.action_accept()
        self.assertEqual((sure.state, unsure.state), ("accepted", "open"))
        accepted = sure.mapping_id.line_ids.filtered(lambda line: line.state == "accepted")
        self.assertEqual(len(accepted), count)
        self.assertNotIn(False, accepted.mapped("target"))

    # -- values and owners ---------------------------------------------------------

    def create_value(self, **values):
        return self.env["crm.migration.value.map"].create(
            {"job_id": self.job.id, "list": "stages", "key": "Won", **values}
        )

    def test_choosing_a_record_decides_to_use_it(self):
        value = self.create_value(model_name="crm.stage")
        stage = self.env["crm.stage"].search([], limit=1)
        self.as_reviewer(value).target_id = stage.id
        self.assertEqual((value.target_ref, value.decision), (stage, "map"))
        self.assertEqual(value.result_text, stage.name)

    def test_a_record_of_another_list_is_refused(self):
        value = self.create_value(model_name="crm.stage")
        with self.assertRaises(ValidationError):
            self.as_reviewer(
                value
            ).target_ref = f"res.partner,{self.env.user.partner_id.id}"

    def test_only_a_listed_choice_is_taken(self):
        value = self.create_value(choices=[["won", "Won"], ["lost", "Lost"]])
        self.as_reviewer(value).choice = "won"
        self.assertEqual((value.decision, value.result_text), ("map", "Won"))
        with self.assertRaises(ValidationError):
            self.as_reviewer(value).choice = "maybe"
        with self.assertRaises(ValidationError):
            self.as_reviewer(value).action_create()

    def test_choosing_a_user_decides_the_owner(self):
        owner = self.job.owner_ids.filtered(lambda o: o.key == "ana@s.example")
        self.as_reviewer(owner).user_id = self.reviewer
        self.assertEqual(owner.decision, "assign")
        self.assertEqual(owner.result_text, self.reviewer.name)
        self.as_reviewer(owner).decision = "empty"
        self.assertFalse(owner.user_id)

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

    def test_reading_a_list_does_not_fetch_the_payload(self):
        self.env.invalidate_all()
        self.company.with_user(self.reviewer).read(["name", "state"])
        payload = self.company._fields["payload"]
        self.assertFalse(payload._get_cache(self.env).get(self.company.id))

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
                    model.search(action["domain"], limit=1)
                    for view in action["view_mode"].split(","):
                        model.get_view(view_type=view)

    # -- rollback ------------------------------------------------------------------------

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


@tagged("post_install", "-at_install")
class TestNewMigration(CrmMigrationCase):
    """The dialog that begins a migration."""

    def test_what_was_typed_is_kept_from_step_to_step(self):
        start = self.env["crm.migration.job.start"].create({})
        with self.assertRaises(UserError):
            start.action_next()
        start.source = "fake"
        start.action_next()
        self.assertEqual(start.step, "connect")
        values = {"url": "https://crm.example", "token": "s3cr3t"}
        start.settings = {"fields": [], "values": values}
        start.action_check()
        self.assertEqual(start.finding_ids.mapped("level"), ["passed"])
        self.assertIn("fake", start.finding_ids.text)
        start.action_next()
        start.action_back()
        self.assertEqual(start.settings["values"]["token"], "********")
        start.action_next()
        deals = start.line_ids.filtered(lambda line: line.name == "deals")
        deals.selected = False
        start.action_back()
        start.action_next()
        self.assertEqual(
            start.line_ids.filtered("selected").mapped("name"),
            ["companies", "contacts"],
        )
        start.action_next()
        start.owner_policy = "wait"
        job = self.env["crm.migration.job"].browse(start.action_start()["res_id"])
        self.assertEqual(job.owner_policy, "wait")
        self.assertEqual(job._get_config()["token"], "s3cr3t")
        self.assertEqual(
            job.stream_ids.filtered("selected").mapped("name"),
            ["companies", "contacts"],
        )
        self.assertEqual((job.run_id.kind, job.state), ("discover", "running"))

    def test_a_source_that_refuses_is_answered_in_words_and_nothing_is_lost(self):
        from ..connectors.core.errors import AuthenticationError
        from .common import FakeSource

        def refuse(self):
            raise AuthenticationError("bad_credentials", host="crm.example")

        self.patch(FakeSource, "check", refuse)
        start = self.env["crm.migration.job.start"].create({"source": "fake"})
        start.action_next()
        start.action_next()
        self.assertEqual(start.step, "connect")
        self.assertEqual(start.finding_ids.level, "blocking")
        self.assertEqual(
            start.finding_ids.text, "crm.example does not accept these credentials."
        )

    def test_files_are_previewed_and_corrected(self):
        content = "id;name;note\r\n1;Ana;x\r\n2;Zoë 🌟;\r\n".encode()
        file = self.env["ir.attachment"].create({"name": "people.csv", "raw": content})
        start = self.env["crm.migration.job.start"].create(
            {"source": "spreadsheet", "file_ids": file.ids, "step": "connect"}
        )
        start.action_check()
        table = start.preview[0]
        self.assertEqual(table["delimiter"], ";")
        self.assertEqual(table["rows"][1][1], "Zoë 🌟")
        options = json.dumps({"people.csv": {"stream": "contacts"}})
        start.settings = {"fields": [], "values": {"file_options": options}}
        start.action_check()
        self.assertEqual(start.preview[0]["stream"], "contacts")
        self.assertEqual(start.line_ids.mapped("name"), ["contacts"])

    def test_a_broken_file_is_answered_in_words(self):
        file = self.env["ir.attachment"].create(
            {"name": "old.xls", "raw": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}
        )
        start = self.env["crm.migration.job.start"].create(
            {"source": "spreadsheet", "file_ids": file.ids, "step": "connect"}
        )
        start.action_next()
        self.assertEqual(start.step, "connect")
        self.assertIn("blocking", start.finding_ids.mapped("level"))
        self.assertTrue(
            any("old.xls" in text for text in start.finding_ids.mapped("text"))
        )
