"""What is written down about a batch, each in one statement: origin, links, outcome."""

import json

from odoo import fields, models

from ..wording import get_words
from .batch import hash_row


class CrmMigrationLoader(models.AbstractModel):
    _inherit = "crm.migration.loader"

    # -- dates and authors of origin -------------------------------------------

    def _origin(self, batch, item):
        """Return (created at, changed at, created by, changed by), None if unknown.

        What was never said to have changed was last changed when it was made.
        """
        if item.origin:
            return item.origin
        created = self._as_datetime("@created_at", item.targets.get("@created_at"))
        changed = self._as_datetime("@updated_at", item.targets.get("@updated_at"))
        author = self._look_up_user(batch, item, "@created_by")
        editor = self._look_up_user(batch, item, "@updated_by")
        item.origin = created, changed or created, author, editor or author
        return item.origin

    def _look_up_user(self, batch, item, target):
        if not item.targets.get(target):
            return None
        return self._look_up_id(batch, item, target, "res.users") or None

    def _backdate(self, batch, items):
        """Let what is computed from the date of creation see the true one at once."""
        field = batch.model._fields["create_date"]
        if not self._depends_on_creation(batch.model):
            return
        for item in items:
            if made := self._origin(batch, item)[0]:
                field._update_cache(batch.model.browse(item.res_id), made)
        batch.model.browse([item.res_id for item in items]).modified(["create_date"])

    def _stamp(self, batch, items, created=True):
        """Give the records their own dates and authors; ``create`` drops them.

        :param created: else only who changed them last, and when
        """
        rows = []
        for item in items:
            made, changed, author, editor = self._origin(batch, item)
            if not created:
                made = author = None
            if made or changed or author or editor:
                rows.append((item.res_id, made, changed, author, editor))
        self._write_origin(batch.model, rows)

    def _write_origin(self, model, rows):
        if not rows or not model._log_access:
            return
        self.env.cr.execute_values(
            f"""
                UPDATE "{model._table}" AS record
                   SET create_date = COALESCE(new.made::timestamp, record.create_date),
                       write_date = COALESCE(new.changed::timestamp, record.write_date),
                       create_uid = COALESCE(new.author::int, record.create_uid),
                       write_uid = COALESCE(new.editor::int, record.write_uid)
                  FROM (VALUES %s) AS new (id, made, changed, author, editor)
                 WHERE record.id = new.id
            """,
            rows,
            page_size=1000,
        )
        model.browse([row[0] for row in rows]).invalidate_recordset(
            ["create_date", "write_date", "create_uid", "write_uid"]
        )

    def _depends_on_creation(self, model):
        """Tell whether a stored field is computed from the date of creation."""
        field = model._fields["create_date"]
        return any(
            each.store and each.model_name == model._name
            for each in self.env.registry.get_dependent_fields(field)
        )

    # -- id map ----------------------------------------------------------------

    def _write_links(self, batch, items):
        """Write down which record stands for which row, and how we left it."""
        if not items:
            return
        left = "record.write_date" if batch.model._log_access else "NULL"
        columns = [
            (
                item.row["id"],
                item.res_id,
                item.outcome,
                item.rollback_action,
                hash_row(item.row),
                self._as_json(item.deferred),
                self._as_json(item.all_extras()),
            )
            for item in items
        ]
        self.env.cr.execute(
            f"""
            INSERT INTO crm_migration_id_map (
                job_id, run_id, part, res_model, loaded_at, stream, source_id, loaded,
                res_id, outcome, rollback_action, values_hash, deferred, extras, watermark)
            SELECT %(job)s, %(run)s, %(part)s, %(model)s, %(now)s,
                   staged.stream, staged.source_id,
                   (staged.values -> %(part)s) || COALESCE(staged.edits -> %(part)s, '{{}}'),
                   new.res_id, new.outcome, new.rollback_action, new.values_hash,
                   new.deferred::jsonb, new.extras::jsonb, {left}
              FROM unnest(%(ids)s::int[], %(res_ids)s::int[], %(outcomes)s, %(actions)s,
                          %(hashes)s, %(deferred)s::text[], %(extras)s::text[])
                   AS new (id, res_id, outcome, rollback_action, values_hash, deferred, extras)
              JOIN crm_migration_record AS staged ON staged.id = new.id
              LEFT JOIN "{batch.model._table}" AS record ON record.id = new.res_id
            ON CONFLICT (job_id, stream, source_id, part) DO UPDATE
               SET run_id = EXCLUDED.run_id, values_hash = EXCLUDED.values_hash,
                   loaded_at = EXCLUDED.loaded_at, loaded = EXCLUDED.loaded,
                   deferred = EXCLUDED.deferred, watermark = EXCLUDED.watermark,
                   extras = EXCLUDED.extras
            """,
            {
                "job": batch.job.id,
                "run": batch.run.id or None,
                "part": batch.mapping.part or "",
                "model": batch.model_name,
                "now": self.env.cr.now(),
                **dict(
                    zip(
                        (
                            "ids",
                            "res_ids",
                            "outcomes",
                            "actions",
                            "hashes",
                            "deferred",
                            "extras",
                        ),
                        map(list, zip(*columns, strict=True)),
                        strict=True,
                    )
                ),
            },
        )
        self.env["crm.migration.id.map"].invalidate_model()

    def _as_json(self, value):
        return json.dumps(value, ensure_ascii=False, default=str) if value else None

    # -- journal ---------------------------------------------------------------

    def _write_journal(self, batch, changes):
        """Keep the before-image of each change.

        :param changes: (id, {field: before}, {field: after}), JSON values
        """
        now = fields.Datetime.now()
        rows = [
            (
                batch.job.id,
                batch.run.id or None,
                batch.model_name,
                res_id,
                json.dumps(before, default=str),
                json.dumps(after, default=str),
                now,
            )
            for res_id, before, after in changes
        ]
        if rows:
            self.env.cr.execute_values(
                "INSERT INTO crm_migration_journal (job_id, run_id, res_model, res_id,"
                " before, after, written_at) VALUES %s",
                rows,
                page_size=1000,
            )
            self.env["crm.migration.journal"].invalidate_model()

    # -- staging records -------------------------------------------------------

    def _record_outcome(self, batch):
        """Say on each staging record what became of it, and report what went wrong.

        A record with several parts is loaded when all of them are.
        """
        Message = self.env["crm.migration.message"]
        Message._report(
            batch.run, [problem for item in batch.items for problem in item.problems]
        )
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
            if item.problems or item.key not in done
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
        """Do the same for what went well all along; return the keys of these rows."""
        good = [i for i in batch.items if i.outcome != "failed" and not i.problems]
        if not good:
            return set()
        self.env.cr.execute(
            """
            UPDATE crm_migration_record AS record
               SET state = 'loaded',
                   res_model = CASE WHEN %(whole)s OR record.res_id IS NULL
                                    THEN %(model)s ELSE record.res_model END,
                   res_id = CASE WHEN %(whole)s OR record.res_id IS NULL
                                 THEN new.res_id ELSE record.res_id END
              FROM unnest(%(ids)s, %(res_ids)s) AS new (id, res_id)
             WHERE record.id = new.id AND record.state IN ('ready', 'loaded')
         RETURNING record.stream, record.source_id
            """,
            {
                "whole": not batch.mapping.part,
                "model": batch.model_name,
                "ids": [item.row["id"] for item in good],
                "res_ids": [item.res_id or None for item in good],
            },
        )
        return set(self.env.cr.fetchall())

    def _why(self, item):
        """Return the sentences about a record, the worst first."""
        problems = sorted(item.problems, key=lambda each: each["severity"] != "error")
        return "\n".join(self._word(problem) for problem in problems) or None

    def _word(self, problem):
        data = {name: problem[name] or "" for name in ("field", "value")}
        return get_words(self.env, problem["code"], {**data, **problem["data"]})[0]
