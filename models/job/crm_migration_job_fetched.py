"""What came of a record that was fetched: in words, and in what a load would do."""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..words.messages import agreed

FATES = [
    ("new", "New"),
    ("changed", "Changed"),
    ("unchanged", "Unchanged"),
    ("left_out", "Left Out"),
    ("problem", "With a Problem"),
    ("gone", "Gone"),
]

TO_LOAD = frozenset({"new", "changed", "gone"})
"""Of which a load has something to do."""

LISTED = 50
"""Records that are missing of which each is named."""

LONGEST = 100
"""Characters of an id that a sentence repeats."""


class CrmMigrationJobFetched(models.AbstractModel):
    """Everything is asked of the tables themselves, for all records at once."""

    _name = "crm.migration.job.fetched"
    _description = "Migration: Job Fetched"

    def _judge_fetched(self, record_ids):
        """Return id → what a load would do with each of some staging records.

        :return: values of ``FATES``
        """
        self.ensure_one()
        known = self._find_to_load(record_ids)
        fates = {}
        for record in self.env["crm.migration.record"].browse(record_ids).exists():
            if record.vanished_at:
                fate = "gone"
            elif record.state in ("problem", "failed"):
                fate = "problem"
            elif record.state in ("skipped", "unmapped"):
                fate = "left_out"
            elif record.id in known:
                fate = "changed" if known[record.id] else "new"
            else:
                fate = "unchanged"
            fates[record.id] = fate
        return fates

    def _get_fetched(self, fetched):
        """Return the staging record of what was read, if there is any."""
        return self.env["crm.migration.record"].search(
            [
                ("job_id", "=", self.id),
                ("stream", "=", fetched.key[0]),
                ("source_id", "=", fetched.key[1]),
            ]
        )

    def _check_known(self, fetched):
        """Refuse what neither the source has nor was ever read.

        :raises UserError: names the id
        """
        if not self._get_fetched(fetched):
            raise UserError(
                self.env._(
                    "The source has no such record, and none was read: %(id)s. Look at the "
                    "id once more.",
                    id=shorten(fetched.key[1]),
                )
            )

    def _find_to_load(self, record_ids):
        """Return id → whether Odoo has it, of what a load would create or update."""
        load, parts = self.env["crm.migration.phase.load"], []
        run = self.env["crm.migration.run"].new({"job_id": self.id})
        streams = self.env["crm.migration.record"].browse(record_ids).stream_id
        for mapping in self.mapping_ids.filtered("selected"):
            if mapping.stream_id in streams:
                query, given = load._select_rows(run, mapping, is_whole=True)
                parts.append(SQL(query, **given, stream=mapping.stream_id.id))
        if not parts:
            return {}
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT id, bool_or(mapped_id IS NOT NULL) FROM (%s) AS found"
                " WHERE id = ANY(%s) GROUP BY id",
                SQL(" UNION ALL ").join(parts),
                list(record_ids),
            )
        )
        return dict(rows)

    def _find_missing(self, record_ids):
        """Return (object, source id) of what staged values refer to and Odoo lacks.

        What comes along with them is not missing.
        """
        self.ensure_one()
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ref ->> 0, ref ->> 1
                  FROM crm_migration_record AS record,
                       jsonb_path_query(record.values, 'strict $.**."$ref"') AS ref
                 WHERE record.id = ANY(%(ids)s) AND record.state IN ('ready', 'loaded')
                   AND jsonb_array_length(ref) = 2
                   AND NOT EXISTS (
                       SELECT FROM crm_migration_id_map AS map
                        WHERE map.job_id = ANY(%(lineage)s) AND map.stream = ref ->> 0
                          AND map.source_id = ref ->> 1)
                   AND NOT EXISTS (
                       SELECT FROM crm_migration_record AS other
                        WHERE other.id = ANY(%(ids)s) AND other.stream = ref ->> 0
                          AND other.source_id = ref ->> 1
                          AND other.state IN ('ready', 'loaded'))
                 ORDER BY 1, 2 LIMIT %(limit)s
                """,
                ids=list(record_ids),
                lineage=self._get_lineage().ids,
                limit=LISTED,
            )
        )
        streams = {s.name: s for s in self._get_fetchable_streams()}
        return [(streams[name], key) for name, key in rows if name in streams]

    # -- words -----------------------------------------------------------------------

    def _say_fetched(self, record, fate):
        """Return in sentences what the source said of a record and what a load would do."""
        texts = {
            "new": self.env._("Odoo does not have it yet: loading creates it."),
            "changed": self.env._(
                "It is not what was loaded last: loading brings what has changed."
            ),
            "unchanged": self.env._("The source says what was loaded."),
            "gone": self._say_vanished(),
        }
        reason = record.skip_reason or record.message or ""
        if fate == "left_out":
            return self.env._("It is not loaded. %(reason)s", reason=reason)
        if fate == "problem":
            return self.env._("It cannot be loaded: %(reason)s", reason=reason)
        told = [texts[fate], self._say_deleted(record)]
        told += [self._say_conflicts(record), self._say_duplicate(record)]
        return " ".join(filter(None, told))

    def _say_vanished(self):
        """Return in words what becomes in Odoo of what the source does not have."""
        field = self._fields["vanished_policy"]
        policies = dict(field._description_selection(self.env))
        return self.env._(
            "The source does not have it any more. What becomes of it in Odoo, the options "
            "say: %(policy)s.",
            policy=policies[self.vanished_policy or "keep"],
        )

    def _say_deleted(self, record):
        """Return that somebody has deleted in Odoo what it became; '' where it is there."""
        links = self.env["crm.migration.id.map"].search(
            [
                ("job_id", "in", self._get_lineage().ids),
                ("stream", "=", record.stream),
                ("source_id", "=", record.source_id),
            ]
        )
        pairs = {link.id: (link.res_model, link.res_id) for link in links}
        there = self.env["crm.migration.target"]._only_existing(pairs)
        if len(there) == len(pairs):
            return ""
        return self.env._(
            "Somebody has deleted it in Odoo since, and no load brings it back: enter it by "
            "hand, or roll back %(object)s and load them again.",
            object=record.stream_id.label,
        )

    def _count_conflicts(self, record):
        """Return how many fields of a record wait for a decision."""
        return self.env["crm.migration.conflict"].search_count(
            [("record_id", "=", record.id), ("state", "=", "open")]
        )

    def _say_conflicts(self, record):
        count = self._count_conflicts(record)
        if not count:
            return ""
        text = self.env._(
            "%(count)s [[count|field was|fields were]] changed in Odoo as well: Odoo's "
            "[[count|value stays|values stay]] until somebody decides under Conflicts.",
            count=count,
        )
        return agreed(self.env, text, {"count": count})

    def _say_duplicate(self, record):
        pair = record.duplicate_ids.filtered(lambda pair: not pair.decision)[:1]
        if not pair:
            return ""
        return self.env._(
            "It may be the same as %(other)s. Decide under Duplicates before it is loaded.",
            other=pair.other_name or "…",
        )

    def _say_read_with(self, stream, source_id, record):
        """Return that what was asked for came with what it belongs to."""
        return self.env._(
            "%(object)s %(id)s is read with what it belongs to: %(parent)s.",
            object=stream.label,
            id=shorten(source_id),
            parent=record.display_name,
        )

    def _say_missing(self, missing):
        """Return which records are not loaded that others refer to; '' for none."""
        if not missing:
            return ""
        names = ", ".join(f"{each.label} {shorten(key)}" for each, key in missing)
        return self.env._(
            "Not loaded, though it is referred to: %(names)s. The link stays empty until "
            "that is loaded, too.",
            names=names,
        )


def shorten(source_id):
    """Return an id as a sentence names it.

    >>> shorten("contacts-7"), len(shorten("9" * 10_000))
    ('contacts-7', 100)
    """
    return source_id if len(source_id) <= LONGEST else f"{source_id[: LONGEST - 1]}…"
