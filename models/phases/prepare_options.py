"""Fields of several options: a small model of its own for the options of each."""

import hashlib

from odoo import models
from odoo.fields import Command

from ..odoo.series import grant_access

LONGEST = 60
"""Characters of the name of a table; PostgreSQL cuts off what is beyond 63."""


SUFFIX = "_option"


class CrmMigrationPhasePrepareOptions(models.AbstractModel):
    _name = "crm.migration.phase.prepare.options"
    _description = "Migration: Phase Prepare Options"

    def _relate_options(self, model, line, name, options):
        """Return what a many2many field says of its options, which are created."""
        relation = self._create_option_model(model, line, name, options)
        return self._relate(model, name, relation)

    def _relate(self, model, name, relation):
        """Return what a many2many field says of the model that it leads to.

        The relation gets a table of its own by name: Odoo gives two fields of the same
        two models one and the same, and shows none whose name is too long (19.0).
        """
        digest = hashlib.sha1(f"{model.model} {name}".encode()).hexdigest()[:12]
        return {
            "relation": relation,
            "relation_table": f"x_crm_migration_{digest}_rel",
            "column1": "record_id",
            "column2": "option_id",
        }

    def _name_option_model(self, model, name):
        table = f"{name}_{model.model.replace('.', '_')}{SUFFIX}"
        if len(table) <= LONGEST:
            return table
        digest = hashlib.sha1(table.encode()).hexdigest()[:8]
        return f"{table[: LONGEST - 20]}_{digest}{SUFFIX}"

    def _create_option_model(self, model, line, name, options):
        """Create a model for the options of a field, and its records."""
        technical = self._name_option_model(model, name)
        if technical not in self.env:
            self._create_model(technical, line.custom_label or name)
        records = self.env[technical]
        keys = [str(key) for key, _label in options]
        known = records.search([("x_source_key", "in", keys)]).mapped("x_source_key")
        records.create(
            [
                {"x_name": label, "x_source_key": str(key)}
                for key, label in options
                if str(key) not in known
            ]
        )
        return technical

    def _create_model(self, technical, label):
        columns = (("x_name", "Name"), ("x_source_key", "Source ID"))
        option_model = self.env["ir.model"].create(
            {
                "name": label,
                "model": technical,
                "state": "manual",
                "field_id": [
                    Command.create(
                        {
                            "name": name,
                            "ttype": "char",
                            "field_description": title,
                            "state": "manual",
                        }
                    )
                    for name, title in columns
                ],
            }
        )
        everybody = self.env.ref("base.group_user")
        grant_access(self.env, technical, option_model, everybody)

    def _remove_option_models(self, names):
        """Remove the models of fields that are gone; one that people use stays.

        :param names: models that the fields related to
        """
        for name in sorted(set(names)):
            if not (name or "").endswith(SUFFIX) or name not in self.env:
                continue
            model = self.env["ir.model"]._get(name)
            used = self.env["ir.model.fields"].search_count(
                [("relation", "=", name)], limit=1
            )
            # An option without the key of a source was added by a person.
            theirs = self.env[name].search_count(
                [("x_source_key", "=", False)], limit=1
            )
            if model.state == "manual" and not used and not theirs:
                model.unlink()
