"""What every list that comes in pages needs: the cut, and the guard against endless ones."""

from .errors import FatalError, RetryableError
from .source import Page


def cut_pages(rows, expand, *, after, following, errors=(), warnings=(), every=None):
    """Yield rows as one ``Page``, or as two where something makes us come back later.

    Nothing that was fetched is lost then: the rows done so far are a page of their own,
    and what made us come back is raised behind it.

    :param expand: row → (records, errors, warnings); may raise ``RetryableError``
    :param after: number of a row, from 0 → checkpoint after it
    :param following: checkpoint after all of them
    :param errors: ``RecordError``s of rows that are not among ``rows``
    :param every: rows after which a page ends in any case

    >>> pages = cut_pages("abc", lambda row: ([row], [], []), after=str, following="x", every=2)
    >>> [(page.records, page.checkpoint) for page in pages]
    [(('a', 'b'), '1'), (('c',), 'x')]
    """
    records, errors, warnings, done = [], list(errors), list(warnings), None
    for number, row in enumerate(rows):
        try:
            more, wrong, told = expand(row)
        except RetryableError:
            if done is not None:
                yield _page(records, after(done), errors, warnings)
            raise
        records += more
        errors += wrong
        warnings += told
        done = number
        if every and (number + 1) % every == 0 and number + 1 < len(rows):
            yield _page(records, after(done), errors, warnings)
            records, errors, warnings, done = [], [], [], None
    yield _page(records, following, errors, warnings)


def _page(records, checkpoint, errors, warnings):
    return Page(tuple(records), checkpoint, tuple(errors), tuple(warnings))


class LoopGuard:
    """Stop a server that sends the same page for ever.

    >>> guard = LoopGuard("crm.example.com", "contacts")
    >>> guard.check({"page": 1}, [1, 2])
    >>> guard.check({"page": 2}, [1, 2])
    Traceback (most recent call last):
    ...
    connectors.core.errors.FatalError: crm.example.com keeps sending the same page of contacts.
    """

    def __init__(self, host, stream):
        self._host = host
        self._stream = stream
        self._positions = set()
        self._pages = set()

    def check(self, position, keys):
        """Remember a position and the keys of its rows.

        :raises FatalError: one or the other has been there before
        """
        position = repr(position)
        page = hash(tuple(map(str, keys))) if keys else None
        if position in self._positions or (page is not None and page in self._pages):
            raise FatalError("paging_loop", host=self._host, stream=self._stream)
        self._positions.add(position)
        if page is not None:
            self._pages.add(page)
