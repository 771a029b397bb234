"""No list is wider than a screen of 1440 pixels: what is cut off is not seen."""

from odoo.tests import TransactionCase, tagged

WIDEST = 1360
"""What columns may take; beside them stand checkboxes and margins."""
BUTTON, FREE, MARGIN = 33, 80, 10


def get_width(arch):
    """Return how wide the columns that are shown at first want to be."""
    shown = arch.xpath("field[not(@column_invisible) and not(@optional='hide')]")
    fixed = [int(n.get("width").removesuffix("px")) for n in shown if n.get("width")]
    return (
        sum(fixed)
        + MARGIN * len(fixed)
        + FREE * (len(shown) - len(fixed))
        + BUTTON * len(arch.xpath("button"))
    )


@tagged("post_install", "-at_install")
class TestWidths(TransactionCase):
    def test_no_list_is_wider_than_a_screen(self):
        views = self.env["ir.ui.view"].search(
            [("type", "in", ("list", "form")), ("model", "=like", "crm.migration%")]
        )
        wide = {
            view.name: width
            for view in views
            for found in view._get_combined_arch().iter("list")
            if (width := get_width(found)) > WIDEST
        }
        self.assertGreater(len(views), 20)
        self.assertFalse(wide)
