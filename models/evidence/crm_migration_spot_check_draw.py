"""Which records a spot check shows: all objects, and what hangs together, by a seed."""

import hashlib
from math import sqrt

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .connected import get_neighbors

MOST = 500
"""Records of one draw: more than anybody looks at in a day."""
CHOICE = 8
"""How many records an object offers for each that is drawn of it."""
OF_ONE = 2
"""Records of an object that one record brings along."""
HEADS = ("crm.lead", "project.task", "helpdesk.ticket", "sale.order", "res.partner")
"""What other records hang on: the first kind that was loaded begins the draw."""


class CrmMigrationSpotCheckDraw(models.AbstractModel):
    """The order is that of a hash of seed and record: it is drawn alike each time."""

    _name = "crm.migration.spot.check.draw"
    _description = "Migration: Draw of a Spot Check"

    @api.model
    def _draw(self, job, size, seed):
        """Draw records of a migration and return the new spot check.

        :raises UserError: nothing is loaded
        """
        counts = self._count_loaded(job)
        if not counts:
            raise UserError(self._say_nothing_there(job))
        quotas = share_out(max(1, min(size, MOST)), counts)
        drawn = self._choose(job, seed, quotas, counts)
        return self.env["crm.migration.spot.check"].create(
            {
                "job_id": job.id,
                "seed": seed,
                "size": len(drawn),
                "line_ids": [
                    (0, 0, {**row, "sequence": number})
                    for number, row in enumerate(drawn, 1)
                ],
            }
        )

    def _say_nothing_there(self, job):
        """Return why there is nothing to look at: nothing is loaded, or all is wiped."""
        if job.env["crm.migration.record"]._count_wiped(job):
            return self.env._(
                "What was read of the loaded records is wiped: nothing of the source is left "
                "to be shown beside them. What changes in the source and is read again can "
                "be looked at."
            )
        return self.env._("Nothing is loaded that could be looked at. Load first.")

    def _count_loaded(self, job):
        """Return object → how many records of it stand in Odoo."""
        groups = self.env["crm.migration.record"]._read_group(
            [
                ("job_id", "=", job.id),
                ("state", "=", "loaded"),
                ("res_id", "!=", False),
                ("vanished_at", "=", False),
                # Nothing of the source is left to be shown beside it.
                ("is_wiped", "=", False),
            ],
            ["stream"],
            ["__count"],
        )
        return dict(groups)

    def _offer(self, job, seed, quotas):
        """Return object → records of it in the order of the seed, a query for all."""
        self.env["crm.migration.record"].flush_model()
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT record_id, stream, source_id, name, res_model, res_id
                  FROM (SELECT id AS record_id, stream, source_id, name, res_model,
                               res_id, row_number() OVER (
                                   PARTITION BY stream
                                   ORDER BY md5(%(seed)s || stream || ':' || source_id),
                                            source_id) AS place
                          FROM crm_migration_record
                         WHERE job_id = %(job)s AND state = 'loaded'
                           AND res_id IS NOT NULL AND vanished_at IS NULL
                           AND is_wiped IS NOT TRUE) AS loaded
                  JOIN unnest(%(streams)s, %(most)s) AS wanted (object, most)
                    ON wanted.object = loaded.stream AND place <= wanted.most
                 ORDER BY stream, place
                """,
                seed=seed,
                job=job.id,
                streams=list(quotas),
                most=[quota * CHOICE for quota in quotas.values()],
            )
        )
        offered = {}
        for row in rows:
            offered.setdefault(row["stream"], []).append(row)
        return offered

    def _choose(self, job, seed, quotas, counts):
        """Return the rows of the draw: what hangs together stands together."""
        offered = self._offer(job, seed, quotas)
        heads = self._get_heads(offered)
        found = get_neighbors(self.env, job, heads, counts)
        found = {
            key: sorted(rows, key=lambda row: _place(seed, row))
            for key, rows in found.items()
        }
        # Of those offered, rather the ones on which something hangs.
        heads.sort(
            key=lambda row: -len({n["stream"] for n in found.get(_key(row), ())})
        )
        drawing = _Drawing(quotas)
        for head in heads:
            if drawing.take(head):
                drawing.take_with(head, found.get(_key(head), ()))
        for rows in offered.values():
            for row in rows:
                drawing.take(row)
        return drawing.rows

    def _get_heads(self, offered):
        rows = [row for each in offered.values() for row in each]
        for model in HEADS:
            if heads := [row for row in rows if row["res_model"] == model]:
                return heads
        return []


class _Drawing:
    """Takes a record once, and no more of an object than it is given."""

    def __init__(self, quotas):
        self.left, self.rows, self.taken = dict(quotas), [], set()

    def take(self, row, hangs_on=False):
        key = row["stream"], row["source_id"]
        if key in self.taken or self.left.get(row["stream"], 0) < 1:
            return False
        self.taken.add(key)
        self.left[row["stream"]] -= 1
        self.rows.append({**row, "hangs_on": hangs_on})
        return True

    def take_with(self, head, rows):
        brought = {}
        for row in rows:
            if brought.get(row["stream"], 0) < OF_ONE:
                name = head["name"] or head["source_id"]
                brought[row["stream"]] = brought.get(row["stream"], 0) + self.take(
                    row, name
                )


def share_out(size, counts):
    """Return object → how many of it are drawn: some of each, more of the larger ones.

    The root of a size counts, or messages would leave no room for anything else.

    >>> share_out(10, {"companies": 100, "messages": 10000, "tags": 1})
    {'messages': 7, 'companies': 2, 'tags': 1}
    >>> share_out(2, {"a": 1, "b": 5, "c": 3})
    {'b': 1, 'c': 1}
    >>> share_out(30, {"a": 4, "b": 5})
    {'b': 5, 'a': 4}
    """
    names = sorted(counts, key=lambda name: (-counts[name], name))
    least = 2 if size >= 2 * len(names) else 1
    shares = {}
    for name in names:
        room = size - sum(shares.values())
        if room > 0:
            shares[name] = min(least, counts[name], room)
    while sum(shares.values()) < min(size, sum(counts.values())):
        # Each goes to the one that is furthest behind its due.
        name = max(
            (name for name in shares if shares[name] < counts[name]),
            key=lambda name: sqrt(counts[name]) / shares[name],
        )
        shares[name] += 1
    return shares


def _key(row):
    return row["res_model"], row["res_id"]


def _place(seed, row):
    text = f"{seed}{row['stream']}:{row['source_id']}"
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
