"""Objects of known names are called as the screens do, in every language."""

from connectors.core.sentences import Text
from connectors.spreadsheet.labels import LABELS, get_label
from connectors.spreadsheet.objects import OBJECT_NAMES


def test_every_known_object_has_a_label_that_can_be_translated():
    assert set(OBJECT_NAMES) <= set(LABELS)
    assert all(isinstance(text, Text) for text in LABELS.values())


def test_what_nobody_knows_is_called_by_its_own_name():
    assert get_label("maschinen_gerate") == "Maschinen gerate"
