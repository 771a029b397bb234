"""Fetch one record again from the command line."""

from odoo import models
from odoo.exceptions import UserError

from ..odoo.registry import at_present
from .crm_migration_job_fetched import FATES, TO_LOAD
from .exit_status import ARRIVED, INCOMPLETE, REFUSED, STOPPED

HEADS = ("Field", "Source then", "Source now", "Odoo now")
WIDEST = 40
"""Characters of a value that a column shows."""


class CrmMigrationReplayFetch(models.AbstractModel):
    """What the dialog shows is printed, then what was fetched is loaded."""

    _name = "crm.migration.replay.fetch"
    _description = "Migration: Replay, Fetch"

    def _do_fetch(self, options, write, report):
        job = self._find_job(options)
        self._ensure_free(job)
        wanted, status = (options.get("id") or "").strip(), REFUSED
        try:
            job._check_fetchable()
            stream = self._find_fetchable(job, options.get("object"))
            job._check_readable(stream, wanted)
            if options["secrets"]:
                self._renew_secrets(job, options["secrets"])
            status = STOPPED
            fetched = job._fetch(stream, wanted)
            if not fetched.is_there:
                status = REFUSED
                job._check_known(fetched)
        except UserError as error:
            write(str(error))
            return status
        self._keep()
        if not fetched.is_there:
            write(f"{stream.label} {wanted}: {job._say_vanished()}")
            return INCOMPLETE
        fates = self._print_fetched(job, fetched, stream, wanted, write)
        if options.get("read_only"):
            return ARRIVED
        if TO_LOAD.isdisjoint(fates):
            return ARRIVED if {*fates} == {"unchanged"} else INCOMPLETE
        return self._load_fetched(job, fetched, write, report)

    def _find_fetchable(self, job, name):
        """Return the object of that name.

        :raises UserError: there is none whose records are loaded
        """
        streams = job._get_fetchable_streams()
        found = streams.filtered(lambda stream: stream.name == name)
        if not found:
            raise UserError(
                self.env._(
                    "“%(job)s” has no object %(name)s. It has: %(known)s.",
                    job=job.name,
                    name=name,
                    known=", ".join(streams.mapped("name")),
                )
            )
        return found

    def _print_fetched(self, job, fetched, stream, wanted, write):
        """Print what the source says, beside what was loaded and what Odoo has.

        :return: what a load would do with all that came along, as a set of ``FATES``
        """
        record = job._get_fetched(fetched)
        fates = job._judge_fetched(fetched.record_ids)
        if (stream.name, wanted) != fetched.key:
            write(job._say_read_with(stream, wanted, record))
        said = job._say_fetched(record, fates[record.id])
        write(f"{record.stream_id.label} {record.source_id}: {said}")
        if rows := self.env["crm.migration.comparison"]._compare_again(record):
            write(as_columns(rows))
        for text in self._count_fates(job, record, fates):
            write(text)
        write(job._say_missing(job._find_missing(fetched.record_ids)))
        return set(fates.values())

    def _count_fates(self, job, record, fates):
        """Yield a line for each object that came along: how many are new, changed, …"""
        labels, others = dict(FATES), {}
        for each in self.env["crm.migration.record"].browse(fates) - record:
            counts = others.setdefault(each.stream_id.label, {})
            counts[fates[each.id]] = counts.get(fates[each.id], 0) + 1
        for label, counts in others.items():
            parts = (f"{labels[f].lower()} {counts[f]}" for f in labels if f in counts)
            yield f"  {label}: {', '.join(parts)}"

    def _load_fetched(self, job, fetched, write, report):
        try:
            job._check_planned()
            run = job._load_fetched(fetched.record_ids)
            self._go_on(run, write, report)
        except UserError as error:
            write(str(error))
            return STOPPED
        job, run = at_present(job), at_present(run)
        write(job._format_result(run, run._format_kind()))
        losses = self.env["crm.migration.message"].search(
            [
                ("record_id", "in", fetched.record_ids),
                ("state", "=", "open"),
                ("severity", "!=", "info"),
            ]
        )
        for loss in losses:
            write(f"  {loss.stream} {loss.source_id}: {loss.text}")
        waits = job._say_conflicts(job._get_fetched(fetched))
        write(waits)
        return INCOMPLETE if losses or waits else ARRIVED


def as_columns(rows):
    """Return the three sides of each field as lines of text; * stands before a change."""
    cells = [["", *HEADS]]
    for row in rows:
        sides = (row["then"], row["source"], row["now"])
        if any(sides):
            mark = "!" if row["disputed"] else "*" if row["changed"] else ""
            cells.append([mark, row["label"], *map(_cut, sides)])
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in cells
    )


def _cut(text):
    text = " ".join((text or "").split())
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"
