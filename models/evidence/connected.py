"""Which loaded records hang on which, as Odoo's own tables say it."""

from odoo.tools import SQL

SMALL = 20_000
"""Records of a model up to which a column without an index is looked through."""
OF_EACH = 40
"""Records that are looked at of those which refer to one."""
NO_LINKS = {"create_uid", "write_uid"}


def get_neighbors(env, job, heads, counts):
    """Return (model, id) → the loaded records to which it leads, or that lead to it.

    A query for each pair of models that were loaded, however many the records.

    :param heads: dicts with ``res_model`` and ``res_id``, all of one model
    :param counts: object → how many records of it were loaded
    """
    if not heads:
        return {}
    model = env[heads[0]["res_model"]]
    ids = [row["res_id"] for row in heads]
    loaded = _get_models(env, job)
    links = _get_outgoing(env, model, ids, loaded)
    for name in loaded:
        links |= _get_incoming(env, env[name], model, ids, sum(counts.values()))
    # What a neighbor itself belongs to: the company of a contact.
    further = set()
    for name in {other for _head, (other, _id) in links} & loaded:
        near = {res_id for _head, (other, res_id) in links if other == name}
        above = _get_outgoing(env, env[name], list(near), {name})
        for (_name, res_id), target in above:
            further |= {(h, target) for h, other in links if other == (name, res_id)}
    return _as_rows(env, job, links | further)


def _get_models(env, job):
    found = env.execute_query(
        SQL(
            "SELECT DISTINCT res_model FROM crm_migration_record"
            " WHERE job_id = %s AND state = 'loaded' AND res_model IS NOT NULL",
            job.id,
        )
    )
    return {name for [name] in found if name in env and env[name]._auto}


def _get_links(model):
    """Yield the fields of a model that name one record in a column of its table."""
    for field in model._fields.values():
        # What each company says for itself is no id in its column, but a JSON.
        plain = field.type == "many2one" and field.store and not field.company_dependent
        if plain and field.name not in NO_LINKS:
            yield field


def _get_outgoing(env, model, ids, loaded):
    found = set()
    for field in _get_links(model):
        if field.comodel_name not in loaded:
            continue
        rows = env.execute_query(
            SQL(
                "SELECT id, %(field)s FROM %(table)s"
                " WHERE id = ANY(%(ids)s) AND %(field)s IS NOT NULL",
                field=SQL.identifier(field.name),
                table=SQL.identifier(model._table),
                ids=ids,
            )
        )
        found |= {((model._name, own), (field.comodel_name, to)) for own, to in rows}
    return found


def _get_incoming(env, model, head, ids, total):
    found = set()
    for column, condition in _get_columns(model, head, total):
        rows = env.execute_query(
            SQL(
                """
                SELECT head.id, other.id
                  FROM unnest(%(ids)s) AS head (id)
                 CROSS JOIN LATERAL (
                       SELECT child.id FROM %(table)s AS child
                        WHERE child.%(column)s = head.id%(condition)s
                        ORDER BY child.id LIMIT %(most)s) AS other
                """,
                ids=ids,
                table=SQL.identifier(model._table),
                column=SQL.identifier(column),
                condition=condition,
                most=OF_EACH,
            )
        )
        found |= {((head._name, own), (model._name, other)) for own, other in rows}
    return found


def _get_columns(model, head, total):
    """Yield (column, what else must hold) by which a model refers to another."""
    for field in _get_links(model):
        if field.comodel_name == head._name and (field.index or total < SMALL):
            yield field.name, SQL()
    for field in model._fields.values():
        named = field.type == "many2one_reference" and field.store
        by = named and model._fields.get(field.model_field)
        if by and by.store and by.type == "char":
            yield (
                field.name,
                SQL(" AND child.%s = %s", SQL.identifier(by.name), head._name),
            )


def _as_rows(env, job, links):
    """Return (model, id) → the staging records of what it is linked with."""
    wanted = sorted({other for _head, other in links})
    if not wanted:
        return {}
    rows = env.execute_query_dict(
        SQL(
            """
            SELECT DISTINCT ON (link.res_model, link.res_id)
                   record.id AS record_id, record.stream, record.source_id, record.name,
                   link.res_model, link.res_id
              FROM unnest(%(models)s, %(ids)s) AS wanted (model, id)
              JOIN crm_migration_id_map AS link
                ON link.res_model = wanted.model AND link.res_id = wanted.id
               AND link.job_id = %(job)s
              JOIN crm_migration_stream AS stream
                ON stream.job_id = link.job_id AND stream.name = link.stream
              JOIN crm_migration_record AS record
                ON record.stream_id = stream.id AND record.source_id = link.source_id
             WHERE record.state = 'loaded' AND record.vanished_at IS NULL
             ORDER BY link.res_model, link.res_id, link.part, link.id
            """,
            models=[name for name, _id in wanted],
            ids=[res_id for _name, res_id in wanted],
            job=job.id,
        )
    )
    by_key = {(row["res_model"], row["res_id"]): row for row in rows}
    found = {}
    for head, other in sorted(links):
        if other in by_key and other != head:
            found.setdefault(head, []).append(by_key[other])
    return found
