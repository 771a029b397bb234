"""Read every mapped field of every loaded record again, and compare."""

from collections import Counter

from psycopg2.extras import execute_values

from odoo import SUPERUSER_ID, models
from odoo.tools import SQL

from ..loading.verify_sql import Shapes
from ..staging.crm_migration_record_wiped import UNCOMPARED

CHUNK = 1000
"""Rows that are compared in Python at once."""

AT_ONCE, AT_FIRST = 5000, 500
"""Staging records that one statement compares, and of which it is learned first what there
is: those it compares twice."""

FREQUENT, MANY = 4, 400
"""Rows from which on a shape is worth a look of its own, and shapes worth knowing."""

IN_PYTHON = "crm_migration_verify_in_python"
"""In the context: compare all in Python, as a test does that compares both ways."""


COUNTED = "crm_migration_verify_counted"
"""In the context: where a slice puts its counts, a list."""


class CrmMigrationPhaseVerify(models.AbstractModel):
    """A difference is listed with both values; nothing is corrected."""

    _name = "crm.migration.phase.verify"
    _description = "Migration Phase: Verify"
    _inherit = ["crm.migration.phase.shared", "crm.migration.phase.mapped"]
    _changes_staged = False
    _share_size = 2500
    # What each slice learns anew takes as long as some two thousand of its records.
    _slice_most, _slice_rounds = 5000, 2

    def _start(self, run):
        job = run.job_id
        self.env["crm.migration.difference"].search(
            [("job_id", "=", job.id), ("state", "in", ("open", "kept"))]
        ).unlink()
        run.total = self.env["crm.migration.id.map"].search_count(
            [("job_id", "=", job.id)]
        )
        self._tell_wiped(run)

    def _tell_wiped(self, run):
        """Say how many records cannot be compared: their values are wiped."""
        self.env["crm.migration.record"]._report_wiped(
            run,
            ("wiped_uncompared", "info"),
            UNCOMPARED,
            run.job_id.stream_ids,
        )

    # -- what several do ---------------------------------------------------------

    def _get_object(self, place):
        return place.mapping.stream_id

    def _work_slice(self, run, piece):
        counted = []
        self = self.with_context(**{COUNTED: counted})
        place = self._get_plan(run)[piece["place"]]
        after, until = piece["record_ids"][0] - 1, piece["record_ids"][-1]
        while after is not None and after < until:
            after = self._work_place(run, place, after, until)
            self.env.flush_all()
            self.env.invalidate_all()
        compared = Counter()
        for key, _number, values in counted:
            compared[key] += values
        return {"done": sum(number for _key, number, _v in counted)}, compared

    def _take_in(self, run, found):
        for compared in found:
            for key, values in compared.items():
                self._add(run, key, 0, values)

    # -- what goes the short way -------------------------------------------------

    def _get_plan(self, run):
        return [Shapes(mapping) for mapping in self._get_mappings(run)]

    def _work_place(self, run, place, after, until=None):
        """Compare the next rows: what SQL finds to be as staged needs no second look."""
        if not isinstance(place, Shapes):
            place = Shapes(place)
        target = self.env["crm.migration.target"]._for(place.mapping.model_name)
        if not target._plain_targets or self.env.context.get(IN_PYTHON):
            place.is_slow = True
        if place.is_slow:
            return self._work_slowly(run, place.mapping, target, after, until)
        last = self._get_last(place.mapping.stream_id, after, AT_ONCE, until)
        if not last:
            return None
        found = self._find_same(run, place, target, after, last)
        left, same, compared = [], 0, 0
        for key, is_same, count, values, _first, _last, others in found:
            if is_same:
                same += count
                compared += count * place.known[key].compared + values
            else:
                left += others
        if same:
            self._count(run, place.mapping, same, compared)
        for start in range(0, len(left), CHUNK):
            self._work_ids(run, place.mapping, target, sorted(left)[start:][:CHUNK])
        place.is_slow = len(left) > same
        return last

    def _find_same(self, run, place, target, after, last):
        """Return what the statement finds, once all frequent shapes are known."""
        loader, batch = target._begin(run, place.mapping, [])
        if place.kinds is None:
            place.kinds = loader._list_kinds(batch)
            first = self._get_last(place.mapping.stream_id, after, AT_FIRST, last)
            self._learn(
                run, place, target, loader._find_same(batch, place, after, first)
            )
        found = loader._find_same(batch, place, after, last)
        if self._learn(run, place, target, found):
            found = loader._find_same(batch, place, after, last)
        return found

    def _learn(self, run, place, target, found):
        """Look at the frequent shapes that are news; return whether there were any."""
        new = {
            key: sorted({first, latest})
            for key, _same, count, _values, first, latest, _others in found
            if count >= FREQUENT and first and key not in place.known
        }
        if not new or len(place.known) + len(new) > MANY:
            return False
        ids = sorted({staged_id for ids in new.values() for staged_id in ids})
        rows = self._fetch_rows(place.mapping, ids)
        loader, batch = target._begin(run, place.mapping, rows)
        loader._learn(batch, place, new)
        return True

    def _work_ids(self, run, mapping, target, ids):
        if rows := self._fetch_rows(mapping, ids):
            self._work_rows(run, mapping, target, rows)

    def _fetch_rows(self, mapping, ids):
        """Return the rows with these staging ids, in their order."""
        rows, after = [], ids[0] - 1
        condition = f"record.id IN ({', '.join(map(str, ids))})"
        while len(rows) < len(ids):
            more = self._get_loaded_rows(mapping, after, len(ids), condition=condition)
            if not more:
                break
            rows += more
            after = more[-1]["id"]
        return rows

    # -- what goes the long way --------------------------------------------------

    def _get_rows(self, run, mapping, after, target):
        return self._get_loaded_rows(mapping, after, CHUNK)

    def _work_slowly(self, run, mapping, target, after, until):
        rows = self._get_loaded_rows(mapping, after, CHUNK, until=until)
        if not rows:
            return None
        self._work_rows(run, mapping, target, rows)
        return rows[-1]["id"]

    def _work_rows(self, run, mapping, target, rows):
        compared, differences = target._verify(run, mapping, rows)
        self._keep(run, differences)
        self._count(run, mapping, len(rows), compared)

    def _count(self, run, mapping, number, compared):
        counted, key = self.env.context.get(COUNTED), str(mapping.stream_id.id)
        if counted is None:
            self._add(run, key, number, compared)
        else:
            counted.append((key, number, compared))

    def _add(self, run, key, number, compared):
        compared_of = dict(run.compared_of or {})
        compared_of[key] = compared_of.get(key, 0) + compared
        run.write(
            {
                "done": run.done + number,
                "compared_count": run.compared_count + compared,
                "compared_of": compared_of,
            }
        )

    def _keep(self, run, differences):
        """Insert the differences: dicts of record_id, res_model, res_id, field, …

        What a person has accepted before, with the same two values, stays accepted.
        """
        names = "record_id stream source_id res_model res_id field kind expected found"
        names = names.split()
        if not differences:
            return
        columns = ", ".join(names)
        differences = self._set_work_apart(run, differences)
        execute_values(
            self.env.cr._obj,
            f"""
            INSERT INTO crm_migration_difference (job_id, run_id, state, {columns})
            SELECT new.* FROM (VALUES %s) AS new (job_id, run_id, state, {columns})
             WHERE NOT EXISTS (
                   SELECT FROM crm_migration_difference AS known
                    WHERE known.job_id = new.job_id AND known.state = 'accepted'
                      AND known.record_id = new.record_id AND known.field = new.field
                      AND (known.kind, known.expected, known.found)
                          IS NOT DISTINCT FROM (new.kind, new.expected, new.found))
            """,
            [
                (
                    *(run.job_id.id, run.id, row.get("state") or "open"),
                    *(row.get(name) for name in names),
                )
                for row in differences
            ],
            template="(%s, %s, %s, %s::int, %s, %s, %s, %s::int, %s, %s::varchar,"
            " %s::text, %s::text)",
        )

    def _set_work_apart(self, run, differences):
        """Return the differences, those that a person made as such: their work stays.

        It is a person's where somebody else than the load was the last to write the
        record, after it was loaded. A record that a later reading did not find in Odoo
        any more was deleted there, and is not brought back.
        """
        concerned = [row for row in differences if row.get("res_id")]
        worked_on = set()
        for model_name in {row["res_model"] for row in concerned}:
            ids = {row["res_id"] for row in concerned if row["res_model"] == model_name}
            worked_on |= self._find_worked_on(run, model_name, list(ids))
        for row in concerned:
            if (row["res_model"], row["res_id"]) in worked_on:
                row |= {"state": "kept", "kind": "worked_on"}
            elif row["field"] == "id" and self._may_be_deleted(run, row):
                row |= {"state": "kept", "kind": "deleted"}
        return differences

    def _may_be_deleted(self, run, row):
        """Tell whether a record that is gone is taken for a person's work: no opt-out is."""
        target = self.env["crm.migration.target"]._for(row["res_model"])
        return run.job_id._is_read_again() and not target._must_stand

    def _find_worked_on(self, run, model_name, ids):
        """Return (model, id) of what a person has written since it was loaded."""
        model = self.env[model_name]
        if not model._log_access:
            return set()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT map.res_model, map.res_id
                  FROM crm_migration_id_map AS map
                  JOIN %(table)s AS record ON record.id = map.res_id
                 WHERE map.job_id = %(job)s AND map.res_model = %(model)s
                   AND map.res_id = ANY(%(ids)s)
                   AND record.write_date <> map.watermark
                   AND record.write_uid <> %(loader)s
                """,
                table=SQL.identifier(model._table),
                job=run.job_id.id,
                model=model_name,
                ids=ids,
                loader=SUPERUSER_ID,
            )
        )
        return set(rows)

    def _finish(self, run):
        run.job_id._reconcile(run)
        self.env["crm.migration.difference"].invalidate_model()
