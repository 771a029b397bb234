"""Texts of many columns are put together in a time that grows with their number only."""

import time

from odoo.tests import BaseCase, tagged

from ...models.words.note_text import join_markup


@tagged("post_install", "-at_install")
class TestNoteText(BaseCase):
    def test_each_piece_begins_a_line_whatever_the_last_one_ends_with(self):
        for pieces, wanted in (
            (["a", "b"], "a<br/>b"),
            (["", "b"], "b"),
            (["<p>a</p>" + " " * 200, "b"], "<p>a</p>" + " " * 200 + "b"),
            (["a<br />\n", "b"], "a<br />\nb"),
            (["<b>a</b>", "b"], "<b>a</b><br/>b"),
            (["a", "<p>b</p>", "c"], "a<p>b</p>c"),
        ):
            self.assertEqual(join_markup(pieces), wanted)

    def test_thousands_of_columns_take_no_minutes(self):
        pieces = [f"<p><b>Column {n}</b>: value {n}</p>" for n in range(20_000)]
        begun = time.monotonic()
        joined = join_markup(pieces)
        self.assertEqual(joined, "".join(pieces))
        self.assertLess(time.monotonic() - begun, 20, "seconds")
