"""The attachment manifest: every file with its size, its SHA-256 and its record."""

import hashlib

from odoo.tools import SQL, split_every

from .parts import NUMBER, Column, Section, Table, make_table

CHUNK = 100
"""Files whose records are named at once; of the bytes only one file's are held."""
SHOWN = 60


def make_files(job):
    """Return how many files there are, and each of them."""
    env = job.env
    env.flush_all()
    sums = env.execute_query(
        SQL(
            """
            SELECT stream.label, count(*), COALESCE(sum(file.file_size), 0)
              FROM crm_migration_id_map AS link
              JOIN ir_attachment AS file ON file.id = link.res_id
              JOIN crm_migration_stream AS stream
                ON stream.job_id = link.job_id AND stream.name = link.stream
             WHERE link.job_id = %s AND link.res_model = 'ir.attachment'
             GROUP BY stream.label ORDER BY 1
            """,
            job.id,
        )
    )
    if not sums:
        return Section(env._("Attachments"), [env._("No files were loaded.")])
    heads = [
        Column(env._("Object"), 30),
        Column(env._("Files"), 12, NUMBER),
        Column(env._("Bytes"), 18, NUMBER),
    ]
    totals = [env._("Total"), sum(row[1] for row in sums), sum(row[2] for row in sums)]
    by_object = make_table(env._("Files by Object"), heads, sums, totals=totals)
    columns = [
        Column(env._("File"), 36),
        Column(env._("Bytes"), 12, NUMBER),
        Column(env._("SHA-256"), 66),
        Column(env._("Type"), 24),
        Column(env._("Record"), 36),
        Column(env._("Kind of Record"), 20),
        Column(env._("Source ID"), 18),
    ]
    manifest = Table(
        env._("Manifest"), columns, lambda: _list_files(job), totals[1], shown=SHOWN
    )
    return Section(env._("Attachments"), tables=[by_object, manifest])


def _list_files(job):
    env = job.env
    links = env.execute_query(
        SQL(
            "SELECT link.res_id, link.source_id FROM crm_migration_id_map AS link"
            " JOIN ir_attachment AS file ON file.id = link.res_id"
            " WHERE link.job_id = %s AND link.res_model = 'ir.attachment'"
            " ORDER BY link.id",
            job.id,
        )
    )
    for chunk in split_every(CHUNK, links, list):
        files = env["ir.attachment"].browse(row[0] for row in chunk)
        names = _name_records(env, files)
        for file, (_id, source_id) in zip(files, chunk, strict=True):
            name, kind = names.get((file.res_model, file.res_id), ("", ""))
            digest = hashlib.sha256(file.raw or b"").hexdigest()
            yield [
                *(file.name, file.file_size, digest, file.mimetype),
                *(name, kind, source_id),
            ]
            file.invalidate_recordset(["raw", "datas", "db_datas"], flush=False)


def _name_records(env, files):
    """Return (model, id) → name of the record and of its kind, a query for each kind."""
    names = {}
    for model_name, group in files.grouped("res_model").items():
        if model_name not in env:
            continue
        kind = env["ir.model"]._get(model_name).name
        model = env[model_name].with_context(active_test=False)
        for record in model.browse(set(group.mapped("res_id"))).exists():
            names[model_name, record.id] = (record.display_name, kind)
    return names
