"""Names of what was read and became nothing here: a note may name it all the same."""

from ..staging.crm_migration_record_stage import name_record
from .alike import fold


def called_staged(look, key):
    """Return, folded, how a staged record is called, as a tuple of one or none.

    :param look: the ``Look``, which keeps what was found
    :param key: (stream, source id)
    """
    known = look.__dict__.setdefault("staged_names", {})
    if key not in known:
        record = look.env["crm.migration.record"].search(
            [
                ("job_id", "=", look.job.id),
                ("stream", "=", key[0]),
                ("source_id", "=", str(key[1])),
            ],
            limit=1,
        )
        name = record.name or name_record(record.payload or {}, {})
        known[key] = (fold(name),) if name else ()
    return known[key]


def why_skipped(look, key):
    """Return why what a link leads to was left out, None where it was not.

    :param key: (stream, source id)
    """
    known = look.__dict__.setdefault("staged_skips", {})
    if key not in known:
        record = look.env["crm.migration.record"].search(
            [
                ("job_id", "=", look.job.id),
                ("stream", "=", key[0]),
                ("source_id", "=", str(key[1])),
                ("state", "=", "skipped"),
            ],
            limit=1,
        )
        known[key] = record.skip_reason or record.message or None
    return known[key]
