"""Contacts: an address of their own, a company, tags, and one of the same name before."""

from ..target_common import ANNA, TargetData, ref

TARGET = TargetData(
    model="res.partner",
    needs=(("labels", "res.partner.category", {"1": {"name": "Ålesund"}}),),
    decided={("countries", "Denmark"): ("res.country", "base.dk")},
    rows={
        "1": {
            "name": "Søren «Ærø» O'Neil <x>",
            "email": "Soren+Crm@Aero.Example",
            "phone": "+45 33 12 34 56",
            "street": "Havnegade 1",
            "city": "København",
            "zip": "1058",
            "country_id": {"$map": ["countries", "Denmark"]},
            "parent_id": ref("companies", "1"),
            "category_id": [ref("labels", "1")],
            "function": "Direktør",
            "user_id": ANNA,
            "comment": "<p>Calls &amp; writes</p>",
        },
        "2": {"name": "Gone GmbH", "is_company": True, "active": False},
    },
    before={"name": "Søren «Ærø» O'Neil <x>", "email": "soren+crm@aero.example"},
    changed={"name": "Renamed by the source", "function": "CEO"},
    edit={"name": "Renamed by Anna"},
)
