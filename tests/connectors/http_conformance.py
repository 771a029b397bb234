"""What a source over HTTP must keep besides, checked against a running system."""

import logging

import pytest
from conformance import PATIENCE, SourceConformance, key_of, through_json

from connectors.core.errors import (
    AuthenticationError,
    ConfigurationError,
    ConnectorError,
    FatalError,
    RetryableError,
)


class HttpSourceConformance(SourceConformance):
    """What a source over HTTP must keep besides; ``system`` is a ``simulators`` one."""

    any_call = "."
    """Regular expression that matches the path of every call."""
    page_call = ""
    """The same, for the pages of ``paged_stream`` alone."""

    def secrets(self, system):
        """Return texts that no log may show, whatever happens."""
        raise NotImplementedError

    def bad_settings(self, system):
        """Return settings with wrong credentials."""
        raise NotImplementedError

    def read_a_file(self, source, system):
        """Read one file; for a source without files do nothing."""

    def stream_under_test(self, system):
        return self.connect(system).get_stream(self.paged_stream)

    def test_wrong_credentials_are_told_as_such(self, running):
        settings = self.bad_settings(running)
        with pytest.raises(AuthenticationError):
            self.connect(running, **settings).check()
        with pytest.raises(AuthenticationError):
            self.read(
                self.connect(running, **settings), self.stream_under_test(running)
            )

    def test_one_record_is_refused_as_the_list_is(self, running):
        stream = self.stream_under_test(running)
        known = next(iter(self.connect(running).read_pages(stream, None))).records[0]
        refused = self.connect(running, **self.bad_settings(running))
        with pytest.raises(AuthenticationError):
            refused.read_one(stream, known.source_id)
        running.faults.add(self.page_call, "rate_limit", retry_after=77, times=None)
        with pytest.raises(RetryableError) as caught:
            self.connect(running).read_one(stream, known.source_id)
        assert caught.value.delay >= 75

    def test_one_record_costs_a_few_calls(self, standing, reading):
        calls = standing.requests
        source = self.connect(standing)
        stream = source.get_stream(self.paged_stream)
        records = [r for page in reading[stream.name] for r in page.records]
        own = [r.source_id for r in records if r.stream == stream.name]
        # What is asked once for all of them: who we are, which fields there are.
        source.read_one(stream, own[0])
        for source_id in own:
            before = len(calls)
            source.read_one(stream, source_id)
            assert len(calls) - before <= self.most_calls, source_id

    def test_a_session_that_ends_in_the_middle_is_told_as_such(self, running):
        running.faults.add(self.page_call, "expired", after=1)
        with pytest.raises(AuthenticationError):
            self.read(self.connect(running), self.stream_under_test(running))

    @pytest.mark.parametrize("http_date", [False, True], ids=["seconds", "date"])
    def test_the_delay_that_the_server_asks_for_is_passed_on(self, running, http_date):
        running.faults.add(
            self.page_call, "rate_limit", retry_after=77, http_date=http_date
        )
        with pytest.raises(RetryableError) as caught:
            self.read(self.connect(running), self.stream_under_test(running))
        assert 75 <= caught.value.delay <= 79

    def test_a_refusal_without_a_delay_gets_one(self, running):
        running.faults.add(self.page_call, "rate_limit", times=None)
        with pytest.raises(RetryableError) as caught:
            self.read(self.connect(running), self.stream_under_test(running))
        assert caught.value.delay > 0

    def test_a_page_for_people_is_not_taken_for_data(self, running):
        running.faults.add(self.any_call, "html", times=None)
        with pytest.raises(ConfigurationError):
            self.connect(running).check()
        with pytest.raises(ConfigurationError):
            self.read(self.connect(running), self.stream_under_test(running))

    def test_half_a_text_is_not_taken_for_data(self, running):
        running.faults.add(self.page_call, "garbled", after=1, times=None)
        with pytest.raises((FatalError, RetryableError)):
            self.read(self.connect(running), self.stream_under_test(running))

    def test_a_server_that_repeats_itself_is_stopped(self, running):
        running.faults.add(self.page_call, "repeat", after=1)
        with pytest.raises(FatalError) as caught:
            self.read(self.connect(running), self.stream_under_test(running))
        assert caught.value.code == "paging_loop"

    def test_a_server_that_repeats_itself_is_stopped_one_page_at_a_time(self, running):
        stream = self.stream_under_test(running)
        running.faults.add(self.page_call, "repeat", after=1)
        checkpoint, codes = None, []
        for _turn in range(PATIENCE):
            try:
                page = next(iter(self.connect(running).read_pages(stream, checkpoint)))
            except FatalError as error:
                codes.append(error.code)
                break
            checkpoint = through_json(page.checkpoint)
            assert checkpoint, "the list ended as if it were complete"
        assert codes == ["paging_loop"]

    @pytest.mark.parametrize(
        "fault",
        [
            {"kind": "cut", "every": 2, "times": 4},
            {"kind": "drop", "every": 2, "times": 8},
            {"kind": "error", "status": 500, "after": 1, "times": 5},
            {"kind": "error", "status": 502, "after": 1, "times": 4},
            {"kind": "error", "status": 503, "after": 2, "times": 7},
            {"kind": "rate_limit", "every": 3, "times": 3, "retry_after": 60},
        ],
        ids=["cut", "dropped", "500", "502", "503", "429"],
    )
    def test_a_bad_network_loses_nothing_and_doubles_nothing(self, running, fault):
        stream = self.stream_under_test(running)
        whole = self._own(stream.name, self.read(self.connect(running), stream))
        struck = running.faults.add(self.page_call, **fault)
        records, _failures = self.read_as_the_engine(running, stream)
        assert struck.fired, "the fault never struck"
        own = [record for record in records if record.stream == stream.name]
        assert sorted(own, key=key_of) == sorted(whole, key=key_of)

    def test_no_secret_reaches_the_log(self, running, caplog):
        caplog.set_level(logging.DEBUG)
        source = self.connect(running)
        source.check()
        for stream in self.streams(source):
            self.read(source, stream)
        self.read_a_file(source, running)
        running.faults.add(self.any_call, "drop", times=3)
        running.faults.add(self.any_call, "error", status=503, times=3)
        for _attempt in range(4):
            try:
                source.check()
            except ConnectorError as error:
                caplog.handler.records.append(
                    logging.makeLogRecord({"msg": f"{error} {error.data}"})
                )
        said = "\n".join(record.getMessage() for record in caplog.records)
        said += "\n".join(str(e.exc_info) for e in caplog.records if e.exc_info)
        assert "GET" in said or "POST" in said, "nothing was logged: nothing is proven"
        for secret in self.secrets(running):
            assert secret
            assert secret not in said

    def test_nobody_hears_where_we_come_from(self, running):
        source = self.connect(running)
        source.check()
        self.read(source, self.stream_under_test(running))
        assert running.requests
        for request in running.requests:
            assert not {"Referer", "Origin", "Cookie"} & set(request.headers)
            assert "requests" not in request.headers["User-Agent"]
