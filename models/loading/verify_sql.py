"""What is surely as it was staged is found by one statement, whatever the number of rows.

Rows are told apart by their *shape*: which targets they have, and the values of all that
SQL does not compare itself. Of each shape two rows go the long way, which tells what is
expected in each column: a staged value, or one that all rows of the shape share. Where
a row has just that, nothing is left to say of it. All others go the long way themselves.
"""

import json
from dataclasses import dataclass, field

from odoo import models
from odoo.tools import SQL

from ..staging.part_values import part_values
from .batch import REF
from .verify_columns import DAY
from .verify_kinds import FORMER, OTHER, Kind, is_custom

ORIGIN = ("@created_at", "@updated_at")

AUTHORS = ("@created_by", "@updated_by")

COMPARED = ("char", "text", "html", "date", "datetime", "many2one") + (
    *("integer", "float", "monetary", "boolean", "selection"),
)

LETTERS = 90
"""Letters that one call joins."""


@dataclass
class Shape:
    """Rows with the same targets, and the same values where SQL does not compare them."""

    number: int
    compared: int
    """Values compared in each of its rows."""
    conditions: dict
    """What is to be true of each column, in SQL."""


@dataclass
class Shapes:
    """What was found out about the shapes of a mapping's rows, from batch to batch."""

    mapping: object
    kinds: tuple | None = None
    known: dict = field(default_factory=dict)
    """Digest of a shape → ``Shape``, None where SQL cannot tell."""
    is_slow: bool = False
    """The long way is shorter here."""


class CrmMigrationLoadingVerifySql(models.AbstractModel):
    _name = "crm.migration.loading.verify.sql"
    _description = "Migration: Loading Verify SQL"

    _plain_targets = frozenset()
    """Targets of whose value nothing depends but what stands in their own column."""
    _shaping_targets = frozenset()
    """Those of them on which it depends what is expected elsewhere, once they are there."""
    _site_targets = frozenset()
    """Those of them that Odoo writes as a web address."""
    _plain_moments = ()
    """Targets that are no field, whose moment stands in a column as it is."""

    def _list_kinds(self, batch):
        """Return the ``Kind``s of the mapping's targets that SQL compares."""
        kinds = [
            *(Kind(target, None) for target in (*ORIGIN, *self._plain_moments)),
            *(Kind(target, None, True) for target in AUTHORS),
        ]
        named = self._get_named_field(batch.model)
        names = {line.target for line in batch.mapping.line_ids if line.target}
        for target in sorted(names):
            name = self._field_name(batch, target)
            each = batch.model._fields.get(name) if name else None
            if each is None or each.type not in COMPARED or not each.store:
                continue
            if name not in self._plain_targets and not is_custom(name):
                continue
            if (
                each.translate not in (None, False, True)
                or each.type == "html"
                and (each.translate or each.company_dependent)
            ):
                continue
            if each.company_dependent and each.type not in ("char", "text"):
                continue
            if each.type == "selection" and not isinstance(each.selection, list):
                continue
            kinds.append(
                Kind(
                    target,
                    each,
                    each.comodel_name == "res.users",
                    name == named,
                    name not in self._shaping_targets and name != named,
                    tuple(each.get_values(self.env))
                    if each.type == "selection"
                    else (),
                    name in self._site_targets,
                )
            )
        return tuple(kinds)

    def _find_same(self, batch, shapes, after, last):
        """Return (shape, is same, rows, values of their own, first, last, ids of others).

        The first and the last are of those rows that may stand for all.
        """
        kinds, users, job = shapes.kinds, SQL("owners.ids"), batch.job
        known = {key: shape for key, shape in shapes.known.items() if shape}
        flags = [kind.get_flag(i, users) for i, kind in enumerate(kinds)]
        own, shared = (
            join_letters(i for i, k in enumerate(kinds) if k.is_own == is_own)
            for is_own in (True, False)
        )
        return self.env.execute_query(
            SQL(
                """
                WITH owners AS MATERIALIZED (
                    SELECT %(owners)s::jsonb AS ids, %(decided)s::jsonb AS decided
                ),
                given AS MATERIALIZED (
                    SELECT staged.id, staged.source_id, map.res_id, map.loaded_at,
                           map.watermark,
                           map.outcome = 'created' AND map.watermark IS NOT NULL
                           AND map.archived_at IS NULL
                           AND COALESCE(map.deferred, '{}') = '{}'
                           AND COALESCE(map.withheld, '{}') = '{}' AS is_ours,
                           %(values)s AS v
                      FROM crm_migration_record AS staged
                      JOIN crm_migration_id_map AS map
                        ON map.job_id = staged.job_id AND map.stream = staged.stream
                       AND map.source_id = staged.source_id AND map.part = %(part)s
                       AND map.res_model = %(model)s
                     WHERE staged.stream_id = %(stream)s
                       AND staged.id > %(after)s AND staged.id <= %(last)s
                       AND staged.values -> %(part)s ->> '@mapping' = %(mapping)s
                ), flagged AS (
                    -- Behind the last line nothing is worked out twice, nor kept.
                    SELECT given.*, %(found)s %(flags)s FROM given CROSS JOIN owners %(joins)s
                    OFFSET 0
                ), compared AS MATERIALIZED (
                    SELECT given.id, shaped.shape, given.is_ours,
                           length(translate(shaped.own, '-N', '')) + %(beside)s AS values,
                           strpos(shaped.own, %(other)s) = 0 AS is_plain,
                           CASE WHEN known.number IS NULL THEN NULL
                                WHEN strpos(shaped.own, %(other)s) > 0 THEN NULL
                                ELSE %(ours)s AND %(conditions)s END AS is_same
                      FROM owners, flagged AS given
                      LEFT JOIN %(table)s AS record ON record.id = given.res_id
                      %(more_joins)s
                     CROSS JOIN LATERAL (
                           SELECT own, md5(concat(shared, '|', v - (%(plain)s),
                                                  '|', %(more)s)) AS shape
                             FROM (SELECT %(own)s AS own, %(shared)s AS shared
                                   OFFSET 0) AS flags
                            OFFSET 0
                           ) AS shaped
                     CROSS JOIN LATERAL (
                           SELECT (%(numbers)s::jsonb ->> shaped.shape)::int AS number
                            OFFSET 0
                           ) AS known
                )
                SELECT shape, is_same, count(*), sum(values),
                       min(id) FILTER (WHERE is_ours AND is_plain),
                       max(id) FILTER (WHERE is_ours AND is_plain),
                       array_agg(id) FILTER (WHERE is_same IS NOT TRUE)
                  FROM compared GROUP BY shape, is_same
                """,
                owners=self._get_owner_ids(batch),
                decided=self._get_decisions(batch),
                own=own,
                shared=shared,
                other=OTHER,
                values=SQL(
                    part_values("staged", "%s"), *[batch.mapping.part or ""] * 2
                ),
                part=batch.mapping.part or "",
                model=batch.model_name,
                stream=batch.mapping.stream_id.id,
                after=after,
                last=last,
                mapping=str(batch.mapping.id),
                found=self._list_found(kinds),
                flags=SQL(", ").join(
                    SQL("%s AS %s", flag, SQL.identifier(f"f_{i}"))
                    for i, flag in enumerate(flags)
                ),
                joins=self._join_found(job, kinds),
                plain=self._list_plain(kinds),
                more=self._tell_apart(),
                table=SQL.identifier(batch.model._table),
                ours=self._is_ours(job),
                conditions=self._join_conditions([*known.values()]),
                numbers=json.dumps({key: each.number for key, each in known.items()}),
                more_joins=self._join_more(),
                beside=self._count_beside(),
            )
        )

    def _list_plain(self, kinds):
        """Return SQL of the targets whose values tell no shapes apart."""
        always = [kind.target for kind in kinds if kind.is_own]
        others = {i: kind.target for i, kind in enumerate(kinds) if not kind.is_own}
        sometimes = SQL(", ").join(
            SQL(
                "CASE WHEN %s <> %s THEN %s END",
                SQL.identifier(f"f_{i}"),
                OTHER,
                target,
            )
            for i, target in others.items()
        )
        # Nearly always all of them, and a list that is made for each row takes long.
        return SQL(
            "CASE WHEN strpos(shared, %s) = 0 THEN %s::text[]"
            " ELSE %s::text[] || ARRAY[%s]::text[] END",
            *(OTHER, [*always, *others.values()], always, sometimes),
        )

    def _join_more(self):
        """Return joins, each with one row at most, that conditions may refer to."""
        return SQL("")

    def _count_beside(self):
        """Return SQL of how many values of a row are compared in other tables."""
        return SQL("0")

    def _tell_apart(self):
        """Return SQL of what else tells shapes apart: what values depend on elsewhere."""
        return SQL("''")

    def _get_owner_ids(self, batch):
        """Return key of an owner → id of the user that was decided, as JSON text."""
        owners = self.env["crm.migration.owner"].with_context(active_test=False)
        owners = owners.search([("job_id", "=", batch.job.id)])
        return (
            self._as_json(
                {
                    owner.key: owner.user_id.id
                    for owner in owners
                    if owner.user_id
                    and owner._effective_decision(batch.job)
                    not in (None, False, "empty")
                }
                | {
                    f"{FORMER}{o.key}": o.author_user_id.id
                    for o in owners
                    if o.author_user_id
                }
            )
            or "{}"
        )

    def _get_decisions(self, batch):
        """Return model and key of a value of a list → id that was decided, as JSON text."""
        self.env["crm.migration.value.map"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT split_part(target_ref, ',', 1) || ' ' || CASE"
                " WHEN COALESCE(scope, '') = '' THEN jsonb_build_array(list, key)"
                " ELSE jsonb_build_array(list, key, scope) END,"
                " split_part(target_ref, ',', 2)::integer"
                " FROM crm_migration_value_map WHERE job_id = %s AND decision <> 'empty'"
                " AND target_ref ~ ',[0-9]+$'",
                batch.job.id,
            )
        )
        return json.dumps(dict(rows), ensure_ascii=False)

    def _list_found(self, kinds):
        return SQL("").join(
            SQL(
                "%s AS %s, ",
                SQL.identifier(f"ref_{i}", "res_id"),
                SQL.identifier(f"id_{i}"),
            )
            for i, kind in enumerate(kinds)
            if kind.is_reference
        )

    def _join_found(self, job, kinds):
        """Return the joins that find what rows refer to; an own record counts most."""
        lineage = job._get_lineage().ids
        joins = [SQL("")]
        for number, kind in enumerate(kinds):
            if not kind.is_reference:
                continue
            value, name = SQL("(given.v -> %s)", kind.target), f"ref_{number}"
            map_ = SQL.identifier(name)
            condition = SQL(
                "%s.part = '' AND %s.stream = %s -> %s ->> 0"
                " AND %s.source_id = %s -> %s ->> 1 AND %s -> %s -> 2 IS NULL"
                " AND %s = jsonb_build_object(%s, %s -> %s)",
                *(map_, map_, value, REF, map_, value, REF, value, REF),
                *(value, REF, value, REF),
            )
            if len(lineage) == 1:
                joins.append(
                    SQL(
                        "LEFT JOIN crm_migration_id_map AS %s ON %s.job_id = %s AND %s",
                        *(map_, map_, job.id, condition),
                    )
                )
                continue
            joins.append(
                SQL(
                    "LEFT JOIN LATERAL (SELECT * FROM crm_migration_id_map AS %s"
                    " WHERE %s.job_id = ANY(%s) AND %s"
                    " ORDER BY array_position(%s, %s.job_id) LIMIT 1) AS %s ON TRUE",
                    *(map_, map_, lineage, condition, lineage, map_, map_),
                )
            )
        return SQL(" ").join(joins)

    def _is_ours(self, job):
        """Return the condition of ``_is_untouched``, and that nothing is left open."""
        return SQL(
            "given.is_ours AND record.id IS NOT NULL AND (record.write_date IS NULL"
            " OR record.write_date = given.watermark OR record.write_date <= %s)",
            job.create_date - DAY,
        )

    def _join_conditions(self, shapes):
        """Return what is to be true of a row, by the number of its shape."""
        columns = {}
        for shape in shapes:
            for name, condition in shape.conditions.items():
                same = columns.setdefault(name, {})
                key = (condition.code, repr(condition.params))
                same.setdefault(key, (condition, []))[1].append(shape.number)
        everything, empty = [], []
        for name, same in columns.items():
            (condition, numbers), *others = same.values()
            if others or len(numbers) < len(shapes):
                cases = [
                    SQL("WHEN known.number = ANY(%s) THEN (%s)", numbers, condition)
                    for condition, numbers in same.values()
                ]
                condition = SQL("CASE %s ELSE TRUE END", SQL(" ").join(cases))
            elif is_emptiness(name, condition):
                empty.append((name, condition))
                continue
            everything.append(SQL("(%s)", condition))
        if empty:
            nulls = SQL(", ").join(SQL.identifier("record", name) for name, _c in empty)
            each = SQL(" AND ").join(condition for _name, condition in empty)
            # Nearly always: one look at all of them.
            everything.append(SQL("(num_nonnulls(%s) = 0 OR %s)", nulls, each))
        return SQL(" AND ").join(everything) if everything else SQL("FALSE")


def join_letters(numbers):
    """Return SQL of the letters of some kinds in one text; a function takes 100 of them."""
    columns = [SQL.identifier(f"f_{number}") for number in numbers]
    chunks = [columns[n : n + LETTERS] for n in range(0, len(columns), LETTERS)]
    joined = [SQL("concat(%s)", SQL(", ").join(chunk)) for chunk in chunks]
    return SQL("(%s)", SQL(" || ").join(joined or [SQL("''")]))


def is_emptiness(name, condition):
    """Tell whether a condition is true of a column without value."""
    column = SQL.identifier("record", name)
    return condition in (
        SQL("%s IS NULL", column),
        SQL("COALESCE(%s, '') = %s", column, ""),
    )
