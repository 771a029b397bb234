"""Fill the staging table, one statement a page, however many records it holds."""

import hashlib
import json
import math
import re

from odoo import api, models

from ..words.messages import get_error_text
from .copy import copy_lines, escape

_SURROGATE = re.compile("[\ud800-\udfff]")


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=str)


COLUMNS = (
    "job_id",
    "stream_id",
    "stream",
    "source_id",
    "name",
    "payload",
    "payload_hash",
    "state",
    "staged_at",
)


NAME_MEMBERS = (
    "name",
    "title",
    "subject",
    "full_name",
    "fullname",
    "display_name",
    "file_name",
)


NAMES = ("first_name", "last_name")


_NAMING = frozenset([*NAME_MEMBERS, *NAMES])


NAME_TARGETS = ("name", "subject", "summary")


class CrmMigrationRecordStage(models.AbstractModel):
    """Staging by SQL; the ORM would cost more than the reading itself."""

    _name = "crm.migration.record.stage"
    _description = "Migration: Record Stage"

    @api.model
    def _stage(self, run, page, absent=()):
        """Stage a page: new records come in, changed ones are replaced, others stay.

        Records that arrive again with the same content keep what became of them.

        :param absent: members that the source does not have any more: what stood in
            them stays in the payload
        :return: int, records of the page, derived ones included
        """
        objects = run.job_id.stream_ids
        objects.fetch(["name"])  # else one by one, behind a commit
        streams = {stream.name: stream.id for stream in objects}
        # A record that comes twice in a page counts once, as it came last.
        records = {(streams[r.stream], _clean(r.source_id)): r for r in page.records}
        removed, stale = 0, set()
        if records:
            known = self._get_hashes(records)
            new = {key: r for key, r in records.items() if key not in known}
            removed += self._copy(run.job_id, new)
            again = {key: records[key] for key in known}
            removed += self._replace(known, again, absent)
            self.invalidate_model()
        if run.job_id.reading > 1:
            refused = {
                (streams[e.stream], _clean(str(e.source_id)))
                for e in page.errors
                if e.stream in streams
            }
            stale = self._get_stale(refused - set(records))
            self._sight(run.job_id, refused | set(records))
        self._report_page(run, page, removed, {key[1] for key in stale})
        return len(records)

    def _get_hashes(self, keys):
        """Return (stream id, source id) → hash of what is staged already."""
        self.env.flush_all()
        streams = {}
        for stream_id, source_id in keys:
            streams.setdefault(stream_id, []).append(source_id)
        found = {}
        for stream_id, source_ids in streams.items():
            # With an array the index is used, whatever the statistics of a table that
            # has just begun to grow; a join with the list would read all of it. Made of
            # one text: of a thousand the server would read an expression each.
            self.env.cr.execute(
                "SELECT source_id, payload_hash FROM crm_migration_record"
                " WHERE stream_id = %s AND source_id = ANY(ARRAY("
                "SELECT jsonb_array_elements_text(%s)))",
                [stream_id, json.dumps(source_ids)],
            )
            found |= {(stream_id, row[0]): row[1] for row in self.env.cr.fetchall()}
        return found

    def _copy(self, job, records):
        """Append new records with COPY, several times as fast as INSERT.

        :return: int, characters that had to go
        """
        if not records:
            return 0
        removed = []
        lines = _get_lines(f"{job.id}", f"{self.env.cr.now()}", records, removed)
        copy_lines(self.env.cr, self._table, COLUMNS, lines)
        return sum(removed)

    def _replace(self, known, records, absent):
        """Put new content in place of the old; what was decided stays.

        :param known: key → hash of what is staged
        :return: int, characters that had to go
        """
        rows, removed = {}, 0
        for key, record in records.items():
            text, count = _as_json(record.data)
            digest = _hash(text)
            if digest != known[key]:
                rows[key] = (text.decode(), digest, _name_of(record.data))
                removed += count
        if not rows:
            return 0
        self.env.cr.execute(
            """
            UPDATE crm_migration_record AS staged
               SET payload = COALESCE((
                       SELECT jsonb_object_agg(member.key, member.value)
                         FROM jsonb_each(staged.payload) AS member
                        WHERE member.key = ANY(%s)), '{}') || new.payload,
                   payload_hash = new.hash, name = new.name,
                   staged_at = %s, is_transformed = FALSE, is_wiped = FALSE,
                   accounted_as = CASE WHEN staged.is_wiped THEN staged.state
                                       ELSE staged.accounted_as END,
                   state = CASE WHEN staged.state = 'loaded'
                                  OR staged.skip_reason IS NOT NULL
                           THEN staged.state ELSE 'extracted' END
              FROM unnest(%s::int[], %s::text[], %s::text[], %s::jsonb[], %s::text[])
                   AS new(stream_id, source_id, name, payload, hash)
             WHERE staged.stream_id = new.stream_id
               AND staged.source_id = new.source_id
            """,
            [
                list(absent),
                self.env.cr.now(),
                [key[0] for key in rows],
                [key[1] for key in rows],
                [row[2] for row in rows.values()],
                [row[0] for row in rows.values()],
                [row[1] for row in rows.values()],
            ],
            log_exceptions=False,  # the log would repeat the customer's data
        )
        return removed

    def _report_page(self, run, page, removed, stale=()):
        rows = [
            {
                "code": error.code,
                "severity": "error",
                "stream": error.stream,
                "source_id": error.source_id,
                "data": error.data,
            }
            for error in page.errors
        ]
        for row, error in zip(rows, page.errors, strict=True):
            if error.source_id in stale:
                row["code"] = "not_read_again"
                row["data"] = {"reason": get_error_text(self.env, error)}
        rows += [
            {
                "code": finding.code,
                "severity": "warning" if finding.level == "warning" else "info",
                "data": {"sentence": finding.text, **finding.data},
            }
            for finding in page.warnings
        ]
        if removed:
            data = {"count": removed}
            rows.append({"code": "nul_removed", "severity": "info", "data": data})
        self.env["crm.migration.message"]._report(run, rows)


def _get_lines(job, moment, records, removed):
    """Yield the line of each record as COPY's text format wants it.

    :param removed: list that gets the number of characters that had to go
    """
    for (stream_id, source_id), record in records.items():
        text, count = _as_json(record.data)
        removed.append(count)
        name = _name_of(record.data)
        label = "\\N" if name is None else escape(name)
        head = f"{job}\t{stream_id}\t{record.stream}\t{escape(source_id)}\t{label}\t"
        tail = f"\t{_hash(text)}\textracted\t{moment}\n"
        # JSON text has no control characters of its own.
        yield head.encode() + text.replace(b"\\", b"\\\\") + tail.encode()


def _hash(text):
    return hashlib.md5(text, usedforsecurity=False).hexdigest()


def _name_of(data):
    """Return what a person would call the record, at most 120 characters."""
    if _NAMING.isdisjoint(data):
        return None
    for member in NAME_MEMBERS:
        value = data.get(member)
        if isinstance(value, str) and value.strip():
            return _clean_name(value)
    names = map(data.get, NAMES)
    text = " ".join(part.strip() for part in names if isinstance(part, str))
    return _clean_name(text) or None


def name_record(payload, values):
    """Return what a person would call a record once its mapping was applied, or None.

    A source may head its columns as it likes (*Company name*, *Firma*): then the name
    is what the mapping makes the name in Odoo.

    :param values: part → target → value
    """
    if name := _name_of(payload):
        return name
    part = values.get("") or next(iter(values.values()), {})
    for target in NAME_TARGETS:
        text = part.get(target)
        if isinstance(text, str) and text.strip():
            return _clean_name(text)
    return None


def _clean_name(text):
    return _clean(text).strip()[:120]


def _clean(text):
    """Return a text without what no database keeps: NUL and half of a surrogate pair."""
    if text.isprintable():
        return text
    return _SURROGATE.sub("", text.replace("\x00", ""))


def _as_json(data):
    """Return the JSON of a payload as UTF-8, and how many characters had to go.

    PostgreSQL's JSON can keep neither NUL nor half of a surrogate pair, and UTF-8 knows
    no half pairs either. A number that is none (NaN, infinity) becomes its text, which
    shows up as a bad number of its record.
    """
    try:
        text = _ENCODER.encode(data).encode()
    except ValueError:  # half of a pair, or a number that is none
        text = None
    if text and b"\\u0000" not in text:
        return text, 0
    count = 0

    def clean(value):
        nonlocal count
        if isinstance(value, str):
            kept = _clean(value)
            count += len(value) - len(kept)
            return kept
        if isinstance(value, float) and not math.isfinite(value):
            return str(value)
        if isinstance(value, list | tuple):
            return [clean(item) for item in value]
        if isinstance(value, dict):
            return {clean(key): clean(item) for key, item in value.items()}
        return value

    return _ENCODER.encode(clean(data)).encode(), count
