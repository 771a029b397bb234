"""Who points to records: every column of the database that could, one query for each."""

import re
from collections import defaultdict

from odoo import models
from odoo.tools import SQL

from .mentions import find_mentions, name_setup
from .usage import PARTS, as_array

OWN_ROWS = PARTS | {"ir.model.data"}
"""Rows that go with a record; an external id that an export left there is no use."""


class CrmMigrationLoadingReferrers(models.AbstractModel):
    """Beside the references that a rollback asks about also those without a foreign key."""

    _name = "crm.migration.loading.referrers"
    _description = "Migration: Loading Referrers"

    def _why_referred(self, name, ids, going):
        """Return id → reason of the records that others point to.

        :param going: model → ids of what goes as well: it does not count
        """
        found = {}
        if not ids:
            return found
        for model_name, query in self._list_queries(name, ids, going):
            rest = ids - set(found)
            if not rest:
                break
            label = self.env["ir.model"]._get(model_name).name
            for (res_id,) in self.env.execute_query(query):
                if res_id in rest:
                    found[res_id] = self.env._("used by: %(kind)s", kind=label)
        return found

    def _list_queries(self, name, ids, going):
        """Yield (model, query of the ids that its rows point to)."""
        self.env.flush_all()
        for model_name, field in self._for(name)._references_to(name):
            yield model_name, self._ask_reference(model_name, field, ids, going)
        for model_name, field in self._list_loose():
            if field.type == "reference":
                yield model_name, self._ask_text(model_name, field, name, ids, going)
            elif query := self._ask_pair(model_name, field, name, ids, going):
                yield model_name, query
        for model_name, field in self._list_of_migrations(name):
            yield model_name, self._ask_reference(model_name, field, ids, {})

    def _ask_reference(self, model_name, field, ids, going):
        """Return the query of a many2one or many2many; archived rows count as well."""
        table, source = self.env[model_name]._table, "id"
        column = SQL.identifier("other", field.name)
        if field.type == "many2many":
            table, source = field.relation, field.column1
            column = SQL.identifier("other", field.column2)
        rows = SQL("%s AS other", SQL.identifier(table))
        if field.company_dependent:
            # A jsonb column without a foreign key: company → id (19.0).
            rows = SQL(
                "%s, jsonb_each_text(%s) AS of_company (company, text)", rows, column
            )
            column = SQL("NULLIF(of_company.text, 'false')::int")
        return SQL(
            "SELECT DISTINCT %(column)s FROM %(rows)s"
            " WHERE %(column)s = ANY(%(ids)s::int[]) AND %(others)s",
            column=column,
            rows=rows,
            ids=as_array(ids),
            others=self._without_going(model_name, source, going),
        )

    def _without_going(self, model_name, source, going):
        gone = going.get(model_name)
        if not gone:
            return SQL("TRUE")
        return SQL(
            "%s <> ALL(%s::int[])", SQL.identifier("other", source), as_array(gone)
        )

    def _list_loose(self):
        """Yield (model, field) of references that name the model in the row itself."""
        for model_name, model in self.env.registry.items():
            if model._abstract or model._transient or not model._auto:
                continue
            if model_name.startswith("crm.migration.") or model_name in OWN_ROWS:
                continue
            for field in model._fields.values():
                if field.store and field.column_type:
                    if field.type in ("reference", "many2one_reference"):
                        yield model_name, field

    def _ask_text(self, model_name, field, name, ids, going):
        column = SQL.identifier("other", field.name)
        return SQL(
            "SELECT DISTINCT split_part(%(column)s, ',', 2)::int FROM %(table)s AS other"
            " WHERE %(column)s = ANY(%(refs)s) AND %(others)s",
            column=column,
            table=SQL.identifier(self.env[model_name]._table),
            refs=[f"{name},{res_id}" for res_id in ids],
            others=self._without_going(model_name, "id", going),
        )

    def _ask_pair(self, model_name, field, name, ids, going):
        """Return the query of a pair model and id; where the model is nowhere, of the id."""
        model = self.env[model_name]
        of_model = model._fields.get(field.model_field)
        about = SQL("TRUE")
        if of_model is not None and of_model.store and of_model.column_type:
            about = SQL(
                "%s = %s",
                SQL.identifier("other", of_model.name),
                self.env["ir.model"]._get_id(name)
                if of_model.type == "many2one"
                else name,
            )
        if model_name == "ir.attachment":
            about = SQL("%s AND other.res_field IS NULL", about)
        column = SQL.identifier("other", field.name)
        return SQL(
            "SELECT DISTINCT %(column)s FROM %(table)s AS other"
            " WHERE %(column)s = ANY(%(ids)s::int[]) AND %(about)s AND %(others)s",
            column=column,
            table=SQL.identifier(model._table),
            ids=as_array(ids),
            about=about,
            others=self._without_going(model_name, "id", going),
        )

    def _list_of_migrations(self, name):
        """Yield (model, field) of the options of migrations that could point there."""
        for model_name, model in self.env.registry.items():
            if not model_name.startswith("crm.migration.") or model._abstract:
                continue
            if model._transient or not model._auto:
                continue
            for field in model._fields.values():
                if field.store and field.comodel_name == name:
                    if field.type == "many2one" and field.column_type:
                        yield model_name, field
                    elif field.type == "many2many" and field.relation:
                        yield model_name, field

    # -- what people have set up -----------------------------------------------------

    def _why_configured(self, name, ids):
        """Return id → reason of records that defaults, filters or properties name."""
        found = {}
        for res_id, reason in (
            *self._find_in_defaults(name),
            *self._find_in_texts(name, ids),
            *self._find_in_properties(name, ids),
        ):
            if res_id in ids:
                found.setdefault(res_id, reason)
        return found

    def _find_in_defaults(self, name):
        rows = self.env.execute_query(
            SQL(
                "SELECT of_field.name, given.json_value FROM ir_default AS given"
                "  JOIN ir_model_fields AS of_field ON of_field.id = given.field_id"
                " WHERE of_field.relation = %s",
                name,
            )
        )
        for label, value in rows:
            for number in re.findall(r"\d+", value or ""):
                yield int(number), self.env._("a default value of %s", label)

    def _find_in_texts(self, name, ids):
        """Yield (id, reason) where a text names a field to the model, and the id.

        Whether the number is the field's nobody looks into: it stays in doubt.
        """
        pointing = {
            field.name
            for model in self.env.registry.values()
            if not model._abstract and not model._name.startswith("crm.migration.")
            for field in model._fields.values()
            if field.comodel_name == name and field.name not in ("create_uid", "id")
        }
        for record, _words, _about, text in find_mentions(self.env, pointing):
            if record._name == "ir.ui.view":
                continue  # nobody writes an id into a form
            numbers = {int(number) for number in re.findall(r"\b\d{1,9}\b", text)}
            for res_id in numbers & ids:
                if _is_own_alias(record, name, res_id):
                    continue
                yield res_id, self.env._("used by: %(kind)s", kind=name_setup(record))

    def _find_in_properties(self, name, ids):
        """Yield all ids where people have made a property that leads to the model."""
        for model_name, model in self.env.registry.items():
            if model._abstract or model._transient or not model._auto:
                continue
            for field in model._fields.values():
                if field.type != "properties_definition" or not field.store:
                    continue
                rows = self.env.execute_query(
                    SQL(
                        "SELECT FROM %s WHERE %s @> jsonb_build_array("
                        "jsonb_build_object('comodel', %s::text)) LIMIT 1",
                        SQL.identifier(self.env[model_name]._table),
                        SQL.identifier(field.name),
                        name,
                    )
                )
                if rows:
                    why = self.env._(
                        "properties of %s lead to such records", model_name
                    )
                    yield from ((res_id, why) for res_id in ids)


def _is_own_alias(record, name, res_id):
    """Tell whether it is the e-mail address that a record has of its own: a team's."""
    if record._name != "mail.alias":
        return False
    parent = record.alias_parent_model_id.model, record.alias_parent_thread_id
    return parent == (name, res_id)


def count_by_reason(reasons):
    """Return reason → how many records stay for it, the most frequent first."""
    counts = defaultdict(int)
    for reason in reasons.values():
        counts[reason] += 1
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
