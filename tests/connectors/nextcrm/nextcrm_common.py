"""A simulated NextCRM, and a source that is connected to it."""

from conformance import through_json
from reading import own

from connectors.core.errors import (
    RetryableError,
)
from connectors.mapping.apply import applies, apply, as_json
from connectors.nextcrm.source import NextCrmSource

SMALL_PAGES = {"per_page": 7}


opened = []
"""Sources that a test has connected; they are closed behind it."""


def connect(simulator, **settings):
    source = NextCrmSource({**simulator.settings, **SMALL_PAGES, **settings})
    opened.append(source)
    return source


def rows(simulator, table):
    return {row["id"]: row for row in simulator.company.rows[table]}


def values_of(source, name, model, zone=None):
    """Return ``{source id: Outcome}`` of a stream for the model that it goes to."""
    mapping = next(
        as_json(m)
        for m in source.get_mappings()
        if (m.stream, m.model) == (name, model) and not m.part
    )
    return {
        key: apply(mapping["fields"], row, zone=zone)
        for key, row in own(source, name).items()
        if applies(mapping, row)
    }


def read_stepwise(simulator, name, between=None, **settings):
    """Read one page per connection, as the engine does at worst; come back after errors.

    :return: the records in the order in which they came, and how often reading failed
    """
    found, checkpoint, failures, turn = [], None, 0, 0
    while True:
        source = connect(simulator, **settings)
        try:
            page = next(iter(source.read_pages(source.get_stream(name), checkpoint)))
        except RetryableError:
            failures += 1
            assert failures < 60, f"{name} never gets on"
            continue
        finally:
            source.close()
        found += page.records
        turn += 1
        if between:
            between(turn)
        checkpoint = through_json(page.checkpoint)
        if checkpoint is None:
            return found, failures


def codes(source):
    return {finding.code: finding for finding in source.check().findings}
