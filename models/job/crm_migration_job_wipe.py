"""What was read, the files and the credentials: how each of them is wiped, and its size.

*Close* wipes all of it, *Clean Up* what was chosen.
"""

from collections import defaultdict

from odoo import models
from odoo.tools import SQL

from ...connectors.mapping.references import TOGETHER
from ..staging.crm_migration_record_wiped import CLEANED_UP
from ..staging.wanted import TO_COME

OF_CORRECTIONS = "corrections-%"
"""Workbooks that quote the source record by record; documents and guides stay."""

ALL = SQL("TRUE")
DONE = SQL(
    "record.state IN ('loaded', 'skipped', 'unmapped')"
    " AND record.problem IS DISTINCT FROM %s AND NOT %s",
    CLEANED_UP,
    TO_COME,
)
"""What no load needs any more: the rest is still to come, or may have to come back."""

OF_WIPED = """
    SELECT record.stream_id FROM crm_migration_record AS record
     WHERE record.job_id = %(job)s AND %(which)s AND record.is_wiped IS NOT TRUE
"""
"""The objects of which records are wiped: their account is carried on from there."""


class CrmMigrationJobWipe(models.AbstractModel):
    """Set-based, and final: nothing of it is kept anywhere."""

    _name = "crm.migration.job.wipe"
    _description = "Migration: Job Wipe"

    # -- files -------------------------------------------------------------------

    def _wipe_files(self):
        """Remove the files of the source, and what was unpacked of them."""
        self._remove_work_folder()
        self._remove_files(self.file_ids)
        self.file_ids = False

    def _wipe_corrections(self):
        self._get_corrections().unlink()

    def _get_corrections(self):
        return self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("name", "=like", OF_CORRECTIONS),
            ]
        )

    def _measure_work_folder(self):
        """Return how many bytes lie in the work folder of this server."""
        folder = self._name_work_folder()
        files = folder.rglob("*") if folder.is_dir() else ()
        return sum(file.stat().st_size for file in files if file.is_file())

    # -- what was read -------------------------------------------------------------

    def _wipe_payloads(self, which=ALL, keeps_names=False):
        """Empty what quotes the source: payloads, samples, values that were found bad.

        How much was filled stays: by it newer files are recognized later. The hash of
        what is loaded stays as well: read again, only what has changed comes back.

        :param which: SQL, the records that it is about
        :param keeps_names: leave the names by which records to come will refer to them
        """
        names = self._list_naming_members() if keeps_names else {}
        self._execute_wiping(
            "UPDATE crm_migration_coverage SET is_carried = TRUE"
            f" WHERE job_id = %(job)s AND stream_id IN ({OF_WIPED})",
            # What is not wiped is looked at again, and was counted in it as well.
            "UPDATE crm_migration_record AS record SET accounted_as = state"
            " WHERE job_id = %(job)s AND NOT (%(which)s) AND is_wiped IS NOT TRUE"
            f" AND accounted_as IS NULL AND stream_id IN ({OF_WIPED})",
            """
            UPDATE crm_migration_record AS record
               SET is_wiped = TRUE,
                   payload_hash = CASE WHEN record.state = 'loaded'
                                       THEN record.payload_hash END,
                   payload = COALESCE((
                       SELECT jsonb_object_agg(kept.member, COALESCE(
                                  record.payload -> kept.member,
                                  record.payload #> string_to_array(kept.member, '.')))
                         FROM unnest(%(streams)s::text[], %(members)s::text[])
                              AS kept (stream, member)
                        WHERE kept.stream = record.stream
                          AND COALESCE(record.payload -> kept.member,
                                  record.payload #> string_to_array(kept.member, '.'))
                              IS NOT NULL), '{}')
             WHERE record.job_id = %(job)s AND %(which)s
               AND (is_wiped IS NOT TRUE OR NOT %(keeps_names)s AND payload <> '{}')
            """,
            """
            UPDATE crm_migration_stream AS stream
               SET sample = (SELECT jsonb_object_agg(key, value || '{"samples": []}')
                               FROM jsonb_each(stream.sample))
             WHERE job_id = %(job)s AND sample IS NOT NULL
            """,
            """
            UPDATE crm_migration_mapping_line AS line SET samples = NULL
              FROM crm_migration_mapping AS mapping
             WHERE mapping.id = line.mapping_id AND mapping.job_id = %(job)s
            """,
            "UPDATE crm_migration_quality_hit AS hit SET value = NULL"
            "  FROM crm_migration_record AS record"
            " WHERE record.id = hit.record_id AND record.job_id = %(job)s AND %(which)s",
            which=which,
            keeps_names=keeps_names,
            streams=[stream for stream, found in names.items() for _each in found],
            members=[each for found in names.values() for each in found],
        )

    def _list_naming_members(self):
        """Return object → members by which records of others name its records, or its own.

        :rtype: dict
        """
        found = defaultdict(set)
        # By it what has vanished with a record is found, and what to read for a part.
        for stream in self.stream_ids.filtered("derived_from"):
            found[stream.name].add("_parent")
        for steps in self.mapping_ids.line_ids.mapped("steps"):
            for name, *arguments in steps or ():
                if name == "lookup_by":
                    found[arguments[0]].add(arguments[1])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ref ->> 0, ref ->> 2
                  FROM crm_migration_record AS record,
                       jsonb_path_query(record.values, 'strict $.**."$ref"') AS ref
                 WHERE record.job_id = %s AND jsonb_typeof(ref) = 'array'
                   AND ref ->> 2 IS NOT NULL
                """,
                self.id,
            )
        )
        for stream, member in rows:
            found[stream].add(member)
        return {
            stream: sorted(
                {part for member in members for part in member.split(TOGETHER)}
            )
            for stream, members in found.items()
        }

    def _wipe_values(self, which=ALL):
        """Empty what the payloads were turned into.

        :param which: SQL, the records that it is about
        """
        self._execute_wiping(
            "UPDATE crm_migration_record AS record SET values = NULL"
            " WHERE record.job_id = %(job)s AND %(which)s AND values IS NOT NULL",
            which=which,
        )

    def _wipe_edits(self):
        self._execute_wiping(
            "UPDATE crm_migration_record SET edits = NULL"
            " WHERE job_id = %(job)s AND edits IS NOT NULL"
        )

    def _wipe_places(self):
        """Forget how far reading came: places in the source's lists may be names."""
        self._execute_wiping(
            "UPDATE crm_migration_stream SET checkpoint = NULL WHERE job_id = %(job)s",
            # The conditions of a sample were typed from what was seen of the source.
            "UPDATE crm_migration_run SET checkpoint = NULL,"
            " parameters = parameters #- '{sample,filter}' WHERE job_id = %(job)s",
        )

    def _wipe_conflicts(self):
        """Empty the three values of conflicts that are settled; who decided what stays."""
        self._execute_wiping(
            """
            UPDATE crm_migration_conflict
               SET then_value = NULL, theirs_value = NULL, mine_value = NULL,
                   own_value = NULL, then_text = NULL, theirs_text = NULL,
                   mine_text = NULL, own_text = NULL
             WHERE job_id = %(job)s AND state = 'settled'
            """
        )

    def _execute_wiping(self, *queries, **parameters):
        self.ensure_one()
        self.env.flush_all()
        for query in queries:
            names = {**parameters, "job": self.id}
            self.env.cr.execute(
                SQL(query, **{n: v for n, v in names.items() if f"%({n})s" in query})
            )
        self.env.invalidate_all(flush=False)

    # -- how much it is ------------------------------------------------------------

    def _measure_read(self):
        """Return name → (rows, bytes) of what could be wiped of what was read."""
        self.env.flush_all()
        [row] = self.env.execute_query(
            SQL(
                """
                SELECT count(*) FILTER (WHERE %(done)s AND is_wiped IS NOT TRUE),
                       sum(pg_column_size(payload))
                           FILTER (WHERE %(done)s AND is_wiped IS NOT TRUE),
                       count(values) FILTER (WHERE %(done)s),
                       sum(pg_column_size(values)) FILTER (WHERE %(done)s),
                       count(*) FILTER (WHERE NOT %(done)s)
                  FROM crm_migration_record AS record WHERE job_id = %(job)s
                """,
                done=SQL("(%s)", DONE),
                job=self.id,
            )
        )
        [conflicts] = self.env.execute_query(
            SQL(
                "SELECT count(*), sum(pg_column_size(conflict))"
                "  FROM crm_migration_conflict AS conflict"
                " WHERE job_id = %s AND state = 'settled' AND COALESCE("
                "then_text, theirs_text, mine_text, own_text, then_value, theirs_value,"
                " mine_value, own_value) IS NOT NULL",
                self.id,
            )
        )
        return {
            "payloads": (row[0], row[1] or 0),
            "values": (row[2], row[3] or 0),
            "conflicts": (conflicts[0], conflicts[1] or 0),
            "to_come": (row[4], 0),
        }
