"""Whoever waits for others looks again soon, and less often the longer it takes."""

import os
import time
from unittest.mock import patch

from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name

from ...models.job.rests import LONGEST, SHORTEST, Rests, wake

LONG = 20


class TestRests(BaseCase):
    def take(self, rests, number):
        """Return the seconds of some rests in a row."""
        with patch("time.sleep") as sleep:
            for _time in range(number):
                rests.take()
        return [call.args[0] for call in sleep.call_args_list]

    def test_rests_grow_up_to_the_longest(self):
        seconds = self.take(Rests(), 12)
        self.assertEqual(seconds[0], SHORTEST)
        self.assertEqual(seconds, sorted(seconds))
        self.assertEqual(seconds[-1], LONGEST)
        # Not before a second is over: a slice takes about as long.
        self.assertGreater(sum(seconds[:7]), 0.5)

    def test_behind_some_work_they_are_short_again(self):
        rests = Rests()
        self.take(rests, 12)
        rests.end()
        self.assertEqual(self.take(rests, 1), [SHORTEST])

    def time_rest(self, rests, wake_up):
        """Return how long a long rest takes during which somebody does something."""
        rests.take()  # from now on it listens
        rests._next = LONG
        wake_up()
        begun = time.monotonic()
        rests.take()
        return time.monotonic() - begun

    def test_whoever_listens_is_woken_by_what_another_has_committed(self):
        database = db_connect(get_db_name())
        with database.cursor() as cr, database.cursor() as other:

            def wake_up():
                wake(other)
                other.commit()

            rests = Rests(cr)
            self.assertLess(self.time_rest(rests, wake_up), LONG / 2)
            # Woken once, it rests again.
            rests._next = 0.5
            begun = time.monotonic()
            rests.take()
            self.assertGreater(time.monotonic() - begun, 0.4)

    def test_whoever_listens_is_woken_when_nobody_needs_it_any_more(self):
        ear, mouth = os.pipe()
        try:
            with db_connect(get_db_name()).cursor() as cr:
                taken = self.time_rest(Rests(cr, ear), lambda: os.close(mouth))
        finally:
            os.close(ear)
        self.assertLess(taken, LONG / 2)
