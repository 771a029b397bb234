"""Every public method of the addon, called as every kind of user."""

import os
from pathlib import Path

from odoo.exceptions import AccessError, UserError
from odoo.models import BaseModel
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.rpc.controllers.xmlrpc import dumps

from .gate_case import STRANGERS, GateCase

TABLE = "CRM_MIGRATION_GATE_TABLE"
"""Environment variable with the file that gets the walk as a table: ``./dev/test gate``."""
REFUSED, ALLOWED, TOLD = "refused", "allowed", "allowed, ends with a sentence"
UNCALLABLE = "needing arguments"


class Undone(Exception):
    """Ends a savepoint of which nothing is to stay."""


@tagged("post_install", "-at_install")
class TestGate(GateCase):
    """A method that is added later is walked as well: nothing here is a list of them."""

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_those_who_do_not_belong_are_refused_everywhere(self):
        before, walked = self.get_digest(), 0
        for model_name, method in self.get_methods():
            record = self.get_record(model_name)
            if not record:
                continue
            for kind in STRANGERS:
                with self.subTest(model=model_name, method=method, user=kind):
                    walked += 1
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        getattr(record.with_user(self.users[kind]), method)()
        self.assertGreater(walked, 150)
        self.assertEqual(self.get_digest(), before)

    def walk(self):
        """Yield (model, method, kind of user, outcome) of all; nothing stays done."""
        dialogs = self.get_dialogs()
        for model_name, method in self.get_methods():
            record, vals = self.get_record(model_name), dialogs.get(model_name)
            if not record and vals is None:
                continue
            fields = self.env[model_name]._fields
            vals = {k: value for k, value in (vals or {}).items() if k in fields}
            for kind, user in self.users.items():
                model = (record or self.env[model_name]).with_user(user)
                yield model_name, method, kind, self.try_out(model, method, vals)

    def check_answer(self, answer):
        """XML-RPC has no word for nothing: who calls a button by it would get a fault
        for what has worked (19.0 ``OdooMarshaller(allow_none=False)``)."""
        # As ``call_kw`` does.
        dumps((answer.ids if isinstance(answer, BaseModel) else answer,))

    def try_out(self, model, method, vals):
        """Return what a call ends with, taken back."""
        try:
            with self.env.cr.savepoint():
                record = model if model else model.create(vals)
                self.check_answer(getattr(record, method)())
                raise Undone
        except Undone:
            outcome = ALLOWED
        except AccessError:
            outcome = REFUSED
        except UserError:
            outcome = TOLD
        except TypeError as error:
            if "required positional argument" not in str(error):
                raise
            outcome = UNCALLABLE
        finally:
            self.env.invalidate_all(flush=False)
        return outcome

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_the_walk_is_a_table(self):
        before, found = self.get_digest(), {}
        for model_name, method, kind, outcome in self.walk():
            row = found.setdefault((model_name, method), {})
            row.setdefault(outcome, []).append(kind)
        self.assertEqual(self.get_digest(), before)
        for place, outcomes in found.items():
            with self.subTest(place=place):
                self.assertLessEqual(set(STRANGERS), set(outcomes.get(REFUSED, ())))
        managed = [
            o for row in found.values() for o, who in row.items() if "manager" in who
        ]
        self.assertGreater(len(managed) - managed.count(REFUSED), 40)
        if path := os.environ.get(TABLE):
            Path(path).write_text(self.as_table(found), encoding="utf-8")

    def as_table(self, found):
        rows = [
            (*place, ", ".join(kinds), outcome)
            for place, outcomes in found.items()
            for outcome, kinds in outcomes.items()
        ]
        rows.insert(0, ("Model", "Method", "Users", "Outcome"))
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        lines = [
            "  ".join(t.ljust(w) for t, w in zip(row, widths, strict=True)).rstrip()
            for row in rows
        ]
        calls = [
            (outcome, kind)
            for outcomes in found.values()
            for outcome, kinds in outcomes.items()
            for kind in kinds
        ]
        counts = [
            f"{sum(call[0] == outcome for call in calls)} {outcome} ("
            + ", ".join(
                f"{kind} {calls.count((outcome, kind))}"
                for kind in self.users
                if calls.count((outcome, kind))
            )
            + ")"
            for outcome in (REFUSED, ALLOWED, TOLD, UNCALLABLE)
        ]
        models = len({model for model, _method in found})
        total = (
            f"{len(found)} methods of {models} models, {len(self.users)} kinds of user, "
            f"{len(calls)} calls: {'; '.join(counts)}."
        )
        why = (
            "Refused: whoever is not a reviewer or manager of the migration's company; "
            "reviewers where something is started, ended or signed. Allowed: reviewers "
            "and managers of that company."
        )
        return "\n".join([*lines, "", total, why, ""])

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_a_reviewer_starts_ends_and_signs_nothing(self):
        kept = (
            "crm.migration.run",
            "crm.migration.job",
            "crm.migration.reconciliation",
        )
        before = [row for row in self.get_digest() if row[0] in kept]
        for model_name in kept:
            record = self.get_record(model_name).with_user(self.users["reviewer"])
            for found, method in self.get_methods():
                if found != model_name:
                    continue
                with self.subTest(model=model_name, method=method):
                    try:
                        getattr(record, method)()
                    except AccessError:
                        continue
        after = [row for row in self.get_digest() if row[0] in kept]
        self.assertEqual(after, before)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_a_migration_is_started_only_for_a_company_of_ones_own(self):
        starts = self.env["crm.migration.job.start"].with_user(
            self.users["manager abroad"]
        )
        main = self.env.ref("base.main_company").id
        with self.assertRaises(AccessError):
            starts.create({"source": "fake", "name": "Theirs", "company_id": main})
        start = starts.create({"source": "fake", "name": "Theirs"})
        # As if it had come there past the dialog.
        start.sudo().company_id = main
        with self.assertRaises(AccessError):
            start.action_start()

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_a_dialog_reaches_no_migration_of_others(self):
        before, given = self.get_digest(), self.get_dialogs()
        dialogs = {
            name
            for name in self.env.registry
            if name.startswith("crm.migration.") and self.env[name]._transient
        }
        self.assertLessEqual(
            dialogs
            - set(given)
            - {"crm.migration.job.start", "crm.migration.filter.line"}
            - {"crm.migration.sample.line", "crm.migration.clean.up.line"},
            {
                *(n for n in dialogs if n.startswith("crm.migration.job.start.")),
                # A part has no button; files are taken into the own company.
                *("crm.migration.mapping.split.part", "crm.migration.template.import"),
                "crm.migration.plan.import",
            },
        )
        for model_name, vals in given.items():
            fields = self.env[model_name]._fields
            vals = {name: value for name, value in vals.items() if name in fields}
            for kind in ("employee", "manager abroad"):
                model = self.env[model_name].with_user(self.users[kind])
                for found, method in self.get_methods():
                    if found != model_name:
                        continue
                    with self.subTest(model=model_name, method=method, user=kind):
                        with self.assertRaises(AccessError), self.env.cr.savepoint():
                            getattr(model.create(vals), method)()
        self.env.invalidate_all()
        kept = [row for row in self.get_digest() if row[0] not in given]
        self.assertEqual(kept, [row for row in before if row[0] not in given])
