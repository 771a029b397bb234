"""Headers of Pipedrive's exports in five languages, from readers of real files (2024-26)."""

import pytest
from dialect_common import ignored, load, table, vendor_of

DEALS = {
    "Deal - ID, Deal - Title, Deal - Value, Deal - Status, Deal - Lost reason": "Lost",
    "Deal - ID, Deal - Titel, Deal - Wert, Deal - Status, Deal - Verlustgrund": "Verloren",
    "Negócio - ID, Negócio - Título, Negócio - Valor, Negócio - Status, Negócio - Motivo da perda": "Perdido",
    "Affaire - ID, Affaire - Titre, Affaire - Valeur, Affaire - Statut, Affaire - Raison de la perte": "Perdu",
    "Trato - ID, Trato - Título, Trato - Valor, Trato - Estado, Trato - Motivo de pérdida": "Perdido",
}


@pytest.mark.parametrize("headers", DEALS, ids=lambda text: text.split(", ")[1])
def test_deals_in_every_language(open_files, headers):
    lost = DEALS[headers]
    row = dict(
        zip(headers.split(", "), ["7", "Mill", "12500", lost, "Price"], strict=True)
    )
    source = open_files({"export.csv": table(headers, row)})
    known, found = load(source, "export.csv")
    assert (known, vendor_of(source, "export.csv")) == ("deals", "Pipedrive")
    assert (found["7"]["name"], found["7"]["expected_revenue"]) == ("Mill", 12500)
    assert found["7"]["@state"] == {"$map": ["deal_states", lost]}
    assert found["7"]["lost_reason_id"] == {"$map": ["lost_reasons", "Price"]}


def test_what_is_counted_is_left_out(open_files):
    headers = "Organization - ID, Organization - Name, Organization - Won deals"
    row = {"Organization - ID": "1", "Organization - Name": "Alpha"}
    row |= {"Organization - Won deals": "3"}
    source = open_files({"organizations-1-2.csv": table(headers, row)})
    assert set(ignored(source, "organizations-1-2.csv")) == {"Organization - Won deals"}
    assert load(source, "organizations-1-2.csv")[0] == "companies"
