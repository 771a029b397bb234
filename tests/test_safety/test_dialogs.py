"""What dialogs show before a button is pressed: nothing of others' migrations."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .gate_case import STRANGERS, GateCase


@tagged("post_install", "-at_install")
class TestDialogs(GateCase):
    """A dialog is opened by whoever may; what it is about is named by its caller."""

    def get_subjects(self):
        """Yield (dialog, its values) that name something of this migration."""
        for model_name, vals in self.get_dialogs().items():
            fields = self.env[model_name]._fields
            yield (
                self.env[model_name],
                {name: value for name, value in vals.items() if name in fields},
            )
        starts = self.env["crm.migration.job.start"]
        yield starts, {"source": "fake", "predecessor_id": self.job.id}

    def test_every_dialog_about_a_migration_is_tried(self):
        about = {
            name
            for name, model in self.env.items()
            if model._transient
            and any(
                (field.comodel_name or "").startswith("crm.migration.")
                and not self.env[field.comodel_name]._transient
                for field in model._fields.values()
            )
        }
        self.assertGreater(len(about), 9)
        self.assertLessEqual(
            about, {model._name for model, _vals in self.get_subjects()}
        )

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_nobody_is_shown_a_migration_of_others(self):
        for model, vals in self.get_subjects():
            for kind in STRANGERS:
                for way in ("create", "onchange", "defaults"):
                    self.env.invalidate_all()
                    mine = model.with_user(self.users[kind])
                    with self.subTest(model=model._name, user=kind, way=way):
                        with self.assertRaises(AccessError), self.env.cr.savepoint():
                            self.show(mine, vals, way)

    def show(self, model, vals, way):
        """Open a dialog as one of the ways that a browser has."""
        spec = dict.fromkeys(model._fields, {})
        if way == "create":
            model.create(vals).read()
        elif way == "onchange":
            model.onchange(vals, [], spec)
        else:
            given = {f"default_{name}": value for name, value in vals.items()}
            model.with_context(**given).onchange({}, [], spec)

    def test_what_no_column_keeps_is_refused_in_words(self):
        tried = set()
        for model_name, vals in self.get_dialogs().items():
            model = self.env[model_name].with_user(self.users["manager"])
            for name, field in model._fields.items():
                if not field.store or field.readonly:
                    continue
                if name in model._written_by_itself:
                    continue
                bad = {
                    **dict.fromkeys(("char", "text"), ("a\0b", "\ud83d")),
                    "integer": (2**40,),
                }.get(field.type, ())
                for value in bad:
                    with self.subTest(model=model_name, field=name, value=repr(value)):
                        given = {n: v for n, v in vals.items() if n in model._fields}
                        given[name] = value
                        with self.assertRaisesRegex(UserError, "“.+” "):
                            model.create(given)
                        with self.assertRaisesRegex(UserError, "“.+” "):
                            model.onchange(given, [name], {name: {}})
                        tried.add(field.type)
        self.assertEqual(tried, {"char", "text", "integer"})
        job = self.job.with_user(self.users["manager"])
        with self.assertRaisesRegex(UserError, "character that no database keeps"):
            job.name = "a\0b"

    def test_those_of_the_company_are_shown_it(self):
        line = self.job.mapping_ids.line_ids.filtered("sample_text")[:1]
        dialogs = self.env["crm.migration.mapping.custom"]
        dialog = dialogs.with_user(self.users["reviewer"]).create({"line_id": line.id})
        self.assertEqual(dialog.sample_text, line.sample_text)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_a_dialog_is_not_turned_to_others_later(self):
        user = self.users["manager abroad"]
        own = self.env["crm.migration.job"].create(
            {"name": "Ours", "source": "fake", "company_id": user.company_id.id}
        )
        dialogs = self.env["crm.migration.read.again"].with_user(user)
        dialog = dialogs.create({"job_id": own.id})
        with self.assertRaises(AccessError):
            dialog.write({"job_id": self.job.id})

    def test_what_the_dialog_finds_out_is_not_entered(self):
        """A login that never was would let private addresses answer in their own words."""
        starts = self.env["crm.migration.job.start"].with_user(self.users["manager"])
        start = starts.create({"source": "fake"})
        for vals in (
            {"login": "somebody"},
            {"settings_open": {"url": "https://elsewhere.example"}},
        ):
            with self.subTest(vals=vals):
                with self.assertRaises(AccessError):
                    start.write(vals)
                with self.assertRaises(AccessError):
                    starts.create({"source": "fake", **vals})

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_the_name_of_a_migration_of_others_is_not_told(self):
        user = self.users["manager abroad"]
        own = self.env["crm.migration.job"].create(
            {"name": "Ours", "source": "fake", "company_id": user.company_id.id}
        )
        with self.assertRaises(AccessError):
            own.with_user(user).predecessor_id = self.job

    def open_dialogs(self):
        """Yield each kind of dialog, opened by a manager of the company."""
        manager = self.users["manager"]
        for model_name, vals in self.get_dialogs().items():
            fields = self.env[model_name]._fields
            vals = {name: value for name, value in vals.items() if name in fields}
            dialog = self.env[model_name].with_user(manager).create(vals)
            yield dialog
            if model_name == "crm.migration.filter":
                vals = {"filter_id": dialog.id, "column": "name"}
                yield (
                    self.env["crm.migration.filter.line"]
                    .with_user(manager)
                    .create(vals)
                )
            if model_name == "crm.migration.sample":
                vals = {"sample_id": dialog.id, "column": "name"}
                yield (
                    self.env["crm.migration.sample.line"]
                    .with_user(manager)
                    .create(vals)
                )
            if model_name == "crm.migration.mapping.split":
                yield dialog.part_ids[0]
            if model_name == "crm.migration.clean.up":
                yield dialog._get_lines()[0]
        yield self.env["crm.migration.template.import"].with_user(manager).create({})
        yield self.env["crm.migration.plan.import"].with_user(manager).create({})
        start = self.env["crm.migration.job.start"].with_user(manager)
        start = start.create({"source": "fake"})
        start.action_check()
        yield from (start, start.line_ids[0], start.finding_ids[0])

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_a_dialog_is_seen_by_who_opened_it_alone(self):
        """What was typed into it, whom it names, and what a source has answered."""
        opened = list(self.open_dialogs())
        dialogs = {
            name
            for name, model in self.env.items()
            if name.startswith("crm.migration.") and model._transient
        }
        self.assertEqual({dialog._name for dialog in opened}, dialogs)
        others = [user for kind, user in self.users.items() if kind != "manager"]
        for dialog in opened:
            for user in others:
                theirs = dialog.with_user(user)
                calls = (
                    theirs.read,
                    theirs.unlink,
                    lambda theirs=theirs: theirs.write({"create_uid": theirs.env.uid}),
                    lambda theirs=theirs: theirs.onchange({}, [], {"display_name": {}}),
                )
                for number, call in enumerate(calls):
                    with self.subTest(dialog=dialog._name, user=user.login, way=number):
                        with self.assertRaises(AccessError), self.env.cr.savepoint():
                            call()
                if theirs.browse().has_access("read"):
                    self.assertFalse(theirs.search([]), (dialog._name, user.login))
