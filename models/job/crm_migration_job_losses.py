"""Why not everything has arrived: what the command line's exit status rests on."""

from odoo import models

from ..words.messages import get_heading

EXAMPLES = 5


MAX_LINES = 10
"""So many columns that have the same to tell take a line each."""


BY_VALUE = ("no_rate", "rate_of_later_day", "currency_unknown")
"""Of which each value, a currency, takes a line of its own: what is to be done differs."""


ARRIVED = (
    # The value stands in the notes or on the company, where people look for it.
    *("vat_of_company", "value_of_company", "inline_not_found", "attendees_unknown"),
    "name_from_address",
    # Said of records that are in Odoo and stay there.
    *("vanished_unsure", "vanished_shared", "vanished_yours", "vanished_changed"),
    *("vanished_refused", "vanished_many"),
    # Told by itself, with the number of its records.
    "stream_unmapped",
)
"""Warnings after which nothing is missing, or which are told otherwise."""


MISSED = ("links_without_record",)
"""Warnings of reading that tell of a loss."""


ASKED = (
    # What reading a file left out, or read as it is most likely meant.
    *("rows_left_out", "second_table", "cells_misfit", "formulas", "excel_errors"),
    *("moments_shifted", "ambiguous_dates", "mixed_dates", "mixed_dates_month"),
    *("ambiguous_numbers", "mixed_numbers"),
    # A file that was given and not read.
    *("file_mailbox", "file_document", "file_page"),
    *("file_sql", "file_unknown", "file_encrypted", "file_damaged", "file_no_table"),
    *("file_too_big", "zip_broken", "zip_bomb", "zip_nested", "sheet_missing"),
    *("old_excel", "option_unused"),
)
"""Findings about the source that ask something of a person."""


class CrmMigrationJobLosses(models.AbstractModel):
    """A *loss* is ``{"code", "text", "count", "examples"}``; another part may add its own.

    What the verification finds besides stands in ``_get_shortfalls``.
    """

    _name = "crm.migration.job.losses"
    _description = "Migration: Job Losses"

    def _get_losses(self, rehearsed=False):
        """Return what is lost, refused, undecided or waiting; nothing: all arrived.

        :param rehearsed: of the last dry run instead of the last load
        """
        self.ensure_one()
        self.env.flush_all()
        return [
            *self._get_asked(),
            *self._get_waiting(),
            *self._get_unmapped(),
            *self._get_told(rehearsed),
        ]

    def _get_asked(self):
        """Yield what reading the source found and nobody has accepted."""
        codes = [*(f"source.{code}" for code in ASKED), "odoo.currency_assumed"]
        asked = (
            self.sudo()
            .check_ids.sorted("id")
            .filtered(
                lambda check: (
                    check.code in codes
                    and not check.accepted_reason
                    and check.level == "warning"
                )
            )
        )
        for code, checks in asked.grouped("code").items():
            for check in checks[:MAX_LINES]:
                yield as_loss(code, check.text, 1, [])
            if (more := len(checks) - MAX_LINES) > 0:
                text = self.env._("The same is asked of further columns or files.")
                yield as_loss(code, text, more, [])

    def _get_waiting(self):
        sudo = self.sudo()
        sudo.invalidate_recordset(["duplicate_open_count", "owner_open_count"])
        if count := sudo.duplicate_open_count:
            text = self.env._("Possible duplicates wait for a decision.")
            open_ones = sudo.duplicate_ids.filtered(lambda pair: not pair.decision)
            ids = open_ones[:EXAMPLES].record_id.mapped("source_id")
            yield as_loss("duplicates_waiting", text, count, ids)
        if (count := sudo.owner_open_count) and self.owner_policy == "wait":
            text = self.env._("Owners wait for a decision.")
            owners = sudo.owner_ids.filtered(lambda owner: not owner.decision)
            keys = owners[:EXAMPLES].mapped("display_name")
            yield as_loss("owners_waiting", text, count, keys)

    def _get_unmapped(self):
        """Yield the objects that nothing is meant for, without a reason."""
        self.env.cr.execute(
            """
            SELECT stream_id, count(*), (array_agg(source_id ORDER BY id))[1:%s]
              FROM crm_migration_record
             WHERE job_id = %s AND state = 'unmapped' AND vanished_at IS NULL
             GROUP BY stream_id
            """,
            [EXAMPLES, self.id],
        )
        rows = self.env.cr.fetchall()
        for stream_id, count, ids in rows:
            stream = self.env["crm.migration.stream"].browse(stream_id)
            if stream.left_out:
                continue
            text = self.env._("No mapping is meant for it; it was not loaded.")
            text = f"{stream.label}: {text}"
            yield as_loss("stream_unmapped", text, count, ids)

    def _get_told(self, rehearsed):
        """Yield the open messages that tell of a loss, grouped by what they say."""
        last = "dry_run" if rehearsed else "load"
        self.env.cr.execute(
            """
            SELECT stream, code, field,
                   -- A record that several passes tell of is one record.
                   COALESCE(NULLIF(count(DISTINCT source_id), 0), count(*)),
                   count(DISTINCT text), min(text),
                   (array_agg(DISTINCT source_id)
                    FILTER (WHERE source_id IS NOT NULL))[1:%(examples)s]
              FROM crm_migration_message,
                   LATERAL (SELECT CASE WHEN code = ANY(%(by_value)s) THEN value END
                           ) AS own (value_told)
             WHERE job_id = %(job)s AND state = 'open' AND code <> ALL(%(arrived)s)
               AND (severity = 'error' AND phase = ANY(%(phases)s)
                    OR severity = 'warning' AND phase = ANY(%(lossy)s)
                    OR code = ANY(%(missed)s))
             GROUP BY stream, code, field, value_told
             ORDER BY stream, count(*) DESC, code, field, value_told
            """,
            {
                "job": self.id,
                "arrived": list(ARRIVED),
                "by_value": list(BY_VALUE),
                "missed": list(MISSED),
                "examples": EXAMPLES,
                "phases": ["extract", "transform", "prepare", last, "link", "settle"],
                "lossy": ["transform", "prepare", last, "link", "settle"],
            },
        )
        rows = self.env.cr.fetchall()
        labels = {stream.name: stream.label for stream in self.stream_ids}
        fields, told = {}, set()
        for stream, code, field, *_rest in rows:
            fields.setdefault((stream, code), {})[field] = True
        for stream, code, field, count, texts, text, ids in rows:
            several = list(fields[stream, code])
            if len(several) > MAX_LINES and all(several):
                # Of hundreds of columns nobody reads a line each.
                if (stream, code) not in told:
                    told.add((stream, code))
                    text = (
                        f"{labels.get(stream, stream)}: {get_heading(self.env, code)}"
                    )
                    yield as_loss(code, text, len(several), several[:EXAMPLES])
                continue
            words = text if texts == 1 else self._format_several(code, text)
            place = ", ".join(filter(None, (labels.get(stream, stream), field)))
            text = f"{place}: {words}" if place else words
            yield as_loss(code, text, count, ids or [])

    def _format_several(self, code, text):
        """Return what several messages of a code tell, and one of them."""
        heading = get_heading(self.env, code)
        if heading == text:
            return text
        return self.env._(
            "%(heading)s For example: %(text)s", heading=heading, text=text
        )


def as_loss(code, text, count, examples):
    return {"code": code, "text": text, "count": count, "examples": list(examples)}
