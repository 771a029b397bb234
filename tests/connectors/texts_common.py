"""What the tests of texts share."""

from connectors.mapping.apply import apply, as_json


def mapped(source, stream):
    """Return what the proposed mapping makes of every record, by its id."""
    (mapping,) = [one for one in source.get_mappings() if one.stream == stream]
    fields = as_json(mapping)["fields"]
    pages = source.read_pages(source.get_stream(stream), None)
    return {r.source_id: apply(fields, r.data).values for p in pages for r in p.records}


def refused(source, stream):
    pages = source.read_pages(source.get_stream(stream), None)
    return [error.code for page in pages for error in page.errors]
