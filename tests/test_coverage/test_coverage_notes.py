"""What of the notes says something of a value, and what stands there by chance."""

import time

from odoo.tests import BaseCase, tagged

from ...models.coverage.notes import Notes
from ...models.coverage.probe import SEVERAL, named_addresses

KNOWN = {"city", "founded", "further contacts", "lines", "e-mail"}
HTML = """<p>We met in Berlin, and again in
March at Zeta Oy, Porto.</p>
<p><b>City</b>: Porto</p><p><b>Founded</b>: 2024-03<br>or 2024-04</p>
<p><b>Further contacts</b>: <a href="#">Ana &amp; Bo</a></p>
<p>Lines:</p><table><tbody><tr><td>Grout</td><td>12.50</td></tr></tbody></table>
<p>Write to <a href="mailto:x">office@zeta.example</a>, or call +351 210 000 001.</p>"""
LONG = "Tiles of the station, as agreed\nCity: whatever the architect says\nDone."


@tagged("post_install", "-at_install")
class TestNotes(BaseCase):
    def setUp(self):
        super().setUp()
        self.notes = Notes([(HTML, True), (LONG, False)], KNOWN)

    def has(self, value, *labels):
        return self.notes.has(value, set(labels))

    def test_what_stands_behind_its_own_label_counts_however_short(self):
        for value, label in (
            ("Porto", "city"),
            ("2024-03", "founded"),
            ("2024-04", "founded"),
            ("Ana & Bo", "further contacts"),
            ("Grout", "lines"),
            (12.5, "lines"),
        ):
            with self.subTest(value=value):
                self.assertTrue(self.has(value, label))

    def test_what_stands_elsewhere_by_chance_does_not(self):
        for value, label in (
            ("Berlin", "city"),  # in a text
            ("Porto", "branch"),  # in another field's line, and in a text
            ("2024-03", "audited"),
            ("March", "month"),
            (12.5, "seats"),
            (True, "vetted"),
            ("Ana & Bo", "seller"),
        ):
            with self.subTest(value=value):
                self.assertFalse(self.has(value, label))

    def test_a_number_has_no_zeros_of_its_column(self):
        notes = Notes([("<p><b>Rate</b>: 1.084</p><p><b>Fee</b>: 10.5</p>", True)], ())
        self.assertTrue(notes.has("1.08400000", {"rate"}))
        self.assertTrue(notes.has("10.50", {"fee"}))
        self.assertFalse(notes.has("1.0800", {"rate"}))
        self.assertFalse(notes.has("10.50", {"rate"}))

    def test_a_number_is_the_whole_number(self):
        for value in (2, 12, 2.5, 112.5, "12"):
            with self.subTest(value=value):
                self.assertFalse(self.has(value, "lines"))

    def test_a_long_text_and_an_address_are_no_accident(self):
        self.assertTrue(self.has("office@zeta.example", "second_mail"))
        self.assertTrue(self.has("and again in March at Zeta Oy", "remark"))
        self.assertTrue(self.has(LONG, "remark"))

    def test_a_long_text_in_the_line_of_another_field_is_that_field_s(self):
        wanted = "whatever the architect says"
        self.assertFalse(self.has(wanted, "remark"))
        self.assertTrue(self.has(wanted, "city"))

    def test_a_line_without_a_label_may_hold_a_single_word(self):
        self.assertTrue(self.notes.has_words("Berlin"))
        self.assertFalse(self.notes.has_words("Ber"))
        self.assertFalse(self.notes.has_words("2024-03"))


@tagged("post_install", "-at_install")
class TestEndlessTexts(BaseCase):
    """A pasted text without a sign that ends anything must not hold a verification up."""

    def test_what_is_no_cell_is_seen_at_once(self):
        begun = time.monotonic()
        for piece in ("x", " ", "a@", "<a ", "(", "1"):
            text = piece * 200_000 + "z"
            named_addresses(text)
            SEVERAL.split(text)
            Notes([(f"<p>A: {text}</p>", True)], KNOWN).has(text, {"a"})
        self.assertLess(time.monotonic() - begun, 20)

    def test_what_is_one_is_read_as_before(self):
        self.assertEqual(SEVERAL.split("a ; b / c\nd"), ["a", "b", "c", "d"])
        cell = "Silva, Ana <a@b.c>; d@b.c"
        self.assertEqual(named_addresses(cell), ["a@b.c", "d@b.c", "Silva, Ana"])
