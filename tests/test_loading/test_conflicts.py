"""What both sides have changed waits for a decision, and the next load does as decided."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..test_phases.again_source import AgainCase

DAY = "2027-01-01 00:00:00"


class ConflictCase(AgainCase):
    def read_changes(self):
        self.job.action_read_again()
        self.work(self.job.run_id)
        self.assertEqual(self.job.run_id.state, "done", self.job.run_id.blocked_reason)
        self.env.invalidate_all()

    def get_conflict(self, stream="companies", source_id="1", field="city"):
        found = self.env["crm.migration.conflict"].search(
            [
                ("job_id", "=", self.job.id),
                ("stream", "=", stream),
                ("source_id", "=", source_id),
                ("field", "=", field),
            ],
            order="id desc",
        )
        return found[:1]

    def load(self):
        lines = self.load_changes()
        self.env.invalidate_all()
        return lines

    def dispute(self, mine="Faro", theirs="Lagos"):
        """Let a person and the source change the city of the first company."""
        self.firm = self.migrated("companies", "1")
        self.work_on(self.firm, city=mine)
        self.change("companies", 1, city=theirs)


@tagged("post_install", "-at_install")
class TestConflicts(ConflictCase):
    def test_it_is_counted_and_listed_before_anything_is_written(self):
        self.dispute()
        self.change("companies", 2, city="Braga")
        self.change("companies", 3)
        self.data["companies"].append({"id": 4, "name": "New Roofs", "in_use": True})
        self.read_changes()
        self.assertEqual(self.migrated("companies", "2").city, "Porto")
        stream = self.get_stream("companies")
        names = ("new", "changed", "conflict", "vanished", "unchanged")
        self.assertEqual([stream[f"{name}_count"] for name in names], [1, 2, 1, 1, 0])
        row = self.get_conflict()
        self.assertEqual(
            (row.then_text, row.theirs_text, row.mine_text, row.state),
            ("Porto", "Lagos", "Faro", "open"),
        )
        self.assertEqual(self.job.conflict_open_count, 1)
        self.load()
        self.assertEqual(self.firm.city, "Faro")
        self.assertEqual(self.migrated("companies", "2").city, "Braga")
        stream.invalidate_recordset()
        self.assertEqual([stream[f"{name}_count"] for name in names], [0, 0, 1, 1, 3])
        self.assertEqual(self.get_conflict(), row)

    def test_the_sources_value_is_taken_before_or_after_the_load(self):
        for is_loaded in (False, True):
            with self.subTest(is_loaded=is_loaded):
                self.dispute(f"Faro {is_loaded}", f"Lagos {is_loaded}")
                self.read_changes()
                if is_loaded:
                    self.load()
                    self.assertEqual(self.firm.city, "Faro True")
                self.get_conflict().action_take_source()
                self.load()
                self.assertEqual(self.firm.city, f"Lagos {is_loaded}")
                row = self.get_conflict()
                self.assertEqual((row.state, row.decision), ("settled", "source"))

    def test_odoos_value_is_kept_and_nobody_asks_again(self):
        self.dispute()
        self.read_changes()
        self.get_conflict().action_keep_odoo()
        self.load()
        self.read_changes()
        self.load()
        self.assertEqual(self.firm.city, "Faro")
        self.assertEqual(self.get_conflict().state, "settled")
        self.assertFalse(self.job.conflict_open_count)
        # The source changes it once more: that is another question.
        self.change("companies", 1, city="Sines")
        self.read_changes()
        self.assertEqual(self.get_conflict().state, "open")
        self.assertEqual(self.get_conflict().theirs_text, "Sines")

    def test_another_value_is_entered(self):
        self.dispute()
        self.work_on(self.migrated("deals", "1"), expected_revenue=5, stage_id=False)
        stage = self.migrated("stages", "2")
        self.work_on(self.migrated("deals", "1"), stage_id=stage.id)
        self.change("deals", 1, amount="7", stage="3")
        self.read_changes()
        values = {
            ("companies", "city"): {"text": "Tavira"},
            ("deals", "expected_revenue"): {"number": 6},
            ("deals", "stage_id"): {
                "record_ref": f"crm.stage,{self.migrated('stages', '1').id}"
            },
        }
        for (stream, field), given in values.items():
            row = self.get_conflict(stream, "1", field)
            self.assertTrue(row, field)
            action = row.action_edit()
            dialog = (
                self.env["crm.migration.conflict.edit"]
                .with_context(**action["context"])
                .create(given)
            )
            dialog.action_take()
        self.load()
        lead = self.migrated("deals", "1")
        self.assertEqual(self.firm.city, "Tavira")
        self.assertEqual(lead.expected_revenue, 6)
        self.assertEqual(lead.stage_id, self.migrated("stages", "1"))

    def test_a_decision_holds_for_the_values_that_were_seen_alone(self):
        self.dispute()
        self.read_changes()
        self.get_conflict().action_take_source()
        self.work_on(self.firm, city="Evora")
        self.load()
        self.assertEqual(self.firm.city, "Evora")
        row = self.get_conflict()
        self.assertEqual(
            (row.state, row.decision, row.mine_text), ("open", False, "Evora")
        )
        row.action_take_source()
        self.change("companies", 1, city="Beja")
        self.read_changes()
        self.assertEqual(self.get_conflict().state, "open")
        self.load()
        self.assertEqual(self.firm.city, "Evora")
        self.assertEqual(self.get_conflict().theirs_text, "Beja")

    def test_where_both_agree_or_the_source_goes_back_nobody_is_asked(self):
        self.dispute()
        self.read_changes()
        self.load()
        self.change("companies", 1, city="Porto")
        self.read_changes()
        self.load()
        self.assertEqual(self.firm.city, "Faro")
        self.assertFalse(self.job.conflict_open_count)
        self.dispute("Evora", "Lagos")
        self.read_changes()
        self.work_on(self.firm, city="Lagos")
        self.read_changes()
        self.assertFalse(self.job.conflict_open_count)

    def test_a_roll_back_gives_back_what_a_decision_took(self):
        self.dispute()
        self.read_changes()
        self.get_conflict().action_take_source()
        self.load()
        self.assertEqual(self.firm.city, "Lagos")
        self.run_kinds("rollback")
        self.env.invalidate_all()
        self.assertEqual(self.firm.city, "Faro")
        self.assertEqual(self.get_conflict().state, "open")
        self.run_kinds("load")
        self.env.invalidate_all()
        self.assertEqual(self.firm.city, "Faro")

    def test_of_a_deal_that_was_won_the_sources_loss_can_be_taken(self):
        lead = self.migrated("deals", "1")
        won = self.migrated("stages", "3")
        self.work_on(lead, stage_id=won.id, probability=100)
        self.change("deals", 1, state="lost", reason="1")
        self.read_changes()
        rows = self.env["crm.migration.conflict"].search(
            [("job_id", "=", self.job.id), ("stream", "=", "deals")]
        )
        self.assertTrue(rows)
        rows.action_take_source()
        self.load()
        self.assertFalse(lead.active)
        self.assertEqual(lead.probability, 0)
        self.assertEqual(lead.lost_reason_id, self.migrated("reasons", "1"))
        self.assertFalse(self.job.conflict_open_count)

    def test_in_bulk_with_one_statement_for_all(self):
        for n in (1, 2, 3):
            self.work_on(self.migrated("companies", str(n)), city=f"Mine {n}")
            self.change("companies", n, city=f"Theirs {n}")
        self.read_changes()
        rows = self.env["crm.migration.conflict"].search([("job_id", "=", self.job.id)])
        self.assertEqual(len(rows), 3)
        rows.action_take_source()
        rows[1].action_keep_odoo()
        rows[2].action_undo_decision()
        self.load()
        cities = [self.migrated("companies", str(n)).city for n in (1, 2, 3)]
        self.assertEqual(cities, ["Theirs 1", "Mine 2", "Mine 3"])
        self.assertEqual(self.job.conflict_open_count, 1)

    def test_what_no_load_can_write_can_only_be_kept(self):
        other = self.env["crm.lead"].create({"name": "Other"})
        self.work_on(self.migrated("notes", "1"), res_id=other.id)
        self.change("notes", 1, deals="2")
        self.read_changes()
        self.load()
        row = self.get_conflict("notes", "1", "@thread")
        self.assertEqual((row.theirs_text, row.mine_text), ("Roof 2", "Other"))
        with self.assertRaises(UserError):
            row.action_take_source()
        row.action_keep_odoo()
        self.assertEqual(row.state, "decided")
        self.load()
        self.assertEqual(row.state, "settled")

    def test_who_may_decide(self):
        self.dispute()
        self.read_changes()
        row = self.get_conflict()
        groups = "base.group_user,crm_migration.crm_migration_group_reviewer"
        reviewer = new_test_user(self.env, "rev2", groups)
        stranger = new_test_user(self.env, "str2", "base.group_user")
        with self.assertRaises(AccessError):
            row.with_user(stranger).action_take_source()
        with self.assertRaises(AccessError):
            row.with_user(reviewer).write({"decision": "source"})
        row.with_user(reviewer).action_take_source()
        self.assertEqual((row.decision, row.decided_by_id), ("source", reviewer))
