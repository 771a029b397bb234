"""§5: what verification itself took for kept."""

from .fault_kinds import company, deal

PROOF = (
    company(
        "§5",
        "a city dropped: its name stands in another text by chance",
        {"branch": "Berlin", "remark": "<p>Visited in Berlin.</p>"},
        {"comment": "<p>Visited in Berlin.</p>"},
    ),
    company(
        "§5b",
        "a month dropped: another field's line of the notes has the same",
        {"city": "2024-03", "audited": "2024-03"},
        {"comment": "<p>Visited in March.</p><p><b>City</b>: 2024-03</p>"},
    ),
    company(
        "§5c",
        "a number dropped: another field's line has the same",
        {"seats": 12, "street": "12"},
        {"comment": "<p>Visited in March.</p><p><b>Street</b>: 12</p>"},
    ),
    company(
        "§5d",
        "a branch dropped: its name is a part of the company's",
        {"branch": "Norte"},
        {},
    ),
    deal(
        "§5e",
        "a line's text dropped: its own row is left out as told there",
        {},
        "drop_line",
    ),
)
