"""What the same mapping has turned into values is not turned into them again."""

import functools
import hashlib
import json
from pathlib import Path

from odoo import models
from odoo.tools import SQL

from ...connectors.mapping.apply import prepare
from ...connectors.mapping.values import as_list

UNFINISHED = "~"
"""Before the hash of a plan that not all records of an object have been through."""

MIXED = "?"
"""Somebody changed the mapping while it was being applied."""

TO_DO = """
    record.job_id = %(job)s AND record.state NOT IN ('unmapped', 'skipped')
    AND record.stream_id = ANY(%(streams)s) AND record.is_wiped IS NOT TRUE
    -- What could not be loaded and is gone since, nobody can correct any more.
    AND NOT (record.vanished_at IS NOT NULL AND record.state IN ('problem', 'failed'))
    -- What was not quite right is told anew by each run, else it would count as solved.
    AND NOT (
        record.stream_id = ANY(%(unchanged)s) AND record.is_transformed
        AND record.state IN ('ready', 'loaded')
        AND record.problem IS NULL AND record.message IS NULL
        AND NOT EXISTS (
            SELECT FROM crm_migration_message AS message
             WHERE message.record_id = record.id AND message.phase = 'transform'))
"""


class CrmMigrationPhaseTransformOnce(models.AbstractModel):
    """A load begins with what the reading has ended with, mostly to no other result.

    Each object remembers the hash of all that its values depend on beside the payload.
    Where this is the same, only what is new, changed or was not quite right is looked at.
    """

    _name = "crm.migration.phase.transform.once"
    _description = "Migration Phase: Transform, Once"
    _inherit = ["crm.migration.phase.transform.plan"]

    def _get_plan(self, run):
        """Return the plan, and which objects have been through the same plan before."""
        plan = self._read_plan(run)
        hashes, unchanged = hash_plan(plan), []
        for stream in run.job_id.stream_ids.browse(plan["stream_ids"]):
            digest = hashes[stream.name]
            if stream.plan_hash == digest:
                unchanged.append(stream.id)
            elif stream.plan_hash != UNFINISHED + digest:
                stream.plan_hash = MIXED
        mappings = [each for group in plan["streams"].values() for each in group]
        return {
            **plan,
            "unchanged": unchanged,
            "prepared": {m["id"]: prepare(m["fields"], plan["zone"]) for m in mappings},
            "paths": {m["id"]: _list_paths(m["fields"]) for m in mappings},
        }

    def _begin_plan(self, run):
        """Note by which plan the objects are worked on; return how many records there are.

        What only some records go through, is not noted.
        """
        hashes = hash_plan(self._read_plan(run))
        changed = run.job_id.stream_ids.browse()
        for stream in run.job_id.stream_ids:
            digest = hashes.get(stream.name)
            if stream.plan_hash != digest and run._get_chosen() is None:
                changed |= stream
                stream.plan_hash = digest and UNFINISHED + digest
        self._tell_wiped(run, changed)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT count(*) FROM crm_migration_record AS record"
            f" WHERE {TO_DO} {self._get_only(run)}",
            self._get_to_do(run.job_id, self._get_plan(run)),
        )
        return self.env.cr.fetchone()[0]

    def _tell_wiped(self, run, changed):
        """Say which records stay as they were loaded, whatever the mapping says by now."""
        self.env["crm.migration.record"]._report_wiped(
            run,
            ("wiped_unconverted", "warning"),
            SQL("record.state = 'loaded'"),
            changed,
        )

    def _end_plan(self, run):
        """All records have been through the plan, unless it has changed meanwhile."""
        if run._get_chosen() is not None:
            return
        for stream in run.job_id.stream_ids:
            if (stream.plan_hash or "").startswith(UNFINISHED):
                stream.plan_hash = stream.plan_hash.removeprefix(UNFINISHED)

    def _get_only(self, run):
        """Return the condition on the records that a run is about, to be added.

        Of a sample all are transformed: it is drawn from what they have become.
        """
        return "" if run._get_chosen() is None else "AND record.is_sampled"

    def _get_to_do(self, job, plan):
        return {
            "job": job.id,
            "streams": plan["stream_ids"],
            "unchanged": plan["unchanged"],
        }


def _list_paths(fields):
    return frozenset(path for field in fields for path in as_list(field["source"]))


def hash_plan(plan):
    """Return object → hash of all in a plan that its values depend on."""
    return {name: _hash_stream(plan, name) for name in plan["streams"]}


def _hash_stream(plan, name):
    mappings, left_out = plan["streams"][name], plan["left_out"].get(name) or []
    asked = {
        condition.get("list")
        for item in (*mappings, *left_out)
        for condition in item.get("when") or ()
    }
    parts = [
        _hash_code(),
        mappings,
        left_out,
        sorted(
            (*key, way) for key, way in plan["decisions"].items() if key[0] in asked
        ),
        plan["models"],
        plan["zone"],
        plan["undecided"].get(name),
        sorted(plan["left_behind"]),
        sorted(m["id"] for m in mappings if m["id"] in plan["with_notes"]),
    ]
    text = json.dumps(parts, sort_keys=True, default=sorted)
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


@functools.cache
def _hash_code():
    """Return the hash of the code that makes the values: it changes with an update."""
    here = Path(__file__).resolve()
    files = [
        *sorted((here.parents[2] / "connectors").rglob("*.py")),
        *sorted(here.parent.glob("*.py")),
        *sorted((here.parents[1] / "staging").glob("*.py")),
    ]
    digest = hashlib.md5(usedforsecurity=False)
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
