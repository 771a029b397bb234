"""A simulated account of Net-Results, and a source that is connected to it."""

import json

from connectors.net_results.source import NetResultsSource
from simulators.net_results import NetResultsSimulator
from simulators.net_results_data import make_account

QUICK = {
    "throttle": {"max_per_second": 1000, "backoff_s": [0.01, 5]},
    "paging": {"page_size": 7, "min_page_size": 2},
}


def a_simulator(contacts=30, emails=6, **options):
    return NetResultsSimulator(make_account(contacts, emails=emails), **options)


def settings_for(simulator, auth="basic", endpoints=None, **settings):
    document = {**QUICK, **(endpoints or {})}
    secret = (
        {"token": simulator.token}
        if auth == "oauth"
        else {"login": simulator.login, "password": simulator.password}
    )
    return {
        "url": simulator.url,
        "auth": auth,
        **secret,
        "endpoints": json.dumps(document),
        **settings,
    }


def connect(simulator, auth="basic", endpoints=None, **settings):
    return NetResultsSource(settings_for(simulator, auth, endpoints, **settings))
