"""What the tests of whole runs of OPEX 365 CRM share."""

import json

from opex365_common import connect

from connectors.core.errors import FatalError, RetryableError

MANY = {
    "contacts": 120,
    "companies": 40,
    "leads": 12,
    "deals": 30,
    "emails": 60,
    "calls": 12,
    "tasks": 12,
    "meetings": 12,
    "notes": 24,
}


STREAMS = ("companies", "contacts", "deals", "emails", "activity_parties", "notes")


def connect_in_pages(simulator, **settings):
    return connect(simulator, **{"page_size": 20, **settings})


def run(simulator, name, *, between=None, **settings):
    """Read a stream as the engine does: a new source each page, waits obeyed.

    :param between: called with the number of pages read so far
    :return: (ids in the order of their arrival, data by key, seconds asked to wait)
    """
    ids, found, waits, checkpoint, number = [], {}, [], None, 0
    for _turn in range(2000):
        source = connect_in_pages(simulator, **settings)
        try:
            page = next(iter(source.read_pages(source.get_stream(name), checkpoint)))
        except RetryableError as error:
            waits.append(error.delay)
            continue
        except FatalError as error:
            if error.code != "server_error":
                raise
            continue
        finally:
            source.close()
        number += 1
        ids += [r.source_id for r in page.records if r.stream == name]
        found.update({(r.stream, r.source_id): r.data for r in page.records})
        checkpoint = json.loads(json.dumps(page.checkpoint))
        if checkpoint is None:
            return ids, found, waits
        if between:
            between(number)
    raise AssertionError(f"{name} never gets on")


def list_members(simulator):
    source = connect_in_pages(simulator)
    pages = source.read_pages(source.get_stream("marketing_lists"), None)
    return [r for p in pages for r in p.records if r.stream == "list_members"]
