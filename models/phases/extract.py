"""Read the source into staging, page by page."""

import time

from odoo import models

from ...connectors.core.errors import FatalError, RetryableError
from ..mapping.propose_more import Addition
from ..mapping.propose_ways import keep_ways
from .phase import BATCH_SECONDS


class CrmMigrationPhaseExtract(models.AbstractModel):
    """Each page is committed with the checkpoint after it; what was read stays read."""

    _name = "crm.migration.phase.extract"
    _description = "Migration Phase: Extract"
    _inherit = ["crm.migration.phase"]
    _tables = ()

    def _start(self, run):
        job = run.job_id
        streams = job.stream_ids.filtered("selected")
        streams.filtered("error").write({"error": False, "is_extracted": False})
        if job._is_to_begin(run):
            job._begin_reading(run)
        if job.reading > 1:
            job._ensure_streams()  # what the source has got since
        run.total = sum(streams.mapped("source_count"))

    def _run_batch(self, run):
        """Read one object after the other; what a source found out does for all of them."""
        stream = self._next_stream(run)
        if not stream:
            return True
        ends = self._get_end(BATCH_SECONDS)
        source = run.job_id._open_source(run._get_seconds())
        try:
            is_over = self._read_or_stop(run, stream, source, ends)
            while is_over and time.monotonic() < ends:
                stream = self._next_stream(run)
                if not stream:
                    break
                is_over = self._read_further(run, stream, source, ends)
        finally:
            source.close()
        return False

    def _read_further(self, run, stream, source, ends):
        """Read an object behind others, which are kept whatever becomes of this one."""
        try:
            return self._read_or_stop(run, stream, source, ends)
        except RetryableError as error:
            self._keep_and_wait(run, error)
            return False

    def _read_or_stop(self, run, stream, source, ends):
        """Return whether nothing of the object is left to be read."""
        try:
            return self._read(run, stream, source, ends)
        except FatalError as error:
            self._stop_stream(run, stream, error)
            return True

    def _keep_and_wait(self, run, error):
        """Keep what was staged before it happened, with its checkpoint."""
        if error.delay:
            run._wait(error)

    def _next_stream(self, run):
        return run.job_id.stream_ids.filtered(
            lambda s: (
                s.selected and not s.derived_from and not s.is_extracted and not s.error
            )
        )[:1]

    def _read(self, run, stream, source, ends):
        """Stage pages until the stream ends or the time is up; tell whether it ended."""
        staging = self.env["crm.migration.record"]
        begun = stream.checkpoint
        definition = self._define(run, stream, source)
        absent = self._get_absent(run, stream, source, definition)
        pages = source.read_pages(definition, stream.checkpoint or None)
        staged = 0
        try:
            for page in pages:
                staged += staging._stage(run, page, absent)
                stream.checkpoint = page.checkpoint
                if page.checkpoint is None:
                    break
                if time.monotonic() >= ends:
                    return False
        except RetryableError as error:
            if not staged and stream.checkpoint == begun:
                raise
            self._keep_and_wait(run, error)
            return False
        finally:
            run.write({"done": run.done + staged})
        self._complete(run, stream, source, absent)
        return True

    def _get_absent(self, run, stream, source, definition):
        """Return the columns that earlier files had and the newer one does not.

        Nobody has emptied them: what stood in them stays as it is.
        """
        if not run.job_id.takes_files or run.job_id.reading < 2:
            return ()
        present = {field.path for field in source.describe(definition)}
        known = {name for name, each in (stream.sample or {}).items() if each["filled"]}
        return sorted(known - present) if present else ()

    def _define(self, run, stream, source):
        """Return the stream as the source knows it.

        :raises FatalError: a newer file, or the system by now, does not have it, or
            tells its records apart by another member than those that were loaded
        """
        if stream.name not in {each.name for each in source.get_streams()}:
            is_file = run.job_id.takes_files
            code = "object_not_in_files" if is_file else "object_gone"
            raise FatalError(code, stream=stream.label)
        definition = source.get_stream(stream.name)
        if run.job_id.takes_files:
            self._check_key(run, stream, definition)
        return definition

    def _check_key(self, run, stream, definition):
        """Refuse what would be taken for other records than were loaded.

        :raises FatalError: a newer file does not have the column of their ids
        """
        known = run.job_id._get_known_tables().get(stream.name)
        key = definition.primary_key
        if known and known["key"] != key and self._is_loaded(run, stream):
            # A key that begins so is made of the row itself.
            own = self.env._("all they say")
            named = own if known["key"].startswith("_") else known["key"]
            raise FatalError("key_changed", stream=stream.label, key=named)
        if not stream.staged_count:
            stream.primary_key = key

    def _is_loaded(self, run, stream):
        lineage = run.job_id._get_lineage()
        return self.env["crm.migration.id.map"].search_count(
            [("job_id", "in", lineage.ids), ("stream", "=", stream.name)], limit=1
        )

    def _tell_absent(self, run, stream, absent):
        data = {"stream": stream.label, "columns": ", ".join(absent)}
        row = {"code": "columns_gone", "severity": "warning", "stream": stream.name}
        if absent:
            self.env["crm.migration.message"]._report(run, [{**row, "data": data}])

    def _complete(self, run, stream, source, absent=()):
        """Close the books of a stream: what the source has now against what is here."""
        derived = run.job_id.stream_ids.filtered(
            lambda s: s.derived_from == stream.name or s == stream
        )
        definition = source.get_stream(stream.name)
        count = source.count(definition)
        stream.write({"is_extracted": True, "checkpoint": False})
        stream._close_reading(run, count, definition.by_content)
        self._tell_absent(run, stream, absent)
        derived._count_staged()
        accounted = stream._count_accounted()
        # Later readings name what has vanished one by one.
        if count is not None and count < accounted and run.job_id.reading < 2:
            self.env["crm.migration.message"]._report(
                run,
                [
                    {
                        "code": "records_vanished",
                        "severity": "info",
                        "stream": stream.name,
                        "data": {"count": accounted - count, "stream": stream.label},
                    }
                ],
            )
        stream.source_count = max(count or 0, accounted)
        stream.is_counted = count is not None

    def _stop_stream(self, run, stream, error):
        text = run._in_language(run.job_id)._format_error(error)[1]
        stream.error = text
        self.env["crm.migration.message"]._report(
            run,
            [
                {
                    "code": "stream_stopped",
                    "severity": "error",
                    "stream": stream.name,
                    "data": {"stream": stream.label, "reason": text},
                }
            ],
        )

    def _finish(self, run):
        job = run.job_id
        streams = job.stream_ids.filtered("selected")
        if job.reading > 1:
            job._close_readings_of_derived(run, self._get_definitions(run))
            if job.takes_files:
                self._propose_additions(run)
        streams._count_staged()
        for stream in streams.filtered("derived_from"):
            # Nobody but the pages of its parent can tell how many there are.
            stream.source_count = stream._count_accounted()
            stream.is_extracted = True
        job._forget_files()

    def _propose_additions(self, run):
        """Map what a newer export has besides, as the discovery would have."""
        job = run.job_id
        source = job._open_source(run._get_seconds())
        try:
            mappings, lists = source.get_mappings(), source.get_value_lists()
            ways = {s.name: source.get_ways(s.name) for s in job.stream_ids}
        finally:
            source.close()
        proposer = Addition(self.env, job)
        mappings, missing = self.env["crm.migration.target"]._resolve_mappings(
            mappings, job
        )
        left_out = (*source.left_out, *missing)
        keep_ways(job, ways)
        proposer.propose(mappings, lists, source.ignored, left_out)

    def _get_definitions(self, run):
        source = run.job_id._open_source(run._get_seconds())
        try:
            return {stream.name: stream for stream in source.get_streams()}
        finally:
            source.close()
