"""Files of a test by the names of keyword arguments, and sources that read them."""

import pytest
from spreadsheet_common import archive_of_a_crm

from connectors.mapping.apply import apply, as_json


@pytest.fixture
def write(write_files):
    """Return a function: files, ``__`` for the dot of a name → where they are."""
    return lambda **contents: write_files(with_dots(contents))


@pytest.fixture
def source(open_files):
    """Return a function: options and files → the source."""
    return lambda options=None, **contents: open_files(with_dots(contents), options)


@pytest.fixture
def folder(source):
    return source(all__zip=archive_of_a_crm())


@pytest.fixture
def read(source):
    """Return a function: files → stream → source id → (values, codes of problems)."""

    def read_files(**contents):
        opened, found = source(**contents), {}
        for mapping in map(as_json, opened.get_mappings()):
            stream = opened.get_stream(mapping["stream"])
            found[stream.name] = {
                record.source_id: apply(
                    mapping["fields"], record.data, zone="Europe/Lisbon"
                )
                for page in opened.read_pages(stream, None)
                for record in page.records
            }
        return found

    return read_files


def with_dots(contents):
    return {name.replace("__", "."): data for name, data in contents.items()}
