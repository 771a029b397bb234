"""Counters, sums and stamps of the system itself: known, left out, and nobody is asked."""

import pytest


@pytest.mark.parametrize(
    ("name", "text", "superfluous"),
    [
        (
            # Pipedrive's export of organizations and deals, as of 2026.
            "deals.csv",
            "Deal - ID,Deal - Title,Deal - Value,Deal - Weighted value,Deal - Done activities\n"
            "7,Nine boilers,12500,5000,3\n",
            {"Deal - Weighted value", "Deal - Done activities"},
        ),
        (
            # Salesforce, Data Export.
            "Contact.csv",
            "Id,LastName,Email,LastModifiedById,SystemModstamp\n"
            "0035g00000XyZaEAK,Ünal,ines@zephyr.test,0055g00000AbCdEAK,2026-11-20 04:03:00\n",
            {"LastModifiedById", "SystemModstamp"},
        ),
    ],
)
def test_they_are_left_out_for_a_reason(open_files, name, text, superfluous):
    [first, *_others] = open_files({name: text}).get_mappings()
    reasons = {column: str(first.ignored.get(column, "")) for column in superfluous}
    assert all(reasons.values()), reasons
    taken = {f.source for f in first.fields if isinstance(f.source, str)}
    assert not superfluous & taken


def test_people_in_a_meeting_are_no_counter(open_files):
    source = open_files(
        {"meetings.csv": "Subject,Start,People\nKickoff,2026-03-02,Ana\n"}
    )
    assert all("People" not in m.ignored for m in source.get_mappings())
