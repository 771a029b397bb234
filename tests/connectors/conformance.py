"""What every source must keep, checked against a running system.

A source's test says ``class TestZeta(HttpSourceConformance)`` (``http_conformance.py``),
names the ``source`` and starts its system in ``system()``; ``SourceConformance`` alone
serves one without HTTP.
Keep the system small, but such that its longest lists take at least three pages.
"""

import contextlib
import json

import pytest
from one_by_one import OneByOneConformance

from connectors import available_sources
from connectors.core.errors import (
    ConfigurationError,
    FatalError,
    RetryableError,
)
from connectors.core.sentences import Text
from connectors.mapping.apply import applies, as_json, get_value
from connectors.mapping.lint import lint_profile, lint_streams
from connectors.mapping.outcomes import propose_choice

PATIENCE = 40
"""Failures after which a reader that never gets on is given up."""


def through_json(value):
    return json.loads(json.dumps(value))


def key_of(record):
    return record.stream, record.source_id


def has_path(row, path):
    """Tell whether a record has a value at a path; ``*`` stands for any place in a list.

    >>> has_path({"lines": [{"unit": "h"}]}, "lines.*.unit"), has_path({}, "lines.*.unit")
    (True, False)
    """
    before, star, behind = path.partition(".*.")
    if not star:
        return get_value(row, path) is not None
    found = get_value(row, before)
    return isinstance(found, list) and any(has_path(each, behind) for each in found)


class SourceConformance(OneByOneConformance):
    """The contract of ``connectors.core.source``."""

    source = None
    """The class under test."""
    undocumented_paths = frozenset()
    """Mapped paths that neither the data nor ``describe`` shows, each with a reason."""
    paged_stream = ""
    """Name of a stream that takes at least three pages."""

    # -- what a test fills in ---------------------------------------------------

    def system(self):
        """Return a context manager: the system to read, with invented data."""
        raise NotImplementedError

    def config(self, system):
        """Return settings with which ``system`` can be read, in small pages."""
        raise NotImplementedError

    # -- tools ------------------------------------------------------------------

    @pytest.fixture
    def running(self):
        """A system of its own, for a test that puts it into trouble."""
        with self.system() as system:
            yield system

    @pytest.fixture(scope="class")
    @classmethod
    def standing(cls):
        """One system for all tests that only read."""
        with cls().system() as system:
            yield system

    @pytest.fixture(scope="class")
    @classmethod
    def kept(cls):
        return {}

    @pytest.fixture
    def reading(self, standing, kept):
        """What one uninterrupted reading brings: name of the stream → pages."""
        # Not of the class itself: a test may set up more for each of its tests.
        if not kept:
            kept.update(self.everything(standing))
        return kept

    @pytest.fixture(autouse=True)
    def opened(self):
        """Close what a test has opened: a database has but so many connections."""
        self._opened = []
        yield
        for source in self._opened:
            source.close()

    def connect(self, system, **settings):
        source = self.source({**self.config(system), **settings})
        self._opened.append(source)
        return source

    def streams(self, source):
        return [item for item in source.get_streams() if not item.derived_from]

    def read(self, source, stream, checkpoint=None):
        return list(source.read_pages(stream, checkpoint))

    def read_as_the_engine(self, system, stream):
        """Read one page with each new source, come back after every error."""
        records, checkpoint, failures = [], None, 0
        while True:
            source = self.connect(system)
            try:
                page = next(iter(source.read_pages(stream, checkpoint)))
            except (RetryableError, FatalError):
                failures += 1
                assert failures < PATIENCE, f"{stream.name} never gets on"
                continue
            finally:
                source.close()
            records += page.records
            checkpoint = through_json(page.checkpoint)
            if checkpoint is None:
                return records, failures

    def everything(self, system):
        source = self.connect(system)
        return {
            stream.name: self.read(source, stream) for stream in self.streams(source)
        }

    # -- the contract -----------------------------------------------------------

    def test_the_source_is_discovered(self):
        assert available_sources()[self.source.name] is self.source

    def test_the_settings_are_asked_for_before_anything_is_called(self):
        required = [setting for setting in self.source.settings if setting.required]
        assert required
        with pytest.raises(ConfigurationError) as caught:
            self.source({})
        assert caught.value.code == "missing_setting"

    @pytest.mark.parametrize("value", [["a.example", "b.example"], {"a": 1}])
    def test_a_list_where_one_text_is_asked_for_is_refused(self, value):
        """A plan is JSON: it can hold one."""
        filled = {s.name: s.default or "a" for s in self.source.settings if s.required}
        plain = {"char", "url", "secret", "selection", "timezone"}
        for setting in self.source.settings:
            if setting.kind not in plain:
                continue
            with pytest.raises(ConfigurationError) as caught:
                self.source({**filled, setting.name: value})
            assert caught.value.code == "bad_setting", setting.name

    def test_the_streams_fit_together(self, standing):
        assert lint_streams(self.connect(standing).get_streams()) == []

    def test_the_profile_is_sound(self, standing):
        source = self.connect(standing)
        mappings = source.get_mappings()
        assert mappings
        faults = lint_profile(mappings, source.get_value_lists(), source.get_streams())
        assert faults == []
        reasons = [reason for item in mappings for reason in item.ignored.values()]
        reasons += [item.reason for item in source.left_out]
        reasons += source.ignored.values()
        bare = {reason for reason in reasons if not isinstance(reason, Text)}
        assert sorted(bare) == [], "cannot be said in the language of the user"

    def test_the_check_says_who_we_are(self, standing):
        result = self.connect(standing).check()
        assert result.findings
        assert {finding.level for finding in result.findings} <= {
            "passed",
            "warning",
            "blocking",
        }

    def test_every_record_has_an_id_of_its_own(self, reading):
        for name, pages in reading.items():
            own = [
                r.source_id for page in pages for r in page.records if r.stream == name
            ]
            assert len(own) == len(set(own)), name
            for page in pages:
                for record in page.records:
                    assert isinstance(record.source_id, str)
                    assert record.source_id
                    through_json(record.data)

    def test_one_id_never_stands_for_two_things(self, reading):
        seen = {}
        for pages in reading.values():
            for page in pages:
                for record in page.records:
                    known = seen.setdefault(key_of(record), record.data)
                    assert known == record.data, key_of(record)

    def test_what_is_counted_is_what_is_read(self, standing, reading):
        source, counted = self.connect(standing), 0
        for name, pages in reading.items():
            count = source.count(source.get_stream(name))
            own = [r for page in pages for r in page.records if r.stream == name]
            # Derived records of another stream may be wrong as well: not counted here.
            wrong = [e for page in pages for e in page.errors if e.stream == name]
            counted += count is not None
            assert count in (None, len(own) + len(wrong)), name
        assert counted

    def test_checkpoints_are_json_and_never_empty_and_never_repeat(self, reading):
        longest = 0
        for name, pages in reading.items():
            checkpoints = [page.checkpoint for page in pages]
            assert checkpoints[-1] is None, name
            for checkpoint in checkpoints[:-1]:
                assert checkpoint, f"{name}: Odoo stores {checkpoint!r} as nothing"
                assert through_json(checkpoint) == checkpoint, name
            written = [json.dumps(item, sort_keys=True) for item in checkpoints[:-1]]
            assert len(written) == len(set(written)), name
            longest = max(longest, len(pages))
        assert longest >= 3, "the system is too small to tell"

    def test_reading_goes_on_exactly_from_every_checkpoint(self, standing, reading):
        for name, pages in reading.items():
            stream = self.connect(standing).get_stream(name)
            proven = set()
            # From the last to the first: where a reader has come to a checkpoint from
            # which another went on rightly to the end, the rest is known.
            for number in range(len(pages) - 1, 0, -1):
                checkpoint = through_json(pages[number - 1].checkpoint)
                rest = []
                # Closed at once: a server has fewer connections than there are pages.
                with contextlib.closing(self.connect(standing)) as source:
                    for page in source.read_pages(stream, checkpoint):
                        rest.append(page)
                        written = json.dumps(page.checkpoint, sort_keys=True)
                        if len(rest) > 1 and written in proven:
                            break
                due = pages[number : number + len(rest)]
                if rest[-1].checkpoint is not None:
                    assert rest[-1].checkpoint == due[-1].checkpoint, name
                else:
                    due = pages[number:]
                assert self._own(name, rest) == self._own(name, due)
                assert self._derived(rest) == self._derived(due)
                proven.add(json.dumps(checkpoint, sort_keys=True))

    def _own(self, name, pages):
        return [r for page in pages for r in page.records if r.stream == name]

    def _derived(self, pages):
        return {key_of(record) for page in pages for record in page.records}

    def test_one_page_at_a_time_brings_the_same(self, standing, reading):
        for name, pages in reading.items():
            stream = self.connect(standing).get_stream(name)
            records, _failures = self.read_as_the_engine(standing, stream)
            assert [key_of(r) for r in records if r.stream == name] == [
                key_of(r) for r in self._own(name, pages)
            ]

    def test_every_mapped_path_exists(self, standing, reading):
        source = self.connect(standing)
        data = {}
        for pages in reading.values():
            for page in pages:
                for record in page.records:
                    data.setdefault(record.stream, []).append(record.data)
        unknown = set()
        for mapping in source.get_mappings():
            described = source.describe(source.get_stream(mapping.stream))
            known = {field.path for field in described}
            paths = set(mapping.ignored)
            for field in mapping.fields:
                several = isinstance(field.source, tuple)
                paths |= set(field.source if several else [field.source]) - {None}
            unknown |= {
                f"{mapping.stream}.{path}"
                for path in paths - known
                if not any(has_path(row, path) for row in data.get(mapping.stream, ()))
            }
        assert sorted(unknown) == sorted(self.undocumented_paths)

    def test_no_record_is_left_without_a_word(self, standing, reading):
        source = self.connect(standing)
        decisions = _Proposed(source.get_value_lists())
        rules = {}
        for item in source.get_mappings():
            rules.setdefault(item.stream, []).append(as_json(item))
        for item in source.left_out:
            assert item.reason.strip()
            when = [condition.as_json() for condition in item.when]
            rules.setdefault(item.stream, []).append({"when": when})
        lost = {
            key_of(record)
            for pages in reading.values()
            for page in pages
            for record in page.records
            if not any(
                applies(rule, record.data, decisions)
                for rule in rules.get(record.stream, ())
            )
        }
        assert sorted(lost) == []


class _Proposed:
    """What a consultant decides who changes nothing of what is proposed."""

    def __init__(self, value_lists):
        self.lists = {item.name: item for item in value_lists}

    def get(self, key, otherwise=None):
        name, value = key
        item = self.lists[name]
        found = item.proposals.get(value)
        if not found and value and item.words:
            found = propose_choice(value, item.words)
        return found or item.otherwise or otherwise
