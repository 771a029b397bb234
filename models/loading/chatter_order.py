"""Ids of imported messages: negative, in the order of their dates."""

from datetime import datetime
from urllib.parse import quote

from odoo import models

EPOCH = datetime(1990, 1, 1)


LOWEST = -(2**31)


def id_for(date):
    """Return the id that a message of this date would like to have.

    The chatter shows messages in the order of their ids. Seconds since 1990 minus
    2³¹ puts what is imported in the order of its dates and before all that Odoo
    itself numbers from 1; it lasts until 2058 and leaves the sequence alone. What is
    dated in the future stands where today's messages do, never in Odoo's own range.
    """
    seconds = int((min(date, datetime.utcnow()) - EPOCH).total_seconds())
    return max(LOWEST + 1, LOWEST + seconds)


def name_message(batch, *parts):
    """Return a Message-Id, the same on every copy of the database (RFC 5322, 3.6.4).

    A migration that continues an earlier one gives the same rows the same ids.

    :param parts: what tells the message from all others of the migration
    """
    text = "-".join(quote(str(part), safe="") for part in parts)
    first = batch.once("first migration", lambda: batch.job._get_lineage()[-1:].id)
    return f"<migration-{first}-{text}@crm-migration.invalid>"


class CrmMigrationChatterIds(models.AbstractModel):
    _name = "crm.migration.chatter.ids"
    _description = "Migration Message Numbers"

    def _free_ids(self, table, dates):
        """Return an id per date, in the order given; the next free one on a tie.

        The lock lets two loads number one after the other. What the first has numbered
        meanwhile lies behind the snapshot of the second: it looks with fresh eyes, too.
        """
        self._lock_numbers(table)
        order = sorted(range(len(dates)), key=lambda index: dates[index])
        wanted = [id_for(dates[index]) for index in order]
        with self.env.registry.cursor() as fresh:
            ends = True
            while ends:
                previous = LOWEST
                for position, number in enumerate(wanted):
                    previous = wanted[position] = max(number, previous + 1)
                ends = self._find_ends(self.env.cr, table, wanted)
                for number, end in self._find_ends(fresh, table, wanted).items():
                    ends[number] = max(end, ends.get(number, end))
                wanted = [ends.get(number, number) for number in wanted]
        ids = [0] * len(dates)
        for index, number in zip(order, wanted, strict=True):
            ids[index] = number
        return ids

    def _lock_numbers(self, table):
        """Let nobody else give out numbers until this transaction ends."""
        self.env.cr.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [table])

    def _get_taken(self, table):
        """Return what has the ids that are taken, in SQL: also those given out only."""
        if table != "mail_message":
            return f'"{table}"'
        return (
            "(SELECT id FROM mail_message UNION"
            " SELECT id FROM crm_migration_message_number) AS either"
        )

    def _find_ends(self, cursor, table, numbers):
        """Return number → the first free one above it, for numbers that are taken.

        :param cursor: whose eyes it is seen with

        Neighbors share their end, so one look-up a neighborhood is enough, and all of
        them are one query.
        """
        cursor.execute(
            f"SELECT id FROM {self._get_taken(table)} WHERE id = ANY(%s)", [numbers]
        )
        taken = sorted(number for (number,) in cursor.fetchall())
        if not taken:
            return {}
        lasts = [
            number
            for number, following in zip(taken, [*taken[1:], None], strict=True)
            if following != number + 1
        ]
        free = self._find_free(cursor, table, lasts)
        ends, end = {}, None
        for number in reversed(taken):
            end = free.get(number, end)
            ends[number] = end
        return ends

    def _find_free(self, cursor, table, numbers):
        """Return number → the first free one behind it.

        Looks at a stretch at a time: without an upper bound the server may well read
        all messages for each number.
        """
        free, reached = {}, {number: number for number in numbers}
        width = 256
        while reached:
            cursor.execute(
                f"""
                SELECT run.start, COALESCE((
                    SELECT taken.id + 1 FROM (
                        SELECT id, lead(id) OVER (ORDER BY id) AS following
                          FROM {self._get_taken(table)}
                         WHERE id >= run.id AND id <= run.id + %(width)s
                    ) AS taken
                     WHERE taken.following IS DISTINCT FROM taken.id + 1
                     ORDER BY taken.id LIMIT 1), run.id)
                  FROM unnest(%(starts)s, %(ids)s) AS run(start, id)
                """,
                {"width": width, "starts": [*reached], "ids": [*reached.values()]},
            )
            found = dict(cursor.fetchall())
            # One behind the stretch: whether it is free stands in the next.
            beyond = {start: place + width + 1 for start, place in reached.items()}
            free |= {s: end for s, end in found.items() if end != beyond[s]}
            reached = {s: end for s, end in found.items() if end == beyond[s]}
            width *= 4
        return free
