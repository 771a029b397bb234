"""Who takes over from an owner: every user field of what was loaded, told apart by SQL.

What a record was loaded with names its owners (``loaded`` of the id map); the target that
names one says which column it filled. Nothing is written through Odoo: dates and authors
stay, nobody hears of it.
"""

from odoo import models
from odoo.tools import SQL

from .batch import AUTHORS, OWNER
from .followers import FOLLOWERS

MOVE, CHANGED, FOREIGN, COMPANY, ALREADY = (
    *("move", "changed", "foreign", "company", "already"),
)
"""What becomes of a reference: moved, left to the person who chose somebody else, not the
migration's own, in a company that the new user may not enter, or there already."""


class CrmMigrationLoadingReassign(models.AbstractModel):
    """``reassign_pair`` says who goes and who comes, ``reassign_move`` where."""

    _name = "crm.migration.loading.reassign"
    _description = "Migration: Loading Reassign"
    _inherit = ["crm.migration.loading.reassign.lists"]

    _stays_with_users = ()
    """Computed columns that the load gives itself: another user does not change them."""

    # -- who is named where ----------------------------------------------------

    def _find_references(self, job, pairs):
        """Fill the table of what refers to owners, each with what becomes of it.

        :param pairs: ``(owner, user who stands for them, user who takes over)``; the
            users may be empty
        """
        self.env.flush_all()
        self.env.cr.execute(
            """
            DROP TABLE IF EXISTS reassign_pair, reassign_naming, reassign_move;
            CREATE TEMP TABLE reassign_pair (
                owner_id int, key text PRIMARY KEY, old int, new int, is_made bool)
                ON COMMIT DROP;
            CREATE TEMP TABLE reassign_move (
                res_model text, field text, kind text, res_id int, key text,
                old int, new int, verdict text) ON COMMIT DROP;
            CREATE INDEX ON reassign_move (res_model, res_id)
            """
        )
        if pairs:
            self.env.cr.execute_values(
                "INSERT INTO reassign_pair (owner_id, key, old, new, is_made) VALUES %s",
                [
                    (
                        *(owner.id, owner.key, old.id or None, new.id or None),
                        bool(old) and old == owner._get_made(),
                    )
                    for owner, old, new in pairs
                ],
            )
        self._find_named(job)
        for model, group in self._list_places(job).items():
            if model in self.env:
                self._for(model)._find_in_model(job, self.env[model], group)
                # Nobody else tells the planner how many rows a temporary table has.
                self.env.cr.execute("ANALYZE reassign_move")
        if any(old and old == owner._get_made() for owner, old, _new in pairs):
            self._find_unnamed(job)
        self.env.cr.execute("ANALYZE reassign_move")

    def _find_named(self, job):
        """Say for each record which target named which of the owners."""
        self.env.cr.execute(
            SQL(
                """
                CREATE TEMP TABLE reassign_naming ON COMMIT DROP AS
                SELECT DISTINCT map.id AS map_id, map.res_model, map.res_id, map.stream,
                       map.part, map.rollback_action = 'delete' AS is_own,
                       each.key AS target, pair.key,
                       jsonb_typeof(each.value) = 'array' AS is_list
                  FROM crm_migration_id_map AS map
                 CROSS JOIN LATERAL jsonb_each(map.loaded) AS each
                 CROSS JOIN LATERAL (
                       SELECT each.value ->> %(owner)s AS key WHERE each.value ? %(owner)s
                        UNION ALL
                       SELECT deep #>> '{}'
                         FROM jsonb_path_query(each.value, 'strict $.**."$owner"') AS deep
                        WHERE NOT each.value ? %(owner)s) AS named
                  JOIN reassign_pair AS pair ON pair.key = named.key
                 WHERE map.job_id = %(job)s AND jsonb_typeof(map.loaded) = 'object'
                   AND jsonb_typeof(each.value) IN ('object', 'array')
                   AND each.key <> ALL(%(authors)s)
                """,
                owner=OWNER,
                job=job.id,
                authors=list(AUTHORS),
            )
        )
        self.env.cr.execute(
            "CREATE INDEX ON reassign_naming (res_model, target);"
            " CREATE INDEX ON reassign_naming (res_model, res_id); ANALYZE reassign_naming"
        )

    def _list_places(self, job):
        """Return model → (stream, part, target) that name one of the owners."""
        self.env.cr.execute(
            "SELECT DISTINCT res_model, stream, part, target FROM reassign_naming"
            " ORDER BY 1, 2, 3, 4"
        )
        places = {}
        for model, *place in self.env.cr.fetchall():
            places.setdefault(model, []).append(tuple(place))
        return places

    def _find_in_model(self, job, model, places):
        """Look into every field of a model that may hold a user who goes."""
        custom, named = self._get_custom_names(job, model), {}
        for stream, part, target in places:
            name = custom.get((stream, part, target), target)
            named.setdefault(self._get_user_field(model, name), set()).add(target)
        for field, targets in named.items():
            if field is not None:
                self._find_in_field(job, model, field, sorted(targets))

    def _get_custom_names(self, job, model):
        """Return (stream, part, target) → the field that was made for it."""
        lines = job.mapping_ids.filtered(lambda m: m.model_name == model._name).line_ids
        return {
            (line.mapping_id.stream_id.name, line.mapping_id.part or "", line.target): (
                line.custom_field
            )
            for line in lines
            if line.custom_field and line.target
        }

    def _get_user_field(self, model, name):
        """Return the stored field that a target fills, None where it is none of users."""
        field = model._fields.get(name)
        if field is not None and not field.store and field.related:
            # What only shows another field of the record.
            field = "." not in field.related and model._fields[field.related] or field
        if field is None:
            return None
        return field if field.name == FOLLOWERS or field.store else None

    def _list_user_columns(self, model):
        """Return the columns of a model with a user whom a person chooses."""
        return [
            field
            for field in model._fields.values()
            if field.type == "many2one"
            and field.comodel_name == "res.users"
            and field.store
            and field.column_type
            and not (field.compute and field.readonly)
            and field.name not in ("create_uid", "write_uid")
        ]

    # -- what becomes of it ----------------------------------------------------

    def _find_in_field(self, job, model, field, targets):
        if field.type == "many2one" and field.comodel_name == "res.users":
            self._find_in_column(job, model, field, targets)
        elif field.type == "one2many":
            self._find_in_rows(model, field, targets)
        elif field.name == FOLLOWERS or field.comodel_name == "res.users":
            self._find_in_list(job, model, self._get_user_list(model, field), targets)

    def _find_in_column(self, job, model, field, targets):
        value = self._get_column(field)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO reassign_move
                SELECT DISTINCT ON (record.id)
                       %(model)s, %(field)s, 'column', record.id, pair.key,
                       pair.old, pair.new,
                       CASE WHEN %(value)s IS NOT DISTINCT FROM pair.new THEN %(already)s
                            WHEN %(value)s IS DISTINCT FROM pair.old
                            THEN CASE WHEN naming.is_list THEN %(already)s
                                      ELSE %(changed)s END
                            WHEN NOT (naming.is_own OR %(own)s) THEN %(foreign)s
                            WHEN %(outside)s THEN %(company)s
                            ELSE %(move)s END AS verdict
                  FROM reassign_naming AS naming
                  JOIN reassign_pair AS pair ON pair.key = naming.key
                  JOIN %(table)s AS record ON record.id = naming.res_id
                 WHERE naming.res_model = %(model)s AND naming.target = ANY(%(targets)s)
                 ORDER BY record.id, %(value)s IS DISTINCT FROM pair.old, naming.map_id
                """,
                **self._get_verdicts(),
                model=model._name,
                field=field.name,
                value=value,
                own=self._is_written_by(job, model, field),
                outside=self._is_outside(model),
                table=SQL.identifier(model._table),
                targets=targets,
            )
        )

    def _find_in_rows(self, model, field, targets):
        """Move the users of the rows within a record, as far as they are still there."""
        rows = self.env[field.comodel_name]
        inverse = rows._fields.get(field.inverse_name)
        if inverse is None or inverse.type != "many2one" or not inverse.store:
            return
        for each in self._list_user_columns(rows):
            self._find_in_row_column(model, rows, each, inverse, targets)

    def _find_in_row_column(self, model, rows, field, inverse, targets):
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO reassign_move
                SELECT DISTINCT ON (record.id)
                       %(model)s, %(field)s, 'column', record.id, pair.key, pair.old,
                       pair.new, CASE WHEN %(outside)s THEN %(company)s ELSE %(move)s END
                  FROM reassign_naming AS naming
                  JOIN reassign_pair AS pair ON pair.key = naming.key
                  JOIN %(table)s AS record
                    ON record.%(inverse)s = naming.res_id AND %(value)s = pair.old
                 WHERE naming.res_model = %(named)s AND naming.is_own
                   AND naming.target = ANY(%(targets)s)
                   AND pair.new IS DISTINCT FROM pair.old
                 ORDER BY record.id, naming.map_id
                """,
                **self._get_verdicts(),
                model=rows._name,
                named=model._name,
                field=field.name,
                inverse=SQL.identifier(inverse.name),
                value=self._get_column(field),
                outside=self._is_outside(rows),
                table=SQL.identifier(rows._table),
                targets=targets,
            )
        )

    def _find_unnamed(self, job):
        """Find users who were made for an owner where no target put them.

        Meetings that were planned for a series have its user. Of a real user it is not
        known who chose them there.
        """
        self.env.cr.execute(
            "SELECT DISTINCT res_model FROM crm_migration_id_map WHERE job_id = %(job)s"
            " AND rollback_action = 'delete' UNION SELECT DISTINCT each.key"
            "  FROM crm_migration_id_map, jsonb_object_keys(extras) AS each (key)"
            " WHERE job_id = %(job)s AND jsonb_typeof(extras) = 'object'",
            {"job": job.id},
        )
        for (name,) in self.env.cr.fetchall():
            # A user's own row follows from the decision about the owner.
            if name in self.env and name != "res.users":
                for field in self._list_user_columns(self.env[name]):
                    self._find_unnamed_in(job, self.env[name], field)

    def _find_unnamed_in(self, job, model, field):
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO reassign_move
                SELECT %(model)s, %(field)s, 'column', record.id, pair.key, pair.old,
                       pair.new, CASE WHEN %(outside)s THEN %(company)s ELSE %(move)s END
                  FROM reassign_pair AS pair
                  JOIN %(table)s AS record ON %(value)s = pair.old
                 WHERE pair.is_made AND pair.new IS DISTINCT FROM pair.old
                   AND NOT EXISTS (
                       SELECT FROM reassign_move AS known
                        WHERE known.res_model = %(model)s AND known.field = %(field)s
                          AND known.res_id = record.id AND known.kind = 'column')
                   AND (EXISTS (
                       SELECT FROM crm_migration_id_map AS own
                        WHERE own.job_id = %(job)s AND own.res_model = %(model)s
                          AND own.res_id = record.id AND own.rollback_action = 'delete')
                    OR EXISTS (
                       SELECT FROM crm_migration_id_map AS map
                        WHERE map.job_id = %(job)s AND map.extras IS NOT NULL
                          AND map.extras @> jsonb_build_object(
                              %(model)s::text, jsonb_build_array(record.id))))
                """,
                **self._get_verdicts(),
                model=model._name,
                field=field.name,
                job=job.id,
                value=self._get_column(field),
                outside=self._is_outside(model),
                table=SQL.identifier(model._table),
            )
        )

    def _get_verdicts(self):
        return {
            "move": MOVE,
            "changed": CHANGED,
            "foreign": FOREIGN,
            "company": COMPANY,
            "already": ALREADY,
        }

    def _get_column(self, field):
        """Return SQL of the id of the user in a column, of the company at work."""
        column = SQL.identifier("record", field.name)
        if field.company_dependent:
            return SQL("(%s ->> %s)::int", column, str(self.env.company.id))
        return column

    def _is_written_by(self, job, model, field):
        """Return SQL: whether the migration made the record, or wrote this field of it."""
        return SQL(
            """(EXISTS (SELECT FROM crm_migration_id_map AS own
                         WHERE own.job_id = %(job)s AND own.res_model = %(model)s
                           AND own.res_id = record.id AND own.rollback_action = 'delete')
                OR EXISTS (SELECT FROM crm_migration_journal AS journal
                            WHERE journal.job_id = %(job)s
                              AND journal.res_model = %(model)s
                              AND journal.res_id = record.id
                              AND journal.is_undone IS NOT TRUE
                              AND journal.after ->> %(field)s = pair.old::text))""",
            job=job.id,
            model=model._name,
            field=field.name,
        )

    def _is_outside(self, model):
        """Return SQL: whether a record is of a company that the new user may not enter."""
        field = model._fields.get("company_id")
        if field is None or not field.store or field.type != "many2one":
            return SQL("FALSE")
        return SQL(
            """(record.company_id IS NOT NULL AND pair.new IS NOT NULL AND NOT EXISTS (
                    SELECT FROM res_company_users_rel AS allowed
                     WHERE allowed.user_id = pair.new
                       AND allowed.cid = record.company_id))"""
        )
