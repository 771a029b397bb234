"""What the command line prints at the end: sums, coverage, losses, and the exit status."""

from odoo import models

from ..words.messages import agreed
from .crm_migration_job_losses import EXAMPLES, as_loss
from .exit_status import ARRIVED, INCOMPLETE, STOPPED

COLUMNS = (
    "source vanished rejected staged created updated merged unchanged skipped failed "
    "unmapped pending"
).split()

OPTIONAL = {"vanished", "unchanged"}
"""Columns that only later readings fill."""

CHANGES = ("new", "changed", "conflict", "vanished", "unchanged")
"""Columns of what a load of changes would bring."""


class CrmMigrationReplaySummary(models.AbstractModel):
    _name = "crm.migration.replay.summary"
    _description = "Migration: Replay Summary"

    def _sum_up(self, job, options, write, stopped):
        """Print the sums and why not everything arrived; return the status."""
        rehearsed = bool(options.get("dry_run"))
        if stopped:
            write(stopped)
        elif job.run_id.kind == "rollback":
            return self._tell_rollback(job.run_id, write)
        rows = self._get_rows(job)
        write(as_table(rows))
        if job.anonymize:
            write(
                self.env._(
                    "People are anonymized: the names, addresses and texts are invented."
                )
            )
        if job.is_profile_older:
            write(self._format_older_profile())
        verified = job.run_id.kind == "verify" and job.run_id.state == "done"
        job.invalidate_recordset(["difference_count"])
        differences = job.difference_count if verified else 0
        if verified:
            write(
                agreed(
                    self.env,
                    self.env._(
                        "Verification: %(count)s [[count|value|values]] compared, %(differences)s differ.",
                        count=job.run_id.compared_count,
                        differences=differences,
                    ),
                    {"count": job.run_id.compared_count},
                )
            )
            write(self.env["crm.migration.record"]._say_uncompared(job))
            write(self._format_differences(job))
            write(self._format_work(job))
            write(self._format_coverage(job._get_coverage()))
        losses = self._get_losses(job, rehearsed, verified)
        if losses:
            write(self._format_losses(losses))
        if stopped and self._is_waiting(losses):
            return INCOMPLETE
        unbalanced = not all(row["is_balanced"] for row in rows)
        if stopped or differences or unbalanced:
            return STOPPED
        return INCOMPLETE if losses else ARRIVED

    def _tell_rollback(self, run, write):
        """Print what became of a rollback that was gone on with; return the status."""
        write(run.job_id._format_end(run, run._format_kind()))
        kept = self.env["crm.migration.message"].search_count(
            [("run_id", "=", run.id), ("severity", "!=", "info")], limit=1
        )
        return INCOMPLETE if kept else ARRIVED

    def _get_losses(self, job, rehearsed, verified=False):
        losses = job._get_losses(rehearsed)
        if verified:
            losses += [
                as_loss("unaccounted", text, job.unaccounted_count, [])
                for status, text in job._get_shortfalls()
                if status == INCOMPLETE
            ]
        return losses

    def _is_waiting(self, losses):
        return any(each["code"].endswith("_waiting") for each in losses)

    def _get_rows(self, job):
        """Return the sums of the last pass that drew them, else as they are now."""
        lines = job.run_id.result_ids
        if lines:
            names = [f"{name}_count" for name in COLUMNS]
            return [
                {"label": line.stream_id.label, "is_balanced": line.is_balanced}
                | {name: line[name] for name in names}
                for line in lines
            ]
        labels = {stream.id: stream.label for stream in job.stream_ids}
        return [
            {**sums, "label": labels[sums["stream_id"]]}
            for sums in job._get_sums(job.run_id)
        ]

    def _format_changes(self, job):
        """Return what a load of changes would bring, object by object."""
        job.stream_ids.invalidate_recordset(["conflict_count"])
        rows = [
            {"label": stream.label}
            | {f"{name}_count": stream[f"{name}_count"] for name in CHANGES}
            for stream in job.stream_ids
            if stream.selected and stream.staged_count
        ]
        return as_table(rows, CHANGES)

    def _format_older_profile(self):
        return self.env._(
            "The mapping was proposed before the last update of this addon. Propose it "
            "anew with: odoo-bin crm_migration propose. What was decided stays."
        )

    def _format_differences(self, job):
        """Return what differs, a line per field and kind, with ids of the source."""
        found = self.env["crm.migration.difference"].search(
            [("job_id", "=", job.id), ("state", "=", "open")]
        )
        if not found:
            return ""
        labels = {stream.name: stream.label for stream in job.stream_ids}
        lines = [self.env._("What differs:")]
        groups = found.grouped(lambda each: (each.stream, each.field, each.kind))
        for rows in groups.values():
            one = rows[0]
            place = ", ".join(
                filter(None, (labels.get(one.stream, one.stream), one.field_label))
            )
            ids = [each.source_id for each in rows if each.source_id]
            text = f"{place}: {one.kind_label}" if place else one.kind_label
            lines.append(as_line(len(rows), text, ids))
        return "\n".join(lines)

    def _format_work(self, job):
        """Return how much people have changed in Odoo since it was loaded."""
        found = self.env["crm.migration.difference"].search(
            [("job_id", "=", job.id), ("state", "=", "kept")]
        )
        if not found:
            return ""
        deleted = found.filtered(lambda each: each.kind == "deleted")
        return agreed(
            self.env,
            self.env._(
                "Work in Odoo that stays: %(changed)s [[changed|value|values]] changed, %(deleted)s [[deleted|record|records]] "
                "deleted since they were loaded.",
                changed=len(found - deleted),
                deleted=len(deleted),
            ),
            {"changed": len(found - deleted), "deleted": len(deleted)},
        )

    def _format_coverage(self, sums):
        """Return where the filled values of the source stand, in one line."""
        total = sum(sums.values())
        if not total:
            return self.env._("Coverage: no values.")
        parts = ", ".join(
            f"{count} {kind.replace('_', ' ')} ({100 * count / total:.2f} %)"
            for kind, count in sums.items()
        )
        return self.env._(
            "Coverage: %(total)s filled values, %(parts)s.", total=total, parts=parts
        )

    def _format_losses(self, losses):
        if not losses:
            return ""
        lines = [self.env._("Not everything arrived:")]
        lines += [
            as_line(each["count"], each["text"], each["examples"]) for each in losses
        ]
        return "\n".join(lines)


def as_line(count, text, ids):
    """Return a text with how often it holds, and some ids for which it does."""
    shown = ", ".join(map(str, ids[:EXAMPLES]))
    more = ", …" if count > len(ids[:EXAMPLES]) else ""
    return f"  {count} × {text}" + (f" ({shown}{more})" if shown else "")


def as_table(rows, columns=COLUMNS):
    """Return the sums as lines of text."""
    names = [
        name
        for name in columns
        if name not in OPTIONAL or any(row[f"{name}_count"] for row in rows)
    ]
    cells = [["", *names]]
    cells += [
        [row["label"], *(str(row[f"{name}_count"]) for name in names)] for row in rows
    ]
    sums = [str(sum(row[f"{name}_count"] for row in rows)) for name in names]
    cells.append(["Sum", *sums])
    widths = [
        max(len(line[column]) for line in cells) for column in range(len(cells[0]))
    ]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in cells
    )
