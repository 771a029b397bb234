"""Net-Results, read over HTTP from a simulated account."""

import base64

import pytest
from http_conformance import HttpSourceConformance
from net_results_common import a_simulator, settings_for
from reading import own

from connectors.net_results.source import NetResultsSource

pytestmark = pytest.mark.simulator


OTHER_NAMES = frozenset(
    f"list_members.{name}" for name in ("is_opted_out", "opt_out", "unsubscribed")
)
"""What the opt-out of a membership may be called as well: no page of the vendor says."""


class TestNetResults(HttpSourceConformance):
    source = NetResultsSource
    paged_stream = "contacts"
    page_call = r"Contact\.getMultiple"
    undocumented_paths = OTHER_NAMES

    def system(self):
        return a_simulator()

    def config(self, system):
        return settings_for(system)

    def secrets(self, system):
        plain = f"{system.login}:{system.password}".encode()
        return [system.password, base64.b64encode(plain).decode(), "users-own-api-key"]

    def bad_settings(self, system):
        return {"password": "wrong"}


class TestNetResultsWithAccountsAndASession(HttpSourceConformance):
    source = NetResultsSource
    paged_stream = "contacts"
    page_call = r"Contact\.getMultiple"
    undocumented_paths = OTHER_NAMES

    def system(self):
        return a_simulator(accounts=True, names=2, bodies=True)

    def config(self, system):
        return settings_for(system, auth="session")

    def secrets(self, system):
        return [system.password, *system.sessions]

    def bad_settings(self, system):
        return {"password": "wrong"}

    def test_a_session_that_ends_in_the_middle_is_told_as_such(self, running):
        """It is renewed once; when the new one ends at once, too, we are told."""
        whole = own(self.connect(running), "contacts")
        running.faults.add(self.page_call, "expired", after=1)
        assert own(self.connect(running), "contacts") == whole
        running.faults.add(self.page_call, "expired", after=1, times=2)
        super().test_a_session_that_ends_in_the_middle_is_told_as_such(running)
