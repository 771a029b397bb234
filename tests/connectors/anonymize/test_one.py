"""A single record is anonymized as its list is, and nothing else leads past the disguise."""

import pytest

from connectors.anonymize import Anonymized
from connectors.core.errors import ConfigurationError, RecordError
from connectors.core.source import Page, Record, Source, Stream

SALT = bytes(range(32))
HARMLESS = {
    *("close", "count", "describe", "ensure_time", "get_stream", "get_streams"),
    *("get_ways", "identify", "is_made", "seconds_left", "find_one"),
}
"""What of a source tells of no person: numbers, names of members, its address; or what is
called by the source itself alone."""
ROWS = {
    "7": {"id": "7", "name": "Zoë Qvarnström", "email": "zoe@qvarnstroem.example"},
    "ann@qvarnstroem.example": {"id": "ann@qvarnstroem.example", "name": "Ann Qvarn"},
}


class Omega(Source):
    name = "omega"
    label = "Omega"
    streams = (Stream("people", "People"),)

    def read_pages(self, stream, checkpoint):
        yield Page(tuple(Record("people", key, row) for key, row in ROWS.items()))

    def find_one(self, stream, source_id):
        if source_id == "8":
            raise RecordError(
                "bad_record", stream="people", source_id="8", text="Zoë Qvarnström"
            )
        row = ROWS.get(source_id)
        return Page((Record("people", source_id, row),) if row else ())


@pytest.fixture
def people():
    return Omega({}), Omega.streams[0]


def test_it_is_the_same_as_in_its_list(people):
    source, stream = people
    disguised = Anonymized(source, SALT)
    [page] = disguised.read_pages(stream, None)
    [record] = disguised.read_one(stream, "7").records
    assert record == page.records[0]
    assert "Qvarn" not in str(record)
    assert "zoe@" not in str(record)
    assert disguised.read_one(stream, "9").records == ()


def test_an_id_that_is_an_address_leads_nowhere(people):
    source, stream = people
    disguised = Anonymized(source, SALT)
    [page] = disguised.read_pages(stream, None)
    for source_id in ("ann@qvarnstroem.example", page.records[1].source_id):
        with pytest.raises(ConfigurationError) as caught:
            disguised.read_one(stream, source_id)
        assert "anonymized" in str(caught.value)
        assert source_id not in str(caught.value)


def test_what_is_said_of_it_names_nobody(people):
    source, stream = people
    with pytest.raises(RecordError) as caught:
        Anonymized(source, SALT).read_one(stream, "8")
    assert "Qvarn" not in str(caught.value.data)


def test_nothing_of_a_source_leads_past_it():
    public = {name for name in vars(Source) if not name.startswith("_")}
    called = {name for name in public if callable(getattr(Source, name))}
    assert called - set(vars(Anonymized)) - HARMLESS == set()
