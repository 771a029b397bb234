"""Read a stream as a test looks at it."""


def pages_of(source, name, checkpoint=None):
    return list(source.read_pages(source.get_stream(name), checkpoint))


def records(source, name, checkpoint=None):
    """Return all records, those of derived streams included."""
    return [r for page in pages_of(source, name, checkpoint) for r in page.records]


def own(source, name, parent=None):
    """Return source id → data of one stream.

    :param parent: the stream it comes along with, where it is a derived one
    """
    found = records(source, parent or name)
    return {r.source_id: r.data for r in found if r.stream == name}
