"""Whoever waits for others looks again soon, and less often the longer it takes."""

from unittest.mock import patch

from odoo.tests import BaseCase

from ...models.job.rests import LONGEST, SHORTEST, Rests


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
