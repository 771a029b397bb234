"""The chain of sign-offs: what is signed, what has changed since, and what a load says."""

import json
import random

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ...models.evidence.sign_off_content import get_digest, pick
from .sign_off_case import SignOffCase

KINDS = ("mapping", "values", "owners")


@tagged("post_install", "-at_install")
class TestSignOff(SignOffCase):
    # -- signing and changing ------------------------------------------------------

    def test_a_changed_value_is_named_and_signed_again(self):
        self.decide()
        entry = self.sign("values", comment="Agreed")
        self.assertEqual(
            (entry.user_id, entry.comment, entry.action, entry.number),
            (self.reviewer, "Agreed", "sign", 1),
        )
        self.assertEqual(entry.state, "valid")
        self.get_value("Haggling").write({"decision": "empty"})
        self.assertEqual(self.look(entry), "changed")
        told = self.refused()
        for words in ("Values", "Haggling", "Leave Empty", "Sign it again"):
            self.assertIn(words, told)
        self.assertNotIn("Élan", told)
        self.assertIn("Haggled", entry.changes_html)
        self.assertEqual(self.job.sign_off_problem, told)
        again = self.sign("values")
        self.assertEqual((self.look(entry), again.state), ("replaced", "valid"))
        self.assertEqual(again.previous, entry.seal)
        self.assertEqual(self.load().state, "done")

    def test_pressed_twice_it_is_signed_once(self):
        self.decide()
        entry = self.sign("values", comment="Agreed")
        self.assertEqual(self.sign("values", comment="Agreed "), entry)
        self.assertEqual(self.job.sign_off_ids, entry)
        again = self.sign("values", comment="Seen once more")
        self.assertEqual((again.number, self.look(entry)), (2, "replaced"))
        again.with_user(self.reviewer)._withdraw("No")
        self.assertEqual(self.sign("values", comment="Seen once more").number, 4)

    def test_what_is_taken_back_counts_again(self):
        self.decide()
        entry = self.sign("values")
        row = self.get_value("Haggling")
        row.write({"decision": "empty"})
        self.assertEqual(self.look(entry), "changed")
        row.write({"decision": "map"})
        self.assertEqual(self.look(entry), "valid")

    def test_a_load_changes_nothing_that_was_signed(self):
        # One that is to be created is there under this name already.
        self.env["crm.stage"].create({"name": "Measured Élan"})
        self.decide()
        entries = [self.sign(kind) for kind in KINDS]
        self.rehearse()
        entries.append(self.sign("dry_run"))
        self.assertEqual(self.load().state, "done")
        self.env.invalidate_all()
        self.assertFalse(self.job.sign_off_problem)
        self.assertEqual({entry.state for entry in entries}, {"valid"})
        self.run_kinds("verify")
        self.assertEqual(self.load().state, "done")

    def test_a_changed_mapping_and_owner_are_named(self):
        self.sign("mapping")
        self.sign("owners")
        line = self.job.mapping_ids.line_ids.filtered(
            lambda each: each.source_paths == "Amount" or each.source == "Amount"
        )
        line.write({"state": "ignored", "ignore_reason": "Not needed"})
        owner = self.job.owner_ids[0]
        owner.write({"decision": "empty"})
        told = self.refused()
        for words in ("Mapping", "Amount", "Left Out", "Owners", owner.display_name):
            self.assertIn(words, told)

    def test_a_dry_run_with_other_sums_is_named(self):
        with self.assertRaises(UserError):
            self.sign("dry_run")
        self.rehearse()
        entry = self.sign("dry_run")
        self.rehearse()
        self.assertEqual(self.look(entry), "valid")
        self.staged("deals")[0].sudo().write({"state": "skipped"})
        self.rehearse()
        self.assertEqual(self.look(entry), "changed")
        self.assertIn("Skipped: 0 → 1", self.refused())

    # -- who may, and when -----------------------------------------------------------

    def test_nothing_signed_loads_unless_signatures_are_required(self):
        self.assertFalse(self.job.sign_off_problem)
        self.job.load_sign_offs = "required"
        self.assertIn("Not signed: Mapping, Values, Owners, Dry Run", self.refused())
        self.decide()
        for kind in KINDS:
            self.sign(kind)
        self.assertIn("Not signed: Dry Run.", self.refused())
        self.rehearse()
        self.sign("dry_run")
        self.assertEqual(self.load().state, "done")

    def test_a_withdrawal_is_an_entry_with_its_reason(self):
        self.decide()
        entry = self.sign("values")
        dialog = self.env["crm.migration.sign"].with_user(self.reviewer)
        given = {"job_id": self.job.id, "kind": "values", "sign_off_id": entry.id}
        with self.assertRaises(UserError):
            dialog.create(given).action_withdraw()
        dialog.create({**given, "comment": "To be discussed"}).action_withdraw()
        last = self.job.sign_off_ids.sorted("number")[-1]
        self.assertEqual((last.state, last.comment), ("withdrawal", "To be discussed"))
        self.assertEqual(self.look(entry), "withdrawn")
        self.get_value("Haggling").write({"decision": "empty"})
        self.assertFalse(self.job.sign_off_problem)
        with self.assertRaises(UserError):
            dialog.create({**given, "comment": "Again"}).action_withdraw()

    def test_what_changes_while_the_dialog_is_open_is_not_signed(self):
        self.decide()
        dialog = self.env["crm.migration.sign"].with_user(self.reviewer)
        dialog = dialog.create({"job_id": self.job.id, "kind": "values"})
        dialog.seen_digest = dialog.digest
        self.get_value("Haggling").write({"decision": "empty"})
        dialog.invalidate_recordset()
        with self.assertRaises(UserError):
            dialog.action_sign()
        self.assertFalse(self.job.sign_off_ids)

    def test_nobody_writes_deletes_or_makes_an_entry(self):
        self.decide()
        entry = self.sign("values")
        for user in (self.reviewer, self.manager):
            own = entry.with_user(user)
            for name in entry._fields:
                with self.subTest(field=name), self.assertRaises(AccessError):
                    own.write({name: own[name]})
            with self.assertRaises(AccessError):
                own.unlink()
            with self.assertRaises(AccessError):
                own.create({"job_id": self.job.id, "number": 2, "seal": "x"})
            with self.assertRaises(AccessError):
                self.job.with_user(user).write({"sign_off_seal": "x"})

    def test_a_dialog_takes_no_signature_of_something_else(self):
        self.decide()
        entry = self.sign("values")
        other = self.env["crm.migration.job"].create({"name": "O", "source": "fake"})
        dialog = self.env["crm.migration.sign"].with_user(self.manager)
        for given in ({"job_id": other.id, "kind": "values"}, {"kind": "mapping"}):
            with self.assertRaises(ValidationError):
                dialog.create({"job_id": self.job.id, "sign_off_id": entry.id, **given})

    # -- sums ------------------------------------------------------------------------

    def test_sums_that_sign_themselves_bear_a_fingerprint(self):
        self.load()
        entry = self.job.sign_off_ids.filtered(lambda e: e.kind == "phase")
        self.assertEqual((len(entry), entry.subject), (1, "deals"))
        self.assertTrue(entry.is_automatic)
        self.assertEqual(entry.how_text, "Signed automatically")
        self.assertEqual(entry.state, "valid")
        [[identity, sums]] = entry._get_data()
        self.assertEqual((identity, sums["created"]), (["deals"], 3))
        self.forge(
            entry.reconciliation_id,
            "UPDATE crm_migration_reconciliation SET staged_count = 4, created_count = 4,"
            " source_count = 4 WHERE id = %s",
        )
        self.assertIn("Created: 3 → 4", self.refused())

    def test_a_manager_signs_the_sums_of_an_object(self):
        self.job.sign_off = "manual"
        run = self.job._start_run("load")
        self.work(run)
        self.assertEqual(run.state, "blocked")
        with self.assertRaises(AccessError):
            run.result_ids.with_user(self.reviewer).action_sign()
        run.result_ids.with_user(self.manager).action_sign()
        self.job.with_user(self.manager).action_resume()
        self.work(run)
        self.assertEqual(run.state, "done")
        entry = self.job.sign_off_ids
        self.assertEqual((entry.user_id, entry.is_automatic), (self.manager, False))
        self.assertEqual(entry.state, "valid")

    # -- tampering -------------------------------------------------------------------

    def test_a_forged_entry_breaks_the_chain(self):
        self.decide()
        first, second = self.sign("mapping"), self.sign("values")
        self.forge(
            first, "UPDATE crm_migration_sign_off SET user_login = 'boss' WHERE id = %s"
        )
        self.assertEqual((first.state, second.state), ("broken", "valid"))
        self.assertIn("No. 1", self.refused())
        self.sign("mapping")
        self.env.invalidate_all()
        self.assertIn("Values", self.job.sign_off_problem)
        self.sign("values")
        self.assertEqual(self.look(first), "broken")
        self.assertFalse(self.job.sign_off_problem)
        self.assertEqual(self.load().state, "done")

    def test_what_was_kept_cannot_be_exchanged(self):
        self.decide()
        first, second = self.sign("mapping"), self.sign("values")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_migration_sign_off SET content = (SELECT content FROM"
            " crm_migration_sign_off WHERE id = %s) WHERE id = %s",
            [second.id, first.id],
        )
        self.assertEqual(self.look(first), "broken")

    def test_a_deleted_entry_shows_wherever_it_stood(self):
        self.decide()
        delete = "DELETE FROM crm_migration_sign_off WHERE id = %s"
        first, second, third = (self.sign(kind) for kind in KINDS)
        self.forge(second, delete)
        self.assertEqual((first.state, third.state), ("valid", "gap"))
        for words in ("broken at No. 3", "Mapping", "Owners"):
            self.assertIn(words, self.refused())
        for kind in KINDS:
            self.sign(kind)
        self.env.invalidate_all()
        self.assertFalse(self.job.sign_off_problem)
        self.forge(self.job.sign_off_ids.sorted("number")[-1], delete)
        self.assertIn("The last sign-offs are missing", self.refused())
        for kind in KINDS:
            self.sign(kind)
        self.env.invalidate_all()
        self.assertFalse(self.job.sign_off_problem)

    # -- other databases -------------------------------------------------------------

    def test_a_replay_shows_the_same_hashes(self):
        self.decide()
        self.get_value("Measured Élan").write({"decision": "empty"})
        signed = {kind: self.sign(kind).digest for kind in KINDS}
        plan = json.loads(self.job._get_plan_file())
        self.assertEqual(
            [entry["state"] for entry in plan["sign_offs"]], ["valid"] * len(KINDS)
        )
        first = self.job
        self.begin(**{name: plan[name] for name in plan if name != "name"})
        self.assertNotEqual(self.job, first)
        again = {kind: get_digest(self.job._get_signable(kind)) for kind in KINDS}
        self.assertEqual(again, signed)
        self.assertFalse(self.job.sign_off_ids)
        told = self.job.plan_sign_off_text.splitlines()
        self.assertEqual(len(told), 3)
        self.assertTrue(all("the same as signed by sign_reviewer" in t for t in told))
        self.get_value("Haggling").write({"decision": "create"})
        self.env.invalidate_all()
        self.assertIn("Haggling", self.job.plan_sign_off_text)
        status, said = self.call_replay("resume")
        self.assertEqual(status, 1)
        self.assertIn("Haggling", "\n".join(said))
        self.assertFalse(self.job.loaded_count)
        self.sign("values", self.manager)
        status, said = self.call_replay("resume")
        self.assertEqual(self.job.loaded_count, 3, said)

    def test_the_command_line_names_what_has_changed(self):
        self.decide()
        self.sign("values")
        self.get_value("Haggling").write({"decision": "empty"})
        status, said = self.call_replay("resume")
        self.assertEqual(status, 1)
        self.assertIn("Haggling", "\n".join(said))
        self.assertFalse(self.job.loaded_count)
        status, said = self.call_replay("plan")
        self.assertEqual(json.loads(said[0])["sign_offs"][0]["state"], "changed")

    def test_the_command_line_resumes_no_load_of_what_has_changed(self):
        self.decide()
        self.sign("values")
        run = self.job._start_run("load")
        run.state = "paused"
        self.get_value("Haggling").write({"decision": "empty"})
        status, said = self.call_replay("resume")
        self.assertEqual(status, 1)
        self.assertIn("Haggling", "\n".join(said))
        self.assertFalse(self.job.loaded_count)

    def test_a_closed_migration_keeps_its_signatures(self):
        self.decide()
        for kind in KINDS:
            self.sign(kind)
        self.load()
        entry = self.job.sign_off_ids.filtered(lambda e: e.kind == "values")
        self.job._close()
        self.env.invalidate_all()
        self.assertEqual(
            set(self.job.sign_off_ids.filtered("is_current").mapped("state")), {"valid"}
        )
        with self.assertRaises(UserError):
            entry.with_user(self.reviewer)._withdraw("Too late")

    def test_the_order_of_records_and_the_language_change_no_hash(self):
        self.decide()
        self.env["res.lang"]._activate_lang("de_DE")
        self.won.with_context(lang="de_DE").name = "Verhandelt"
        plan = self.job._export_plan()
        shuffled = {**plan}
        for name in ("mapping", "objects", "values", "owners"):
            rows = [dict(reversed(row.items())) for row in plan[name]]
            random.Random(7).shuffle(rows)
            shuffled[name] = rows
        for kind in KINDS:
            digest = get_digest(pick(kind, plan))
            self.assertEqual(get_digest(pick(kind, shuffled)), digest)
            german = self.job.with_context(lang="de_DE")
            self.assertEqual(get_digest(german._get_signable(kind)), digest)
