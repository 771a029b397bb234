"""The sums of a coverage while they are being made, and the rows they become."""

from collections import Counter

from psycopg2.extras import execute_values

from .verdicts import UNACCOUNTED

LISTED = 500
"""Unaccounted values that are listed of one field; all are counted."""

SHOWN = 300
"""Characters of a value that a list repeats; the rest stands in the record."""


class Tally:
    """Counts of (field, part, reason), unaccounted values and differences of a stretch."""

    def __init__(self, stream, listed):
        self.stream, self.listed = stream, listed
        self.counts, self.rows, self.differences = Counter(), [], []

    def count(self, case, plan, kind, reason, path, value):
        """Count one value; list it where it is unaccounted."""
        # No and 0 say nothing where no record of the object says anything else.
        is_zero = kind == UNACCOUNTED and value in (False, 0, "0", "0.0", "false")
        self.counts[plan.field, kind, reason or "", is_zero] += 1
        if kind == UNACCOUNTED and self.listed[plan.field] < LISTED:
            self.listed[plan.field] += 1
            row = case.row
            self.rows.append(
                {
                    "record_id": row["id"],
                    "stream": self.stream,
                    "source_id": row["source_id"],
                    "field": plan.field,
                    "path": path,
                    "value": _clean(str(value))[:SHOWN],
                    "reason": reason,
                    "is_zero": is_zero,
                }
            )

    def add(self, plan, kind, reason, number):
        """Count values of which nothing is to be listed."""
        self.counts[plan.field, kind, reason, False] += number

    def differ(self, case, part, field, kind, expected, found):
        """List a difference of a kind."""
        self.differences.append(
            {
                "record_id": case.row["id"],
                "stream": self.stream,
                "source_id": case.row["source_id"],
                "res_model": part.record._name,
                "res_id": part.record.id,
                "field": field,
                "kind": kind,
                "expected": _clean(_as_text(expected))[:SHOWN],
                "found": _clean(_as_text(found))[:SHOWN],
            }
        )

    def keep(self, env, run, stream_id, counted=None):
        """Add the counts to the coverage of the run, and list what is unaccounted.

        :param counted: a list that takes the counts instead: somebody else adds them
        :return: the differences
        """
        rows = [
            [_clean(field), kind, _clean(reason), is_zero, count]
            for (field, kind, reason, is_zero), count in self.counts.items()
        ]
        if counted is None:
            keep_counts(env, run, stream_id, rows)
        else:
            counted += rows
        names = "record_id stream source_id field path value reason is_zero".split()
        if self.rows:
            execute_values(
                env.cr._obj,
                "INSERT INTO crm_migration_unaccounted (job_id, run_id, company_id,"
                f" stream_id, {', '.join(names)}) VALUES %s",
                [
                    (
                        *(run.job_id.id, run.id, run.job_id.company_id.id, stream_id),
                        *(row[name] for name in names),
                    )
                    for row in self.rows
                ],
                page_size=1000,
            )
        return self.differences


def keep_counts(env, run, stream_id, rows):
    """Add counts to the coverage of a run: lists field, kind, reason, is zero, count."""
    if rows:
        execute_values(
            env.cr._obj,
            """
            INSERT INTO crm_migration_coverage (
                job_id, run_id, company_id, stream_id, field, kind, reason, is_zero, count)
            VALUES %s
            ON CONFLICT (run_id, stream_id, field, kind, reason, is_zero) DO UPDATE
               SET count = crm_migration_coverage.count + EXCLUDED.count
            """,
            [
                (run.job_id.id, run.id, run.job_id.company_id.id, stream_id, *row)
                for row in rows
            ],
            page_size=1000,
        )


def _clean(text):
    return text.replace("\x00", "")


def _as_text(value):
    if value is None or value is False:
        return ""
    if hasattr(value, "_name"):
        return ", ".join(record.display_name or "" for record in value)
    return str(value)
