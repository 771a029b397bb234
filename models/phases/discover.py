"""Look at every object of the source, and propose what each field becomes."""

import itertools

from odoo import models

from ...connectors import get_profile_digest
from ...connectors.core.errors import FatalError, RecordError, RetryableError
from ..mapping.propose_again import Renewal
from ..mapping.propose_fields import Proposer
from ..mapping.propose_ways import keep_ways

SAMPLE = 200
"""Records per object that are looked at before extraction."""

SAMPLE_PAGES = 3


class CrmMigrationPhaseDiscover(models.AbstractModel):
    """One object a batch: its count, the fields it documents, a sample of its records."""

    _name = "crm.migration.phase.discover"
    _description = "Migration Phase: Discover"
    _inherit = ["crm.migration.phase.by.object"]
    _tables = ()

    def _start(self, run):
        run.job_id._ensure_streams()
        run.total = len(run.job_id.stream_ids)

    def _work_object(self, run, stream):
        if stream.selected and not stream.derived_from:
            self._look_at(run, stream)

    def _look_at(self, run, stream):
        source = run.job_id._open_source(run._get_seconds())
        try:
            definition = source.get_stream(stream.name)
            count = source.count(definition)
            records = self._read_sample(source, definition)
            documented = source.describe(definition)
            keys = {item.name: item.primary_key for item in source.get_streams()}
        except (FatalError, RecordError) as error:
            stream.error = run._in_language(run.job_id)._format_error(error)[1]
            return
        finally:
            source.close()
        stream.write(
            {
                "error": False,
                "source_count": count or 0,
                "is_counted": count is not None,
            }
        )
        samples = {}
        for record in records:
            found = samples.setdefault(record.stream, [])
            if len(found) < SAMPLE:
                found.append(record.data)
        for name, rows in samples.items():
            target = run.job_id.stream_ids.filtered(lambda s, n=name: s.name == n)
            fields = documented if target == stream else ()
            proposer = Proposer(self.env, run.job_id)
            proposer.keep_sample(target, rows, fields, keys[name])

    def _read_sample(self, source, definition):
        """Return the records of the first pages, or of those that came in time."""
        pages = itertools.islice(source.read_pages(definition, None), SAMPLE_PAGES)
        records = []
        try:
            for page in pages:
                records += page.records
        except RetryableError:
            if not records:
                raise
        return records

    def _finish(self, run):
        source = run.job_id._open_source(run._get_seconds())
        try:
            mappings, lists = source.get_mappings(), source.get_value_lists()
            ways = {s.name: source.get_ways(s.name) for s in run.job_id.stream_ids}
        finally:
            source.close()
        job, parameters = run.job_id, dict(run.parameters or {})
        renew = parameters.get("renew")
        is_first = not job.mapping_ids
        proposer = (Renewal if renew else Proposer)(self.env, job)
        if renew:
            proposer.replaced = job.stream_ids.browse(parameters.get("replaced", ()))
        mappings, missing = self.env["crm.migration.target"]._resolve_mappings(
            mappings, job
        )
        left_out = (*source.left_out, *missing)
        keep_ways(job, ways)
        proposer.propose(mappings, lists, source.ignored, left_out)
        if renew or is_first:
            job.profile_digest = get_profile_digest(job.source)
        if renew:
            run.parameters = {**parameters, "renewed": dict(proposer.counts)}
        run.job_id._apply_plan()
        run._in_language(run.job_id)._run_preflight()
