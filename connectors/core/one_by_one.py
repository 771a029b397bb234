"""Which records can be read again by their id alone, and how a short list is looked through.

A list is the measure: what reads one record gives what ``read_pages`` gave of it, member
for member, or each fetch would show changes that nobody made.
"""

from .errors import ConfigurationError
from .sentences import _lt

LONGEST_NUMBER = 18
"""Digits of a number that every database takes; no system counts beyond."""


def cannot_read_one(stream, reason):
    """Return the error for a stream whose records are not told one by one.

    :param reason: why, and what to do instead, a ``Text``
    """
    name = stream.label or stream.name
    return ConfigurationError("not_one_by_one", stream=name, reason=reason)


def ensure_brought_by(stream, name):
    """Refuse a stream whose records are not told with those they hang on.

    :param name: of the stream whose record would be read for it
    :raises ConfigurationError: ``not_one_by_one``
    """
    if stream.brought_by and name not in stream.brought_by:
        reason = _lt(
            "its records hang on others, and do not come with them. Read the changes "
            "instead"
        )
        raise cannot_read_one(stream, reason)


def ensure_one_by_one(stream):
    """Refuse a stream whose records no id leads to.

    :raises ConfigurationError: ``not_one_by_one``
    """
    if stream.by_content:
        reason = _lt(
            "nothing but what a record says tells it from the others. Read the changes "
            "instead"
        )
        raise cannot_read_one(stream, reason)
    if stream.derived_from:
        reason = _lt(
            "its records come along with those they belong to. Read one of these again"
        )
        raise cannot_read_one(stream, reason)


def as_id_number(source_id):
    """Return the number that an id is, None for what no number is written like.

    >>> as_id_number("412"), as_id_number("007"), as_id_number("٤"), as_id_number("9" * 5000)
    (412, None, None, None)
    """
    plain = source_id.isascii() and source_id.isdecimal()
    if not plain or len(source_id) > LONGEST_NUMBER or source_id != str(int(source_id)):
        return None
    return int(source_id)


def find_record(pages, stream, source_id):
    """Return the records of an id in the pages of a list from which nothing derives.

    :param pages: iterable of ``Page``s, of which no more are taken than needed
    :return: tuple of ``Record``s, empty where there is none
    """
    for page in pages:
        for record in page.records:
            if (record.stream, record.source_id) == (stream.name, source_id):
                return (record,)
    return ()
