"""Stage a record that was read by itself, beside all readings of the whole source."""

from collections import Counter, defaultdict

from odoo import api, models

from .crm_migration_record_stage import _clean


class CrmMigrationRecordFetched(models.AbstractModel):
    """No reading begins or ends with it: what else is staged has neither come nor gone."""

    _name = "crm.migration.record.fetched"
    _description = "Migration: Record Fetched"

    @api.model
    def _stage_one(self, run, page, key, parents, absent=()):
        """Stage a record with what is derived from it; what it lost of that has vanished.

        :param page: ``Page`` of the record alone
        :param key: (object, source id) of the record
        :param parents: derived object → names of the objects that bring it along
        :param absent: members that the source does not have any more, see ``_stage``
        :return: ids of the staging records concerned, those that are gone among them
        """
        job = run.job_id
        before = self._find_family(job, [key], parents)
        met = {(each.stream, _clean(each.source_id)) for each in page.records}
        refused = {(e.stream, _clean(str(e.source_id))) for e in page.errors}
        self._forget_readings(job, met | refused)
        self._fill_wiped(self._find_staged(job, met))
        self._stage(run, page, absent)
        found = self._find_staged(job, met)
        self._bring_back_all(found)
        gone = {i: each for i, each in before.items() if each not in met | refused}
        self._vanish(gone)
        self._recount(job, {*before.values(), *met, *refused}, gone)
        return sorted({*before, *found})

    @api.model
    def _let_vanish(self, job, key, parents):
        """Mark a record as gone from the source, with all that is derived from it.

        :return: ids of the staging records concerned
        """
        family = self._find_family(job, [key], parents)
        self._vanish(family)
        self._recount(job, family.values(), family)
        return sorted(family)

    # -- what belongs together -----------------------------------------------------

    def _find_staged(self, job, keys):
        """Return id → (object, source id) of the records that are staged."""
        if not keys:
            return {}
        streams, source_ids = map(list, zip(*keys, strict=True))
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT record.id, record.stream, record.source_id
              FROM unnest(%s::text[], %s::text[]) AS wanted (stream, source_id)
              JOIN crm_migration_stream AS stream
                ON stream.job_id = %s AND stream.name = wanted.stream
              JOIN crm_migration_record AS record
                ON record.stream_id = stream.id AND record.source_id = wanted.source_id
            """,
            [streams, source_ids, job.id],
        )
        return {row[0]: row[1:] for row in self.env.cr.fetchall()}

    def _find_family(self, job, keys, parents):
        """Return id → (object, source id) of records, and of all derived from them.

        What is derived says so itself, by ``_parent``.
        """
        found = self._find_staged(job, keys)
        above = set(keys)
        while above:
            names = {name for name, _source_id in above}
            below = [name for name, brought_by in parents.items() if brought_by & names]
            rows = self._find_derived(job, below, above) if below else {}
            above = {each for i, each in rows.items() if i not in found}
            found |= rows
        return found

    def _find_derived(self, job, names, above):
        streams, source_ids = map(list, zip(*above, strict=True))
        self.env.cr.execute(
            """
            SELECT record.id, record.stream, record.source_id
              FROM crm_migration_stream AS stream
              JOIN crm_migration_record AS record ON record.stream_id = stream.id
              JOIN unnest(%s::text[], %s::text[]) AS parent (stream, source_id)
                ON record.payload -> '_parent' ->> 'stream' = parent.stream
               AND record.payload -> '_parent' ->> 'id' = parent.source_id
             WHERE stream.job_id = %s AND stream.name = ANY(%s)
            """,
            [streams, source_ids, job.id, list(names)],
        )
        return {row[0]: row[1:] for row in self.env.cr.fetchall()}

    # -- what becomes of them --------------------------------------------------------

    def _forget_readings(self, job, keys):
        """Drop what earlier readings said of these records: it is said anew, if it holds."""
        if not keys:
            return
        streams, source_ids = map(list, zip(*keys, strict=True))
        self.env.flush_all()
        self.env.cr.execute(
            """
            DELETE FROM crm_migration_message AS message
             USING unnest(%s::text[], %s::text[]) AS known (stream, source_id)
             WHERE message.job_id = %s AND message.phase = 'extract'
               AND message.stream = known.stream
               AND message.source_id = known.source_id
            """,
            [streams, source_ids, job.id],
        )
        self.env["crm.migration.message"].invalidate_model()

    def _fill_wiped(self, found):
        """Let what was wiped be staged anew, though the source has not changed it."""
        self.env.cr.execute(
            "UPDATE crm_migration_record SET payload_hash = NULL"
            " WHERE id = ANY(%s) AND is_wiped",
            [list(found)],
        )

    def _bring_back_all(self, found):
        """What had vanished is back; of later readings, ``_stage`` has seen to that."""
        for stream, records in self.browse(found).grouped("stream_id").items():
            self._bring_back(stream, records.mapped("source_id"))

    def _vanish(self, gone):
        for stream, records in self.browse(gone).grouped("stream_id").items():
            stream._mark_vanished(records.ids)

    def _recount(self, job, keys, gone):
        """Keep the counts of the objects concerned in step.

        :param keys: (object, source id) of what was met or lost
        :param gone: id → (object, source id) of what the source has lost
        """
        lost = Counter(name for name, _source_id in gone.values())
        names = {name for name, _source_id in keys}
        streams = job.stream_ids.filtered(lambda stream: stream.name in names)
        streams._count_staged()
        for stream in streams:
            had = stream.source_count - lost[stream.name]
            stream.source_count = max(had, stream._count_accounted())


def list_parents(streams):
    """Return derived object → names of the objects that bring its records along.

    :param streams: ``Stream``s of a source
    """
    found = defaultdict(set)
    for stream in streams:
        if stream.derived_from:
            others = {stream.derived_from, *stream.depends_on}
            found[stream.name] |= set(stream.brought_by) or others
    return dict(found)
