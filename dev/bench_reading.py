"""How much is asked of each system, and how long that takes.

On loopback no call has a way there and back; the second measurement gives it one.
"""

import time

from bench_measure import AtMost, counting, rate
from systems import SIZES, simulator

GOALS = {
    "net_results requests per 100 records": AtMost(30),
    "soffront requests per 100 records": AtMost(10),
}
LATENCY = 0.05
"""Seconds; a continent away. Servers on the same continent answer twice as fast."""
SHARE = 0.2
"""Of the usual sizes: one call after the other, all of them would take minutes."""


def bench_extraction(scale):
    """Read every simulated system to the end, without Odoo; count what was asked."""
    import requests

    from connectors import get_source_class
    from connectors.core.sql import Database

    results = {}
    for name in SIZES:
        with (
            simulator(name, scale) as settings,
            counting(
                (requests.Session, "request"), (Database, "_ensure_time")
            ) as asked,
        ):
            seconds, records = read_all(get_source_class(name)(settings))
        results |= {
            f"{name} records/s": rate(records, seconds),
            f"{name} requests per 100 records": 100 * asked[0] / records,
        }
    return results


def bench_reading(scale):
    """Read every system that is asked over HTTP, with calls one by one and at once."""
    results = {}
    for name in SIZES:
        if name == "nextcrm":
            continue  # a database, which is asked for thousands of rows at a time
        alone, asked, records = time_reading(name, scale * SHARE, at_once=False)
        together, asked_at_once, _records = time_reading(name, scale * SHARE)
        about = f"{name}, {LATENCY * 1000:g} ms a call"
        results |= {
            f"{about}: one by one s": alone,
            f"{about}: at once s": together,
            f"{about}: one by one / at once": alone / together,
            f"{about}: calls at once / one by one": asked_at_once / asked,
            f"{about}: records/s": rate(records, together),
        }
    return results


def time_reading(name, scale, at_once=True):
    """Return the seconds of reading all streams, the calls, and the records."""
    import requests

    from connectors import get_source_class

    with (
        simulator(name, scale, latency=LATENCY) as settings,
        counting((requests.Session, "request")) as asked,
    ):
        source = get_source_class(name)(settings)
        if not at_once:
            _client_of(source).several.lanes.most = 1
        seconds, records = read_all(source)
    return seconds, asked[0], records


def read_all(source):
    """Read a source to its end and close it; return the seconds, and how many records."""
    begun = time.perf_counter()
    records = sum(
        len(page.records)
        for stream in source.get_streams()
        if not stream.derived_from
        for page in source.read_pages(stream, None)
    )
    seconds = time.perf_counter() - begun
    source.close()
    return seconds, records


def _client_of(source):
    api = getattr(source, "api", None) or source.rpc
    return getattr(api, "client", None) or api


BENCHES = {"extraction": bench_extraction, "reading": bench_reading}
ONLY_BY_NAME = {"reading"}
