"""Where people's set-up names a field in a text: views, filters, rules, templates, code."""

import re

from odoo.tools import SQL

OF_ANYTHING = re.compile("domain")
"""Names of text fields that hold a condition, whatever the model."""
OF_SETUP = re.compile(
    "domain|context|code|arch_db|compute|related|depends|sort|update_path|formula"
    "|expression|currency_field|relation_field|defaults"
)
"""Names of text fields of Odoo's own set-up that name fields."""
SETUP = ("ir.", "base.", "mail.alias")
TEMPLATES = ("mail.template", "sms.template", "mailing.mailing")
"""Models any text of which may name fields."""
MORE = {("ir.exports.line", "name"), ("ir.ui.view.custom", "arch")}
ABOUT = (
    *("model", "model_id", "res_model", "model_name", "mailing_model_id"),
    *("mailing_model_real", "export_id.resource", "alias_model_id"),
)
"""Where a record of the set-up says which model it is about; the first that it has."""


def find_mentions(env, names):
    """Return what names one of the fields in a text, one query a column.

    :param names: technical names of fields
    :return: list of (record, names that stand in it, model it is about or None, text)
    """
    if not names:
        return []
    env.flush_all()
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, sorted(names)))})\b")
    found = []
    for model, columns in _list_columns(env):
        text = SQL(
            # JSON writes the end of a line as two characters, the last one a letter.
            r"regexp_replace(concat_ws(' ', %s), '\\[nrt]', ' ', 'g')",
            SQL(", ").join(SQL("%s::text", SQL.identifier(name)) for name in columns),
        )
        rows = env.execute_query(
            SQL(
                "SELECT id, %s FROM %s WHERE %s ~ %s ORDER BY id",
                text,
                SQL.identifier(model._table),
                text,
                # PostgreSQL's sign for the border of a word is another one.
                pattern.pattern.replace(r"\b(", r"\m(").replace(r")\b", r")\M"),
            )
        )
        for res_id, words in rows:
            record = model.browse(res_id)
            found.append((record, set(pattern.findall(words)), _about(record), words))
    return found


def name_setup(record):
    """Return what people call a record of the set-up: its kind and its name."""
    kind = record.env["ir.model"]._get(record._name).name
    return f"{kind} “{record.display_name}”"


def _list_columns(env):
    for name, model in env.registry.items():
        if model._abstract or model._transient or not model._auto:
            continue
        if name.startswith("crm.migration."):
            continue
        columns = [
            field.name
            for field in model._fields.values()
            if field.store
            and field.column_type
            and field.type in ("char", "text", "html", "json")
            and _may_name_fields(name, field.name)
        ]
        if columns:
            yield env[name].sudo().with_context(active_test=False), columns


def _may_name_fields(model_name, name):
    if model_name in TEMPLATES or (model_name, name) in MORE:
        return True
    kinds = OF_SETUP if model_name.startswith(SETUP) else OF_ANYTHING
    return bool(kinds.search(name))


def _about(record):
    """Return the name of the model that a record of the set-up is about, if it says so."""
    for path in ABOUT:
        value = record
        for name in path.split("."):
            value = value[name] if name in value._fields else None
            if not value:
                break
        if value:
            return value if isinstance(value, str) else value.model
    return None
