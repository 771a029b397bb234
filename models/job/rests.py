"""How long a process waits until it looks again whether there is something to do."""

import select
import time

SHORTEST = 0.02
"""Seconds: what others do last is done within a second, and everybody waits for it."""

LONGEST = 0.2
"""Seconds: a look is a few queries, and nobody notices less."""

LISTEN, NOTIFY = "LISTEN crm_migration_slices", "NOTIFY crm_migration_slices"


def wake(cr):
    """Let whoever listens look again as soon as this transaction is committed."""
    cr.execute(NOTIFY)


class Rests:
    """Rests of one process: short at first, longer as long as there is nothing to do."""

    def __init__(self, cr=None, ear=None):
        """
        :param cr: cursor of whoever wants to be woken; nothing is pending in it while it
            rests. A server between us and PostgreSQL may keep the call to itself: a rest
            ends by itself all the same.
        :param ear: file by which it is woken as well
        """
        self._next, self._cr, self._is_listening = SHORTEST, cr, False
        self._ears = [ear] if ear else []

    def take(self):
        """
        :raises psycopg2.Error: the connection to the database is lost
        """
        if self._cr:
            self._listen()
        else:
            time.sleep(self._next)
        self._next = min(self._next * 1.5, LONGEST)

    def _listen(self):
        if not self._is_listening:
            self._cr.execute(LISTEN)
            self._is_listening = True
        # PostgreSQL tells nobody anything within a transaction. Only processes of the
        # command line rest so: no request's work, and no scheduler with a progress to
        # report, is in this cursor. pylint: disable-next=invalid-commit
        self._cr.commit()
        connection = self._cr.connection
        connection.poll()
        if not connection.notifies:
            select.select([connection, *self._ears], [], [], self._next)
            connection.poll()
        connection.notifies.clear()

    def end(self):
        """Begin with short ones again: there was something to do."""
        self._next = SHORTEST
