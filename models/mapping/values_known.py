"""Which of a column's values Odoo has, and which are ids of another object of the source."""

from odoo.fields import Domain
from odoo.tools import SQL

from .companies import get_company_domain
from .likeness import fold

MOST = 2_000
"""Values that are looked up at once; beyond that the first of each column do."""


def find_listed(env, mapping, candidates, texts):
    """Return field → values, folded, that its records or choices bear as a name."""
    wanted = list(dict.fromkeys(v for values in texts.values() for v in values))[:MOST]
    by_model, found = {}, {}
    for each in candidates.values():
        if each.kind == "selection":
            model = env[mapping.model_name]
            options = model._fields[each.name]._description_selection(env)
            found[each.name] = {fold(str(text)) for pair in options for text in pair}
        elif each.relation:
            if each.relation not in by_model:
                names = _find_names(env, each.relation, wanted, mapping.job_id)
                by_model[each.relation] = names
            found[each.name] = by_model[each.relation]
    return found


def _find_names(env, model_name, wanted, job):
    model = env[model_name].sudo().with_context(active_test=False)
    name = model._rec_name
    field = model._fields.get(name or "")
    if not wanted or field is None or not field.store or field.type != "char":
        return set()
    domain = get_company_domain(model, job.company_id)
    records = model.search_fetch(
        domain & Domain(name, "in", wanted), [name], limit=MOST
    )
    return {fold(record[name] or "") for record in records}


def find_links(job, stream, texts):
    """Return column → model → the stream whose ids its values are, as far as it was read."""
    wanted = list(dict.fromkeys(v for values in texts.values() for v in values))[:MOST]
    others = job.stream_ids - stream
    if not wanted or not others:
        return {}
    job.env.flush_all()
    job.env.cr.execute(
        SQL(
            """SELECT stream_id, source_id FROM crm_migration_record
                WHERE stream_id IN %s AND source_id IN %s""",
            tuple(others.ids),
            tuple(wanted),
        )
    )
    ids = {}
    for stream_id, source_id in job.env.cr.fetchall():
        ids.setdefault(stream_id, set()).add(source_id)
    found = {}
    for path, values in texts.items():
        for other in others:
            if values and ids.get(other.id, set()).issuperset(values):
                for model_name in set(other.mapping_ids.mapped("model_name")):
                    found.setdefault(path, {}).setdefault(model_name, other)
    return found
