"""Read the source into staging, page by page."""

import time

from odoo import models

from ...connectors.core.errors import FatalError, RetryableError
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
        stream = self._next_stream(run)
        if not stream:
            return True
        source = run.job_id._open_source(run._get_seconds())
        try:
            self._read(run, stream, source)
        except FatalError as error:
            self._stop_stream(run, stream, error)
        finally:
            source.close()
        return False

    def _next_stream(self, run):
        return run.job_id.stream_ids.filtered(
            lambda s: (
                s.selected and not s.derived_from and not s.is_extracted and not s.error
            )
        )[:1]

    def _read(self, run, stream, source):
        """Stage pages until the stream ends or the time is up."""
        staging = self.env["crm.migration.record"]
        ends = time.monotonic() + BATCH_SECONDS
        begun = stream.checkpoint
        definition = self._define(stream, source)
        pages = source.read_pages(definition, stream.checkpoint or None)
        staged = 0
        try:
            for page in pages:
                staged += staging._stage(run, page)
                stream.checkpoint = page.checkpoint
                if page.checkpoint is None:
                    self._complete(run, stream, source)
                    return
                if time.monotonic() >= ends:
                    return
        except RetryableError as error:
            if not staged and stream.checkpoint == begun:
                raise
            # What was staged before it happened is kept, with its checkpoint.
            if error.delay:
                run._wait(error)
            return
        finally:
            run.write({"done": run.done + staged})
        self._complete(run, stream, source)

    def _define(self, stream, source):
        """Return the stream as the source knows it.

        :raises FatalError: a newer file, or the system by now, does not have it
        """
        if stream.name not in {each.name for each in source.get_streams()}:
            raise FatalError("object_gone", stream=stream.label)
        return source.get_stream(stream.name)

    def _complete(self, run, stream, source):
        """Close the books of a stream: what the source has now against what is here."""
        derived = run.job_id.stream_ids.filtered(
            lambda s: s.derived_from == stream.name or s == stream
        )
        count = source.count(source.get_stream(stream.name))
        stream.write({"is_extracted": True, "checkpoint": False})
        stream._close_reading(run, count)
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
        text = run.job_id._word_error(error)[1]
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
        streams._count_staged()
        for stream in streams.filtered("derived_from"):
            # Nobody but the pages of its parent can tell how many there are.
            stream.source_count = stream._count_accounted()
            stream.is_extracted = True

    def _get_definitions(self, run):
        source = run.job_id._open_source(run._get_seconds())
        try:
            return {stream.name: stream for stream in source.get_streams()}
        finally:
            source.close()
