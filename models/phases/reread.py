"""Look at the files a second time: what reading lost, no payload shows."""

import re
from collections import Counter

from odoo import models

from ...connectors import get_source_class
from ...connectors.core.errors import ConnectorError

LISTED = 50
"""Cells of a table that are listed; one is enough to look at the file."""
BLANKS = " \t\r\n\u00a0"
_SIGNS = re.compile(r"[\W_]+")


class CrmMigrationPhaseReread(models.AbstractModel):
    """Compare plain counts and a sample of cells with what was staged.

    A source without a second way of reading has nothing to compare.
    """

    _name = "crm.migration.phase.reread"
    _description = "Migration Phase: Reread"
    _inherit = ["crm.migration.phase"]
    _changes_staged = False
    _tables = ()

    def _start(self, run):
        job = run.job_id
        run.total = len(job.stream_ids)
        if job.anonymize and job.takes_files:
            row = {"code": "not_looked_again", "severity": "info"}
            self.env["crm.migration.message"]._report(run, [row])

    def _run_batch(self, run):
        job = run.job_id
        if not get_source_class(job.source).takes_files or not job.file_ids:
            return True
        streams = job.stream_ids.filtered("selected").sorted(
            lambda s: (s.sequence, s.id)
        )
        position = run.checkpoint or 0
        if position >= len(streams):
            return True
        self._compare(run, streams[position])
        run.write({"checkpoint": position + 1, "done": position + 1})
        return False

    def _compare(self, run, stream):
        if stream._is_wiped():
            return  # there is nothing to compare the file with
        try:
            source = run.job_id._open_source()
            try:
                known = {each.name: each for each in source.get_streams()}
                looks = (
                    source.look_again(known[stream.name])
                    if stream.name in known
                    else ()
                )
            finally:
                source.close()
        except ConnectorError as error:
            row = {"code": error.code, "severity": "warning", "stream": stream.name}
            data = {"sentence": error.sentence, **error.data}
            self.env["crm.migration.message"]._report(run, [{**row, "data": data}])
            return
        if looks:
            differences = [
                *self._compare_rows(stream, looks),
                *self._compare_columns(stream, looks),
                *self._compare_cells(stream, looks),
                *self._compare_blocks(stream, looks),
                *self._compare_formulas(stream, looks),
                *self._compare_quoted(stream, looks),
                *self._find_headings(stream, looks),
            ]
            self.env["crm.migration.phase.verify"]._keep(run, differences)

    def _compare_rows(self, stream, looks):
        if not all(look.is_whole for look in looks):
            return
        wanted = sum(look.rows - look.set_aside for look in looks)
        staged = self.env["crm.migration.record"].search_count(
            [("stream_id", "=", stream.id)]
        )
        found = staged + stream.rejected_count
        if wanted > found:
            yield self._difference(stream, "rows_lost", "", wanted, found)

    def _compare_columns(self, stream, looks):
        """Yield the columns with fewer filled cells than the file has."""
        if not all(look.is_whole for look in looks) or stream.rejected_count:
            return
        if any(look.set_aside for look in looks):
            return
        # Words for nothing (NULL, N/A) are told by reading, and may fill a column.
        filled = _sum_up(look.filled for look in looks)
        filled -= _sum_up(look.nothing for look in looks)
        # A payload is taken apart once: it may be of hundreds of columns.
        for row in self._fetch(
            """
            SELECT member.key AS name, count(NULLIF(member.value, '')) AS found
              FROM crm_migration_record AS record,
                   jsonb_each_text(CASE WHEN jsonb_typeof(record.payload) = 'object'
                                        THEN record.payload END) AS member
             WHERE record.stream_id = %s AND member.key = ANY(%s)
             GROUP BY member.key
            """,
            [stream.id, list(filled)],
        ):
            if row["found"] < filled[row["name"]] * 0.98 - 1:
                yield self._difference(
                    stream, "cells_lost", row["name"], filled[row["name"]], row["found"]
                )

    def _compare_cells(self, stream, looks):
        """Yield sampled codes whose text no payload holds in that column.

        Every other text may be written in another way and mean the same, and the values
        of the payload are looked up in Odoo.
        """
        cells = list(
            dict.fromkeys(
                (column, text)
                for look in looks
                for _n, column, text in look.cells
                if _is_code(text)
            )
        )
        for column in dict.fromkeys(column for column, _text in cells):
            texts = [text for name, text in cells if name == column]
            rows = self._fetch(
                """
                SELECT DISTINCT ON (wanted.text) wanted.text
                  FROM unnest(%(texts)s) AS wanted(text)
                  JOIN crm_migration_record AS record
                    ON record.stream_id = %(stream)s
                   AND record.payload ->> %(column)s = wanted.text
                """,
                {"texts": texts, "stream": stream.id, "column": column},
            )
            there = {row["text"] for row in rows}
            yield from self._judge(stream, column, set(texts) - there)

    def _judge(self, stream, column, texts):
        """Yield the codes that stand there with other digits."""
        codes = sorted(texts)
        if not codes:
            return
        rows = self._fetch(
            "SELECT DISTINCT payload ->> %s AS text FROM crm_migration_record"
            " WHERE stream_id = %s AND ltrim(payload ->> %s, '0') = ANY(%s)",
            [column, stream.id, column, [code.lstrip("0") for code in codes]],
        )
        cut = {row["text"] for row in rows}
        for code in codes[:LISTED]:
            if code.lstrip("0") in {text.lstrip("0") for text in cut}:
                yield self._difference(
                    stream, "zeros_lost", column, code, code.lstrip("0")
                )

    def _compare_blocks(self, stream, looks):
        """Yield the values of merged cells that fewer records have than rows they take.

        A text that no record has was changed in reading: other comparisons judge that.
        """
        if not all(look.is_whole for look in looks) or stream.rejected_count:
            return
        if any(look.set_aside for look in looks):
            return
        wanted = _sum_up(look.blocks for look in looks)
        pairs = list(wanted)
        for row in self._fetch(
            """
            SELECT wanted.name, wanted.text, count(*) AS found
              FROM unnest(%(names)s::text[], %(texts)s::text[])
                   AS wanted(name, text)
              JOIN crm_migration_record AS record
                ON record.stream_id = %(stream)s
               AND btrim(record.payload ->> wanted.name, %(blanks)s) = wanted.text
             GROUP BY wanted.name, wanted.text
            """,
            {
                "names": [name for name, _text in pairs],
                "texts": [text for _name, text in pairs],
                "stream": stream.id,
                "blanks": BLANKS,
            },
        ):
            count = wanted[row["name"], row["text"]]
            if row["found"] < count:
                shown = (
                    f"{row['text']} × {number}" for number in (count, row["found"])
                )
                yield self._difference(stream, "block_lost", row["name"], *shown)

    def _compare_formulas(self, stream, looks):
        """Yield the columns with a 0 for a formula that no program has computed."""
        if not all(look.is_whole for look in looks):
            return
        uncomputed = _sum_up(look.uncomputed for look in looks)
        zeros = _sum_up(look.zeros for look in looks)
        for row in self._fetch(
            """
            SELECT wanted.name, count(*) AS found
              FROM unnest(%s::text[]) AS wanted(name)
              JOIN crm_migration_record AS record
                ON record.stream_id = %s
               AND record.payload ->> wanted.name ~ '^-?0+([.]0*)?$'
             GROUP BY wanted.name
            """,
            [list(uncomputed), stream.id],
        ):
            if row["found"] > zeros.get(row["name"], 0):
                yield self._difference(stream, "not_computed", row["name"], "", 0)

    def _compare_quoted(self, stream, looks):
        """Yield texts with quotes behind backslashes whose signs stand otherwise."""
        quoted = [pair for look in looks for pair in look.quoted]
        for column in dict.fromkeys(column for column, _text in quoted):
            rows = self._fetch(
                "SELECT DISTINCT payload ->> %s AS text FROM crm_migration_record"
                " WHERE stream_id = %s AND payload ->> %s ~ %s",
                [column, stream.id, column, r'["\\]'],
            )
            read = {_plain(row["text"]) for row in rows}
            by_word = {_SIGNS.sub("", text): text for text in read}
            for text in (text for name, text in quoted if name == column):
                found = by_word.get(_SIGNS.sub("", text))
                if found is not None and not read & _forms(text):
                    yield self._difference(stream, "signs_lost", column, text, found)

    def _find_headings(self, stream, looks):
        """Yield rows of headings that became a record."""
        for texts in (look.second_headings for look in looks):
            if len(texts) < 2:
                continue  # one word may be anybody's name
            rows = self._fetch(
                """
                SELECT source_id FROM crm_migration_record
                 WHERE stream_id = %s AND %s::text[] <@ ARRAY(
                     SELECT value FROM jsonb_each_text(payload)) LIMIT 1
                """,
                [stream.id, texts],
            )
            for row in rows:
                found = f"{row['source_id']}: {', '.join(texts)}"
                yield self._difference(stream, "headings_read", "", "", found)

    def _difference(self, stream, kind, field, expected, found):
        return {
            "stream": stream.name,
            "field": field,
            "kind": kind,
            "expected": str(expected),
            "found": str(found),
        }


def _sum_up(counts):
    return sum(map(Counter, counts), Counter())


def _is_code(text):
    """Tell whether a text is of digits, and another one without its first.

    >>> _is_code("0041"), _is_code("41"), _is_code("0"), _is_code("")
    (True, False, False, False)
    """
    return text.isdecimal() and text[0] == "0" and text != "0"


def _plain(text):
    """Return a text without the armour before it and with single blanks."""
    return " ".join(text.split()).lstrip("'=")


def _forms(text):
    """Return the text as PHP means it, and as what escapes quotes does."""
    unquoted = text.replace('\\"', '"')
    return set(map(_plain, (text, unquoted, unquoted.replace("\\\\", "\\"))))
