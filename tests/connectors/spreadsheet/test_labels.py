"""Objects of known names are called as the screens do, in every language."""

import unicodedata

from connectors.core.sentences import Text
from connectors.spreadsheet.labels import LABELS, get_label
from connectors.spreadsheet.objects import OBJECT_NAMES


def test_every_known_object_has_a_label_that_can_be_translated():
    assert set(OBJECT_NAMES) <= set(LABELS)
    assert all(isinstance(text, Text) for text in LABELS.values())


def test_what_nobody_knows_is_called_by_its_own_name():
    assert get_label("maschinen_gerate") == "Maschinen gerate"


def test_a_file_keeps_the_accents_of_its_name(source):
    text = "Typ;Betreff;Datum;Erledigt\nAnruf;Angebot;01.02.2025;ja\n"
    found = source(
        **{"Aktivitäten_2026-11-28__csv": text, "deals__csv": "Deal Name\nA\n"}
    )
    assert [str(stream.label) for stream in found.get_streams()] == [
        "Aktivitäten",
        "Deals",
    ]
    # A Mac writes the letter and its dots apart.
    apart = unicodedata.normalize("NFD", "Aktivitäten")
    assert (
        get_label("aktivitaten", unicodedata.normalize("NFC", apart)) == "Aktivitäten"
    )
