"""What was read and became nothing here: a note may name it, and why it was left out."""

from ..staging.crm_migration_record_stage import name_record
from .alike import fold


def called_staged(look, key):
    """Return, folded, how a staged record is called, as a tuple of one or none.

    :param look: the ``Look``, which keeps what was found
    :param key: (stream, source id)
    """
    name, _why = _look_up(look, key)
    return (fold(name),) if name else ()


def why_skipped(look, key):
    """Return why what a link leads to was left out, None where it was not.

    :param key: (stream, source id)
    """
    return _look_up(look, key)[1]


def _look_up(look, key):
    """Return (name, why it was left out) of a staged record, each looked for once."""
    known = look.__dict__.setdefault("staged", {})
    if key not in known:
        record = look.env["crm.migration.record"].search(
            [
                ("job_id", "=", look.job.id),
                ("stream", "=", key[0]),
                ("source_id", "=", str(key[1])),
            ],
            limit=1,
        )
        why = record.skip_reason or record.message
        known[key] = (
            record.name or name_record(record.payload or {}, {}),
            why if record.state == "skipped" and why else None,
        )
    return known[key]
