"""What a source must keep where one record is read again: the same as of the whole list.

Part of ``SourceConformance``: each source is held to it.
"""

import time

import pytest

from connectors.core.errors import ConfigurationError, RetryableError
from connectors.core.sentences import Text

NOBODYS = (
    "999999999",
    "6a1c3f0e-0000-4000-8000-00000000dead",
    "a' or 1 eq 1",
    "1 or 1=1 --",
    "1) or (1 eq 1",
    "../x",
    "..",
    "a/b?c#d",
    "%2e%2e%2f",
    "١٢",
    "clé-ключ-鍵",
    "007",
    "-1",
    "-",
    " ",
    "\0",
    "\ud800",
    "9" * 5000,
    "x" * 5000,
)
"""Ids that no record has: of other systems, and such as nobody should have to quote."""


def key_of(record):
    return record.stream, record.source_id


class OneByOneConformance:
    """The contract of ``Source.read_one``."""

    not_one_by_one = frozenset()
    """Streams of which the source cannot tell a single record."""
    most_calls = 6
    """Calls that one record of ``paged_stream`` may cost, with what hangs on it."""

    def single(self, source):
        """Return the streams whose records are read one by one."""
        return [
            stream
            for stream in self.streams(source)
            if stream.name not in self.not_one_by_one and not stream.by_content
        ]

    def test_one_record_is_what_the_whole_reading_gave_of_it(self, standing, reading):
        source, read = self.connect(standing), 0
        for stream in self.single(source):
            whole = {key_of(r): r for p in reading[stream.name] for r in p.records}
            found = {}
            for page in reading[stream.name]:
                within = {key_of(record) for record in page.records}
                for record in page.records:
                    if record.stream != stream.name:
                        continue
                    one = source.read_one(stream, record.source_id)
                    assert one.checkpoint is None
                    assert one.errors == ()
                    brought = {key_of(each): each for each in one.records}
                    assert len(brought) == len(one.records), key_of(record)
                    assert [k for k in brought if k[0] == stream.name] == [
                        key_of(record)
                    ]
                    assert set(brought) <= within, key_of(record)
                    self._ensure_children(record, page.records, brought)
                    for key, each in brought.items():
                        assert each.data == whole[key].data, (key_of(record), key)
                    found |= brought
                    read += 1
            assert set(found) == set(whole), stream.name
        assert read > 10 or not self.single(source), "the system is too small to tell"

    def _ensure_children(self, record, records, brought):
        """What says that it hangs on a record comes with it."""
        own = {"stream": record.stream, "id": record.source_id}
        for each in records:
            parent = each.data.get("_parent")
            if each.stream != record.stream and isinstance(parent, dict):
                named = {"stream": parent.get("stream"), "id": str(parent.get("id"))}
                assert named != own or key_of(each) in brought, key_of(each)

    def test_what_the_source_does_not_have_brings_nothing(self, standing):
        source = self.connect(standing)
        for stream in self.single(source):
            for source_id in NOBODYS[:3]:
                page = source.read_one(stream, source_id)
                assert (page.records, page.errors) == ((), ()), (stream.name, source_id)

    @pytest.mark.parametrize("source_id", ["", *NOBODYS], ids=ascii)
    def test_no_id_is_more_than_an_id(self, standing, source_id):
        source = self.connect(standing)
        page = source.read_one(source.get_stream(self.paged_stream), source_id)
        assert (page.records, page.errors, page.checkpoint) == ((), (), None)

    def test_one_record_comes_whenever_it_has_changed(self, standing, reading):
        later = self.connect(standing, since="2099-01-01T00:00:00Z")
        for stream in self.single(self.connect(standing)):
            records = (r for page in reading[stream.name] for r in page.records)
            first = next((r for r in records if r.stream == stream.name), None)
            if first:
                one = later.read_one(stream, first.source_id)
                assert first in one.records, stream.name

    def test_one_record_is_not_waited_for_beyond_the_batch(self, standing, reading):
        over = time.monotonic() - 1
        source = self.source(self.config(standing), deadline=over)
        self._opened.append(source)
        stream = self.connect(standing).get_stream(self.paged_stream)
        first = reading[self.paged_stream][0].records[0]
        with pytest.raises(RetryableError) as caught:
            source.read_one(stream, first.source_id)
        assert caught.value.code == "time_budget"

    def test_what_no_id_leads_to_is_refused_with_a_sentence(self, standing):
        source, refused = self.connect(standing), 0
        for stream in source.get_streams():
            alone = stream.name not in self.not_one_by_one
            if alone and not stream.derived_from and not stream.by_content:
                continue
            with pytest.raises(ConfigurationError) as caught:
                source.read_one(stream, "1")
            assert caught.value.code == "not_one_by_one"
            assert isinstance(caught.value.data["reason"], Text)
            assert " again" in caught.value.sentence
            refused += 1
        assert refused or self.source.takes_files
