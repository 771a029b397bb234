"""What may not be in a database of several companies: rows of one that mean another's.

Works on whole tables, whatever apps are installed: what came since a moment is told by its
id, what it refers to by the foreign keys that Odoo's fields declare.
"""

from odoo.tools import SQL

USERS = "res.users"
LOGGED = {"create_uid", "write_uid"}
"""Who wrote a row; of whom OdooBot is in no company but the first."""


class Since:
    """Remembers how far the ids of all tables had come; tells what came later.

    >>> since = Since(env)
    >>> since.find_strays(company)  # {"crm_lead.team_id → crm.team": [7]}
    """

    def __init__(self, env):
        self.env = env
        env.flush_all()
        self.models = self._list_models()
        self.last = {name: self._get_last(name) for name in self.models}

    def _list_models(self):
        """Return the models that have a table with ids, views of the database left out."""
        self.env.cr.execute(
            "SELECT table_name FROM information_schema.columns"
            " JOIN pg_class ON relname = table_name AND relkind = 'r'"
            " WHERE column_name = 'id' AND table_schema = current_schema()"
        )
        tables = {name for (name,) in self.env.cr.fetchall()}
        return [
            name
            for name, model in self.env.registry.items()
            if not model._abstract and not model._transient and model._table in tables
        ]

    def _get_last(self, name):
        table = SQL.identifier(self.env[name]._table)
        self.env.cr.execute(SQL("SELECT COALESCE(max(id), 0) FROM %s", table))
        return self.env.cr.fetchone()[0]

    def get_new(self, name):
        """Return the records of a model that came since."""
        table = SQL.identifier(self.env[name]._table)
        last = self.last.get(name, 0)
        self.env.cr.execute(SQL("SELECT id FROM %s WHERE id > %s", table, last))
        return self.env[name].sudo().browse([i for (i,) in self.env.cr.fetchall()])

    def find_strays(self, company):
        """Return "table.column → model" → ids of new rows that are not the company's."""
        self.env.flush_all()
        self.env.invalidate_all()
        found = {}
        for name in self._list_models():
            new = self.get_new(name)
            if not new:
                continue
            for field in self.env[name]._fields.values():
                if not field.store or field.name in LOGGED:
                    continue
                if ids := self._find_in(new, field, company):
                    label = f"{name}.{field.name} → {field.comodel_name or ''}"
                    found[label] = sorted(ids)[:5]
        return found

    def _find_in(self, new, field, company):
        if field.company_dependent:
            return self._find_of_others(new, field, company)
        if field.type not in ("many2one", "many2many"):
            return ()
        comodel = self.env[field.comodel_name]
        if field.comodel_name == "res.company":
            wrong = SQL("other.id <> %s", company.id)
        elif field.comodel_name == USERS:
            wrong = SQL(
                "NOT EXISTS (SELECT FROM res_company_users_rel AS may"
                " WHERE may.user_id = other.id AND may.cid = %s)",
                company.id,
            )
        elif field.comodel_name == "res.partner":
            # Whoever works in Odoo is seen by all, whatever company their contact is of.
            wrong = SQL("other.company_id <> %s AND other.partner_share", company.id)
        elif self._has_column(comodel, "company_id"):
            wrong = SQL("other.company_id <> %s", company.id)
        else:
            return ()
        join = SQL("other.id = own.%s", SQL.identifier(field.name))
        if field.type == "many2many":
            join = SQL(
                "other.id IN (SELECT %s FROM %s WHERE %s = own.id)",
                SQL.identifier(field.column2),
                SQL.identifier(field.relation),
                SQL.identifier(field.column1),
            )
        self.env.cr.execute(
            SQL(
                "SELECT own.id FROM %s AS own JOIN %s AS other ON %s"
                " WHERE own.id = ANY(%s) AND %s",
                SQL.identifier(new._table),
                SQL.identifier(comodel._table),
                join,
                new.ids,
                wrong,
            )
        )
        return [i for (i,) in self.env.cr.fetchall()]

    def _find_of_others(self, new, field, company):
        """Return the rows that have a value of a field for another company."""
        self.env.cr.execute(
            SQL(
                "SELECT own.id FROM %s AS own, jsonb_object_keys(own.%s) AS key"
                " WHERE own.id = ANY(%s) AND key <> %s",
                SQL.identifier(new._table),
                SQL.identifier(field.name),
                new.ids,
                str(company.id),
            )
        )
        return [i for (i,) in self.env.cr.fetchall()]

    def _has_column(self, model, name):
        field = model._fields.get(name)
        return bool(field) and field.store and bool(field.column_type)

    def check_companies(self):
        """Let Odoo check every new record as it does whenever somebody saves one.

        :raises UserError: some refer to what is of another company
        :return: the models that were checked
        """
        checked = []
        for name in self._list_models():
            model = self.env[name]
            if any(
                field.check_company
                for field in model._fields.values()
                if hasattr(field, "check_company")
            ):
                if new := self.get_new(name):
                    # Not by our own shorter way: as a person would.
                    new.with_context(crm_migration_quiet=False)._check_company()
                    checked.append(name)
        return checked


def get_owned(env, company):
    """Return table → digest of the rows that are a company's, migrations left out."""
    env.flush_all()
    owned = {}
    for name, model in env.registry.items():
        field = model._fields.get("company_id")
        if name.startswith("crm.migration.") or model._abstract or model._transient:
            continue
        if not (field and field.store and field.column_type) or not model._auto:
            continue
        env.cr.execute(
            SQL(
                "SELECT count(*), md5(string_agg(md5(row::text), '' ORDER BY id))"
                " FROM %s AS row WHERE company_id = %s",
                SQL.identifier(model._table),
                company.id,
            )
        )
        owned[name] = env.cr.fetchone()
    return owned
