"""Fields and models that a mapping made: how much is in them, and who uses them."""

import re
from collections import defaultdict

from odoo import models
from odoo.tools import SQL

from ..loading.mentions import find_mentions, name_setup
from ..mapping.custom_objects import is_custom_object
from ..odoo.series import get_access

OF_A_FIELD = {
    "ir.model.fields.selection",
    # The history of its values, without any left.
    "mail.tracking.value",
}
"""Models whose rows go with a field, or do without it."""
OF_A_MODEL = {
    *("ir.model", "ir.model.fields", "ir.model.data"),
    *("ir.model.constraint", "ir.model.relation", "ir.model.inherit"),
}
MARKUP = r"</?(p|br|div|span)[^>]*>|&nbsp;|\s"
"""What HTML has without saying anything."""
PAGE = "crm_migration"
OF_PAGE = re.compile(rf"""name\s*=\s*\\?["']{PAGE}\\?["']""")
"""How a view names the page or group that shows the fields of a form."""
EMPTY_JSON = ["", "false", "0", "0.0", "null"]


class CrmMigrationJobCreatedFields(models.AbstractModel):
    """A field is unused where it is empty in all records, archived ones too, and nobody
    has put it anywhere by hand."""

    _name = "crm.migration.job.created.fields"
    _description = "Migration: Job Created Fields"

    def _get_created_lines(self):
        """Return the mapping lines whose field this migration made, and which is there."""
        lines = self.mapping_ids.line_ids.filtered("is_field_created")
        return lines.filtered(
            lambda line: (
                line.mapping_id.model_name in self.env
                and line.custom_field in self.env[line.mapping_id.model_name]._fields
            )
        )

    def _find_created_fields(self):
        """Return what is known of each field that this migration made.

        :return: list of (mapping lines that share it, how many records have a value,
            where else it is used, as sentences)
        """
        lines = self._get_created_lines()
        by_field = lines.grouped(lambda line: (line.model_name, line.custom_field))
        known = {
            (field.model, field.name): field
            for field in self.env["ir.model.fields"].search(
                [
                    ("model", "in", lines.mapped("model_name")),
                    ("name", "in", lines.mapped("custom_field")),
                    ("state", "=", "manual"),
                ]
            )
        }
        by_field = {key: lines for key, lines in by_field.items() if key in known}
        counts, uses = {}, self._find_field_uses(list(map(known.get, by_field)))
        for model_name in sorted({key[0] for key in by_field}):
            names = [name for model, name in by_field if model == model_name]
            for name, count in self._count_values(model_name, names).items():
                counts[model_name, name] = count
        return [
            (lines, counts[key], uses.get(key, []))
            for key, lines in sorted(by_field.items())
        ]

    # -- values ------------------------------------------------------------------

    def _count_values(self, model_name, names):
        """Return field → how many records have a value in it, one query for a table."""
        model, counts, columns = self.env[model_name], {}, {}
        self.env.flush_all()
        for name in names:
            field = model._fields[name]
            if field.type == "many2many":
                counts[name] = self._count_related(field)
            elif field.type == "binary" and field.attachment:
                # Its bytes are attachments; the table has no column for them.
                counts[name] = self._count_attached(model_name, name)
            elif field.store and field.column_type:
                columns[name] = SQL(
                    "count(*) FILTER (WHERE %s)", self._as_filled(field)
                )
        if columns:
            [row] = self.env.execute_query(
                SQL(
                    "SELECT %s FROM %s AS record",
                    SQL(", ").join(columns.values()),
                    SQL.identifier(model._table),
                )
            )
            counts |= dict(zip(columns, row, strict=True))
        # What is not stored anywhere has no values of its own.
        return {name: counts.get(name, 0) for name in names}

    def _count_related(self, field):
        [[count]] = self.env.execute_query(
            SQL(
                "SELECT count(DISTINCT %s) FROM %s",
                SQL.identifier(field.column1),
                SQL.identifier(field.relation),
            )
        )
        return count

    def _count_attached(self, model_name, name):
        [[count]] = self.env.execute_query(
            SQL(
                "SELECT count(DISTINCT res_id) FROM ir_attachment"
                " WHERE res_model = %s AND res_field = %s AND file_size > 0",
                model_name,
                name,
            )
        )
        return count

    def _as_filled(self, field):
        """Return the SQL condition that a record has a value; 0 and No are none."""
        column = SQL.identifier("record", field.name)
        if field.company_dependent or field.translate:
            # A value for each company, or in each language (19.0: jsonb).
            return SQL(
                "EXISTS (SELECT FROM jsonb_each_text(%s) AS each"
                " WHERE each.value IS NOT NULL AND %s)",
                column,
                self._as_said(field, SQL("each.value")),
            )
        if field.type == "boolean":
            return SQL("%s", column)
        if field.type in ("integer", "float", "monetary"):
            return SQL("%s <> 0", column)
        if field.type in ("char", "text", "html"):
            return self._as_said(field, column)
        return SQL("%s IS NOT NULL", column)

    def _as_said(self, field, text):
        if field.type == "html":
            text = SQL("regexp_replace(%s, %s, '', 'g')", text, MARKUP)
        if field.type in ("char", "text", "html"):
            return SQL("%s <> ''", text)
        return SQL("%s <> ALL(%s)", text, EMPTY_JSON)

    # -- uses --------------------------------------------------------------------

    def _find_field_uses(self, known):
        """Return (model, field) → where people use it, as names of things.

        :param known: list of ``ir.model.fields``
        """
        uses, by_name = defaultdict(dict), defaultdict(list)
        for field in known:
            by_name[field.name].append(field)
        own = self._get_own_screens()
        for record, names, about, _text in find_mentions(self.env, set(by_name)):
            if record in own:
                continue
            for field in (field for name in names for field in by_name[name]):
                if self._is_another(record, field) and self._is_meant(field, about):
                    uses[field.model, field.name][name_setup(record)] = True
        for field, record in self._find_page_uses(known, own):
            uses[field.model, field.name][name_setup(record)] = True
        for field, record in self._find_field_references(known):
            uses[field.model, field.name][name_setup(record)] = True
        for field, text in self._find_in_migrations(known):
            uses[field.model, field.name][text] = True
        return {key: list(found) for key, found in uses.items()}

    def _find_page_uses(self, known, own):
        """Yield (field, view) of the views that change the page *Migrated* itself.

        It goes with the last of its fields, and they would not fit any more.
        """
        for record, _names, about, text in find_mentions(self.env, {PAGE}):
            if record._name == "ir.ui.view" and record not in own:
                if OF_PAGE.search(text):
                    yield from ((f, record) for f in known if f.model == about)

    def _get_own_screens(self):
        """Return the set-up that the addon itself has made: it goes with the fields."""
        views = self.env["ir.ui.view"].search(
            [("key", "=like", "crm_migration.migrated.%")]
        )
        found = {*views}
        makers = self.env["crm.migration.mapping"].search(
            [("object_refs", "!=", False)]
        )
        for maker in makers:
            for name, ids in maker.object_refs.items():
                found |= {*self.env[name].browse(ids)}
        return found

    def _is_another(self, record, field):
        """Tell whether it is neither the field itself, nor what a user inherits of it."""
        if record == field:
            return False
        if record._name != field._name or record.model not in self.env:
            return True
        known = self.env[record.model]._fields.get(record.name)
        return not (known and known.inherited and record.name == field.name)

    def _is_meant(self, field, about):
        """Tell whether a name in something about a model means this field.

        Another model may have a field of the same name; by a path (``partner_id.x_…``)
        any model leads there.
        """
        if about is None or about not in self.env or about == field.model:
            return True
        own = self.env[about]._fields.get(field.name)
        return own is None or own.inherited

    def _find_field_references(self, known):
        """Yield (field, record) of rows of any model that refer to one of the fields."""
        fields_ = self.env["ir.model.fields"].browse([field.id for field in known])
        for name, column in self._list_references_to("ir.model.fields", OF_A_FIELD):
            model = self.env[name].sudo().with_context(active_test=False)
            for record in model.search([(column, "in", fields_.ids)]):
                for field in record[column] & fields_:
                    if self._is_another(record, field):
                        yield field, record

    def _list_references_to(self, comodel, without):
        """Yield (model, field) of the stored references to a model of Odoo's set-up."""
        for name, model in self.env.registry.items():
            if (
                model._abstract
                or model._transient
                or not model._auto
                or name in without
            ):
                continue
            if name.startswith("crm.migration."):
                continue
            for field in model._fields.values():
                if field.store and field.comodel_name == comodel:
                    if field.type in ("many2one", "many2many"):
                        yield name, field.name

    def _find_in_migrations(self, known):
        """Yield (field, sentence) of mappings, plans and templates that need a field."""
        by_key = {(field.model, field.name): field for field in known}
        names = [field.name for field in known]
        if not names:
            return
        lines = self.env["crm.migration.mapping.line"].search(
            [
                ("mapping_id.model_name", "in", [field.model for field in known]),
                "|",
                "&",
                ("job_id", "!=", self.id),
                ("custom_field", "in", names),
                "&",
                ("target", "in", names),
                ("state", "!=", "ignored"),
            ]
        )
        for line in lines:
            own = line.custom_field if line.job_id != self else False
            field = by_key.get((line.model_name, own or line.target))
            if field:
                yield (
                    field,
                    self.env._("the mapping of “%s”", line.job_id.display_name),
                )
        yield from self._find_in_plans(known)

    def _find_in_plans(self, known):
        plan, template = self.env._("the plan of “%s”"), self.env._("the template “%s”")
        others = SQL("id <> %s", self.id)
        yield from self._find_in_json(known, self._name, "plan", others, plan)
        name = "crm.migration.template"
        yield from self._find_in_json(known, name, "content", SQL("TRUE"), template)

    def _find_in_json(self, known, model_name, column, which, text):
        """Yield (field, sentence) of the rows whose JSON names one of the fields."""
        model = self.env[model_name]
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT id, regexp_matches(%(column)s::text, %(pattern)s, 'g')"
                "  FROM %(table)s WHERE %(which)s AND %(column)s::text ~ %(pattern)s",
                column=SQL.identifier(column),
                pattern=rf"\m({'|'.join(sorted({field.name for field in known}))})\M",
                table=SQL.identifier(model._table),
                which=which,
            )
        )
        for res_id, [word] in rows:
            for field in known:
                if field.name == word:
                    yield field, text % model.browse(res_id).display_name

    # -- custom objects ------------------------------------------------------------

    def _find_created_models(self):
        """Return what is known of each model that this migration made.

        :return: list of (mapping that made it, how many records, why it stays or None)
        """
        makers = self.mapping_ids.filtered(
            lambda m: (
                m.object_refs
                and is_custom_object(m.model_name)
                and m.model_name in self.env
            )
        )
        reasons = {m.model_name: self._why_model_stays(m) for m in makers}
        staying = {name for name, reason in reasons.items() if reason}
        going = {maker.model_name: maker for maker in makers}
        self._keep_what_they_refer_to(going, staying, reasons)
        counts = {}
        for name in going:
            [[counts[name]]] = self.env.execute_query(
                SQL("SELECT count(*) FROM %s", SQL.identifier(self.env[name]._table))
            )
        return [
            (maker, counts[name], reasons.get(name))
            for name, maker in sorted(going.items())
        ]

    def _why_model_stays(self, maker):
        """Return who uses a custom object, None where nobody does."""
        name = maker.model_name
        if reason := self._why_object_stays(maker):
            return reason
        others = self.env["crm.migration.mapping"].search(
            [
                ("model_name", "=", name),
                ("job_id", "!=", self.id),
                ("selected", "=", True),
            ],
            limit=1,
        )
        if others:
            return self.env._("the mapping of “%s”", others.job_id.display_name)
        model_id = self.env["ir.model"]._get_id(name)
        without = {*OF_A_MODEL, get_access(self.env, name)._name}
        for model_name, column in self._list_references_to("ir.model", without):
            model = self.env[model_name].sudo().with_context(active_test=False)
            if found := model.search([(column, "in", [model_id])], limit=1):
                return name_setup(found)
        saved = self.env["ir.filters"].with_context(active_test=False)
        if found := saved.search([("model_id", "=", name)], limit=1):
            return name_setup(found)
        return None
