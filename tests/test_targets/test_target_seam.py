"""What a target declares is all that the engine knows of its model."""

from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from ...connectors.mapping.vocabulary import (
    field,
    is_one_of,
    lookup,
    mapping,
    owner,
    rows,
    strip,
    value_map,
)
from ...models.odoo.muting import mute
from ...models.odoo.silence import Silence
from ...models.targets.stand_in import constant, restate, stand_in
from ..loader_common import LoaderCase
from ..target_planting import plant

TASKS = mapping(
    "tasks",
    "project.task",
    field("name", "title", strip, required=True),
    field("description", "text"),
    field("stage_id", "section", lookup("sections")),
    field("user_ids", "who", owner),
    field("date_end", "done"),
    field("@thread", "contact", lookup("contacts")),
    when=is_one_of("kind", "task"),
    label="Tasks",
)


class TestStandIns(TransactionCase):
    def restate(self, chosen, known=("summary", "note", "user_id")):
        return restate(TASKS, chosen, set(known).__contains__)

    def test_what_has_no_field_is_kept_and_the_rest_is_renamed(self):
        chosen = stand_in(
            "mail.activity", constant("@unlinked", "company"),
            name="summary", description="note", user_ids="user_id", date_end="_done_at",
        )  # fmt: skip
        restated = self.restate(chosen)
        self.assertEqual(
            [item.target for item in restated.fields],
            ["summary", "note", "@note.stage_id", "user_id", "@done_at", "@thread",
             "@unlinked"],
        )  # fmt: skip
        self.assertEqual(restated.wanted, "project.task")
        self.assertEqual(restated.key, "~project.task")
        self.assertEqual(restated.when, TASKS.when)

    def test_two_values_for_one_target_are_both_kept(self):
        restated = self.restate(
            stand_in("mail.activity", name="note", description="note")
        )
        targets = [item.target for item in restated.fields]
        self.assertEqual(targets[:2], ["note", "@note.description"])

    def test_a_choice_of_another_model_is_kept_as_the_source_writes_it(self):
        item = mapping(
            "t", "helpdesk.ticket", field("stage_id", "s", value_map("stages"))
        )
        restated = restate(item, stand_in("project.task", kept=["stage_id"]), bool)
        self.assertEqual(restated.fields[0].target, "@note.stage_id")
        self.assertEqual(restated.fields[0].steps, ())

    def test_a_condition_on_a_target_is_one_on_its_source(self):
        closed = self.restate(stand_in("mail.message", when="date_end"))
        still_open = self.restate(stand_in("mail.activity", unless="date_end"))
        self.assertEqual(
            (closed.when[-1].source, closed.when[-1].negate), ("done", False)
        )
        self.assertTrue(still_open.when[-1].negate)
        self.assertIsNone(self.restate(stand_in("mail.message", when="@state")))


@tagged("post_install", "-at_install")
class TestResolving(LoaderCase):
    def setUp(self):
        super().setUp()
        self.targets = self.env["crm.migration.target"]

    def test_a_model_that_nobody_described_is_not_loaded_and_said(self):
        found, left_out = self.targets._resolve_mappings(
            [
                mapping(
                    "assets",
                    "ir.sequence",
                    field("name", "n"),
                    when=is_one_of("k", "1"),
                )
            ]
        )
        self.assertEqual(found, [])
        (item,) = left_out
        self.assertEqual((item.stream, item.needs), ("assets", "ir.sequence"))
        self.assertIn("ir.sequence", item.reason)
        self.assertEqual(item.when[0].values, ("1",))

    def test_every_described_model_has_one_target_that_is_here(self):
        for target in self.targets._list_here():
            with self.subTest(target._name):
                self.assertTrue(target._is_here())
                self.assertEqual(self.targets._for(target._model), target)
                for name in target._muted:
                    self.assertTrue(hasattr(self.env[target._model], name))

    def test_where_the_app_is_missing_something_stands_in_or_it_is_named(self):
        found, left_out = self.targets._resolve_mappings([TASKS])
        self.assertEqual(left_out, [])
        (resolved,) = found
        if "project.task" in self.env:
            self.assertEqual(resolved, TASKS)
            return
        self.assertEqual(resolved.model, "mail.activity")
        self.assertEqual(resolved.wanted, "project.task")
        self.assertIn("Project", resolved.label)
        projects = mapping("boards", "project.project", field("name", "n"))
        found, (item,) = self.targets._resolve_mappings([projects])
        self.assertEqual((found, item.needs), ([], "project.project"))
        self.assertIn("Project", item.reason)

    def test_a_value_without_a_field_is_in_the_notes_by_name(self):
        self.stage("sections", "crm.stage", {"7": {"name": "Waiting ✓"}})
        self.load("contacts", "res.partner", {"1": {"name": "Bob"}})
        self.load(
            "tasks",
            "mail.activity",
            {
                "1": {
                    "summary": "Call",
                    "@note.stage_id": self.ref("sections", "7"),
                    "@note.hours": 3.5,
                    "@note.user_ids": {"$owner": "anna"},
                    "@thread": self.ref("contacts", "1"),
                }
            },
        )
        note = self.loaded("tasks", "1").note
        for text in ("Waiting ✓", "3.5", "Anna Ågren"):
            self.assertIn(text, note)
        self.assertEqual(self.verify("tasks", "mail.activity", ["1"]), [])

    def test_an_app_that_came_since_is_noticed(self):
        stream = self.mapping("tasks", "mail.activity").stream_id
        self.assertFalse(self.targets._has_become_possible(self.job))
        stream.left_out = [{"when": [], "reason": "r", "needs": "crm.lead"}]
        self.assertTrue(self.targets._has_become_possible(self.job))

    def test_what_was_proposed_anew_is_not_offered_again(self):
        """The mapping that stood in stays beside the new one, left out."""
        old = self.mapping("tasks", "mail.activity")
        old.write({"wanted_model": "crm.lead", "key": "~crm.lead"})
        self.assertTrue(self.targets._has_become_possible(self.job))
        new = old.copy({"model_name": "crm.lead", "wanted_model": False, "key": ""})
        self.assertFalse(self.targets._has_become_possible(self.job))
        new.unlink()
        self.assertTrue(self.targets._has_become_possible(self.job))

    def test_what_the_options_do_not_ask_for_is_not_offered(self):
        target = type(self.env["crm.migration.target.crm.lead"])
        stream = self.mapping("tasks", "mail.activity").stream_id
        stream.left_out = [{"when": [], "reason": "r", "needs": "crm.lead"}]
        for wanted, offered in ((self.job.sign_off, True), ("nothing of it", False)):
            with patch.object(target, "_asked_for", ("sign_off", wanted)):
                found = self.targets._has_become_possible(self.job)
                self.assertEqual(found, offered)

    def test_a_muted_method_is_silent_in_our_environment_only(self):
        said = []

        class Speaker:
            def __init__(self, env):
                self.env = env

            def tell(self, text):
                said.append(text)
                return text

        mute(Speaker, "tell", False)
        mute(Speaker, "tell", False)
        self.assertEqual(Speaker(self.env).tell("loud"), "loud")
        with Silence(self.env):
            self.assertIs(Speaker(self.env).tell("quiet"), False)
        self.assertEqual(said, ["loud"])


@tagged("post_install", "-at_install")
class TestRowsWithin(LoaderCase):
    """Bank accounts are rows of a contact: no app is needed for them."""

    def row(self, *numbers, **more):
        cells = [{"acc_number": number, **more} for number in numbers]
        return {"1": {"name": "Ana", "bank_ids": cells}}

    def numbers(self):
        return self.loaded("people", "1").bank_ids.sorted("id").mapped("acc_number")

    def test_rows_of_the_source_become_targets_of_a_row(self):
        item = rows("bank_ids", "accounts", field("acc_number", "iban", strip))
        (step,) = item.steps
        self.assertEqual(step.name, "rows")
        self.assertEqual(step.arguments[0][0]["target"], "acc_number")

    def test_they_are_created_compared_replaced_and_taken_back(self):
        before = self.counts("res_partner", "res_partner_bank")
        self.load("people", "res.partner", self.row("DE1", "PT2"))
        self.assertEqual(self.numbers(), ["DE1", "PT2"])
        self.assertEqual(self.verify("people", "res.partner", ["1"]), [])
        with plant(self.loaded("people", "1").bank_ids[0], "acc_number"):
            (difference,) = self.verify("people", "res.partner", ["1"])
        self.assertEqual(
            (difference["field"], difference["expected"], difference["found"]),
            ("bank_ids.1.acc_number", "DE1", "✗E1"),
        )
        self.load("people", "res.partner", self.row("DE1", "PT3", "FR4"))
        self.assertEqual(self.numbers(), ["DE1", "PT3", "FR4"])
        self.load("people", "res.partner", self.row("DE1"))
        self.assertEqual(self.numbers(), ["DE1"])
        # Invoicing tells of an account that is gone, in the chatter of its owner.
        self.assertFalse(self.loaded("people", "1").message_ids)
        self.unload("people")
        kept = self.messages().filtered(lambda m: m.code.startswith("kept"))
        self.assertFalse(kept.mapped("text"))
        self.assertEqual(self.counts("res_partner", "res_partner_bank"), before)

    def test_a_row_too_many_is_a_difference(self):
        self.load("people", "res.partner", self.row("DE1"))
        ana = self.loaded("people", "1")
        self.env["res.partner.bank"].create({"acc_number": "M", "partner_id": ana.id})
        (difference,) = self.verify("people", "res.partner", ["1"])
        self.assertEqual((difference["field"], difference["found"]), ("bank_ids", "2"))

    def test_what_a_cell_cannot_hold_is_in_the_notes(self):
        self.load("people", "res.partner", self.row("DE1", sequence="often", nick="N"))
        comment = str(self.loaded("people", "1").comment)
        self.assertIn("often", comment)
        self.assertIn("nick", comment)
        self.assertEqual(self.numbers(), ["DE1"])

    def test_a_list_of_something_else_costs_the_list_only(self):
        values = {"1": {"name": "Ana", "bank_ids": "DE1; PT2"}}
        self.load("people", "res.partner", values)
        self.assertIn("DE1; PT2", str(self.loaded("people", "1").comment))
