"""What became of each staging record, and why."""

from odoo import models

from ..words.messages import IN_MESSAGE, IN_NOTES, format_message
from ..words.reader import for_reader
from .usage import as_array


class CrmMigrationLoadingOutcome(models.AbstractModel):
    _name = "crm.migration.loading.outcome"
    _description = "Migration: Loading Outcome"

    def _record_outcome(self, batch):
        """Say on each staging record what became of it, and report what went wrong.

        A record with several parts is loaded when all of them are.
        """
        Message = self.env["crm.migration.message"]
        problems = [problem for item in batch.items for problem in item.problems]
        self._say_what_is_kept(batch)
        self._retell_what_is_kept(batch)
        self._name_concerned(batch, problems)
        Message._report(batch.run, problems)
        done = self._record_good(batch)
        rows = [
            (
                item.row["id"],
                item.part,
                {"failed": "failed", "skipped": "skipped"}.get(item.outcome, "loaded"),
                item.failure or (item.problems[0]["code"] if item.problems else None),
                self._why(item),
                batch.model_name,
                item.res_id or None,
            )
            for item in batch.items
            if item.problems or item.row["id"] not in done
        ]
        if not rows:
            return
        self.env.cr.execute(
            """
            UPDATE crm_migration_record AS record
               SET state = CASE WHEN new.state = 'loaded' AND new.partly
                                THEN record.state ELSE new.state END,
                   problem = CASE WHEN new.problem IS NOT NULL THEN new.problem
                                  WHEN record.state = 'failed' AND NOT new.partly
                                  THEN NULL ELSE record.problem END,
                   message = CASE WHEN new.problem IS NOT NULL THEN new.message
                                  WHEN record.state = 'failed' AND NOT new.partly
                                  THEN NULL ELSE record.message END,
                   res_model = CASE WHEN new.part = '' OR record.res_id IS NULL
                                    THEN new.res_model ELSE record.res_model END,
                   res_id = CASE WHEN new.part = '' OR record.res_id IS NULL
                                 THEN new.res_id ELSE record.res_id END
              FROM (
                SELECT given.*, old.state = 'failed' AND EXISTS (
                        SELECT FROM jsonb_object_keys(old.values) AS other
                         WHERE other <> given.part AND NOT EXISTS (
                            SELECT FROM crm_migration_id_map AS map
                             WHERE map.job_id = old.job_id
                               AND map.stream = old.stream
                               AND map.source_id = old.source_id
                               AND map.part = other)) AS partly
                  FROM unnest(%s::int[], %s, %s, %s::varchar[], %s::text[], %s, %s::int[])
                       AS given (id, part, state, problem, message, res_model, res_id)
                  JOIN crm_migration_record AS old ON old.id = given.id
              ) AS new
             WHERE record.id = new.id
            """,
            [*map(list, zip(*rows, strict=True))],
        )
        self.env["crm.migration.record"].invalidate_model()

    def _record_good(self, batch):
        """Do the same for what went well all along; return the ids of these rows."""
        good = [i for i in batch.items if i.outcome != "failed" and not i.problems]
        if not good:
            return set()
        ids = [item.row["id"] for item in good]
        self.env.cr.execute(
            """
            UPDATE crm_migration_record AS record
               SET state = 'loaded',
                   res_model = CASE WHEN %(whole)s OR record.res_id IS NULL
                                    THEN %(model)s ELSE record.res_model END,
                   res_id = CASE WHEN %(whole)s OR record.res_id IS NULL
                                 THEN new.res_id ELSE record.res_id END
              FROM unnest(%(ids)s::int[], %(res_ids)s::int[]) AS new (id, res_id)
             WHERE record.id = new.id AND record.state IN ('ready', 'loaded')
               -- They stand side by side: else a large table is read for every batch.
               AND record.id >= %(first)s AND record.id <= %(last)s
         RETURNING record.id
            """,
            {
                "whole": not batch.mapping.part,
                "model": batch.model_name,
                "ids": as_array(ids),
                "first": min(ids),
                "last": max(ids),
                "res_ids": [item.res_id or None for item in good],
            },
        )
        return {res_id for (res_id,) in self.env.cr.fetchall()}

    def _say_what_is_kept(self, batch):
        """Say where a value is that found no field, as it came out in the end.

        Of a record that is not loaded nothing is kept. Where Odoo has no notes, or keeps
        those that it had, the message is all there is.
        """
        kept = self.env["crm.migration.message"]._get_kept()
        has_notes = self._has_notes(batch)
        for item in batch.items:
            if item.outcome in ("failed", "skipped"):
                continue
            for problem in item.problems:
                self._say_what_stands(batch, item, problem)
                if problem["code"] in kept:
                    there = has_notes and item.keeps_notes
                    problem["data"]["kept"] = IN_NOTES if there else IN_MESSAGE

    def _say_what_stands(self, batch, item, problem):
        """Say what the load itself put in the place of a value that was left out.

        A project whose visibility Odoo does not know is closed: its default opens it.
        """
        name = problem["field"] and self._field_name(batch, problem["field"])
        is_own = problem["code"] == "value_left_out" and item.vals.get(name)
        if not is_own or not item.res_id:
            return
        default = batch.once(
            ("default", name), lambda: batch.model.default_get([name]).get(name)
        )
        if item.vals[name] != default:
            record = batch.model.browse(item.res_id)
            now = self.env["crm.migration.display"]._show_field(record, name)
            problem["code"] = "value_replaced"
            problem["data"]["instead"] = now

    def _retell_what_is_kept(self, batch):
        """Say where the values are now of which the transformation said where they go."""
        has_notes, sentences = self._has_notes(batch), {}
        for item in batch.items:
            if not item.unplaced:
                continue
            place = IN_NOTES if has_notes and item.keeps_notes else IN_MESSAGE
            lost = item.outcome in ("failed", "skipped")
            ids = sentences.setdefault(None if lost else place, [])
            ids.append(item.row["id"])
        if sentences:
            self.env["crm.migration.message"]._retell(batch.job, sentences)

    def _see_notes(self, batch, item, record):
        """Remember whether the notes of a record that was there before hold the new ones."""
        if self._notes_in_chatter:
            # What is merged with a record that was there leaves no note on it.
            item.keeps_notes = bool(item.mapped)
        name = self._note_field(batch)
        if name and item.problems:
            wanted = self._plain(record, name, item.vals.get(name) or False)
            item.keeps_notes = self._plain(record, name) == wanted

    def _name_concerned(self, batch, problems):
        """Let the sentences name fields and owners as people know them."""
        reader = for_reader(self)
        for problem in problems:
            if problem["field"]:
                label = reader._label(batch, problem["field"])
                problem["data"].setdefault("field", label)
        self._name_missing(batch, problems)
        Message = self.env["crm.migration.message"]
        named = Message._format_data(batch.job, problems) if problems else ()
        for problem, words in zip(problems, named, strict=True):
            problem["data"] = words

    def _name_missing(self, batch, problems):
        """Call a record that is not in Odoo by its name, where it was read at all."""
        codes = ("reference_missing", "reference_filtered", "link_refused")
        missing = [p for p in problems if p["code"] in codes]
        keys = {(p["data"].get("stream"), p["value"]) for p in missing}
        if not keys:
            return
        self.env.cr.execute(
            """
            SELECT key.stream, key.source_id, record.name
              FROM unnest(%s, %s) AS key (stream, source_id)
              JOIN crm_migration_stream AS stream
                ON stream.job_id = %s AND stream.name = key.stream
              JOIN LATERAL (
                   SELECT read.name FROM crm_migration_record AS read
                    WHERE read.stream_id = stream.id
                      AND read.source_id = key.source_id
                   OFFSET 0) AS record ON record.name IS NOT NULL
            """,
            [*map(list, zip(*keys, strict=True)), batch.job.id],
        )
        names = {(stream, key): name for stream, key, name in self.env.cr.fetchall()}
        for problem in missing:
            key = problem["data"].get("stream"), problem["value"]
            if key in names:
                problem["data"]["value"] = names[key]
                if problem["code"] == "reference_missing":
                    problem["value"] = names[key]

    def _why(self, item):
        """Return the sentences about a record, the worst first."""
        problems = sorted(item.problems, key=lambda each: each["severity"] != "error")
        reader = for_reader(self)
        return "\n".join(reader._format(problem) for problem in problems) or None

    def _format(self, problem):
        data = {name: problem[name] or "" for name in ("field", "value")}
        return format_message(self.env, problem["code"], {**data, **problem["data"]})[0]
