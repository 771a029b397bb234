"""OPEX 365: settings, log-in with a secret or a certificate, what the check finds out."""

import base64
import json
from datetime import datetime, timedelta, timezone
from functools import lru_cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from opex365_common import SMALL, a_simulator, connect
from reading import own, records

from connectors.core.errors import (
    AuthenticationError,
    ConfigurationError,
    FatalError,
    ForbiddenError,
    RetryableError,
)
from connectors.opex365.source import Opex365Source


@pytest.mark.parametrize(
    "settings",
    [
        {"url": "ftp://acme.crm4.dynamics.com"},
        {"url": "http://acme.crm4.dynamics.com"},
        {"url": "https://ana:pw@acme.crm4.dynamics.com"},
        {"authority": "http://login.example.com"},
        {"tenant": "acme/../other"},
        {"tenant": "acme\r\nX-Evil: b"},
        {"client_id": "6f1d?x=1"},
        {"page_size": 10_000},
        {"page_size": "many"},
        {"since": "last week"},
        {"certificate": "no PEM at all"},
    ],
    ids=str,
)
def test_a_setting_that_cannot_work_is_named(settings):
    config = {
        "url": "https://acme.crm4.dynamics.com",
        "tenant": "acme.example",
        "client_id": "6f1d",
        "client_secret": "a",
    }
    with pytest.raises(ConfigurationError) as caught:
        Opex365Source({**config, **settings})
    assert caught.value.code == "bad_setting"
    assert "Evil" not in str(caught.value)
    assert "PEM at all" not in str(caught.value)


@pytest.mark.simulator
def test_a_secret_or_a_certificate_is_asked_for(simulator):
    with pytest.raises(ConfigurationError) as caught:
        connect(simulator, client_secret="")
    assert caught.value.code == "missing_setting"


@pytest.mark.simulator
@pytest.mark.parametrize("tail", ["", "/", "/api/data/v9.2/", "/main.aspx"])
def test_whichever_address_was_pasted_will_do(simulator, tail):
    assert connect(simulator, url=simulator.url + tail).check().login


@pytest.mark.simulator
@pytest.mark.parametrize(
    ("number", "code"),
    [
        (7000215, "wrong_secret"),
        (7000222, "secret_expired"),
        (700016, "unknown_app"),
        (90002, "unknown_tenant"),
        (500011, "unknown_environment"),
        (70011, "unknown_environment"),
        (700027, "certificate_rejected"),
        (53003, "login_refused"),
    ],
)
def test_every_refusal_of_the_login_is_told_apart(simulator, number, code):
    simulator.login.refusal = number
    with pytest.raises(ConfigurationError) as caught:
        connect(simulator).check()
    assert caught.value.code == code
    assert "…" not in str(caught.value)


@pytest.mark.simulator
@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"client_secret": "the-id-of-the-secret"}, "wrong_secret"),
        ({"tenant": "elsewhere.example"}, "unknown_tenant"),
        ({"client_id": "11111111"}, "unknown_app"),
    ],
)
def test_what_the_user_mistyped_is_told(simulator, settings, code):
    with pytest.raises(ConfigurationError) as caught:
        connect(simulator, **settings).check()
    assert caught.value.code == code


@pytest.mark.simulator
@pytest.mark.parametrize(
    ("status", "answer", "kind", "code"),
    [
        (403, "0x80072560", AuthenticationError, "no_app_user"),
        (403, "0x80040220", ForbiddenError, "privilege_missing"),
        (403, "0x80048306", ForbiddenError, "privilege_missing"),
        (403, "0x8004a112", AuthenticationError, "user_disabled"),
        (403, "0x8004a104", ConfigurationError, "organization_disabled"),
        (400, "0x80040265", FatalError, "extension_failed"),
        (400, "0x80040203", FatalError, "unexpected_answer"),
        (400, "0x80060888", FatalError, "query_refused"),
        (400, "0x0", FatalError, "query_refused"),
        (400, "0x80044151", RetryableError, "query_too_heavy"),
        (503, "0x80048544", RetryableError, "query_too_heavy"),
        (500, "0x80040216", FatalError, "server_error"),
        (502, "", RetryableError, "busy"),
        (504, "", RetryableError, "busy"),
    ],
)
def test_every_documented_error_has_a_sentence_of_its_own(
    simulator, status, answer, kind, code
):
    simulator.denial = (status, answer)
    with pytest.raises(kind) as caught:
        connect(simulator).metadata.tables  # noqa: B018 (it asks the server)
    assert caught.value.code == code
    assert "…" not in str(caught.value)


@lru_cache
def a_key(_number=0):
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def a_certificate(other_key=None):
    """Return (PEM of key and certificate, thumbprint, public numbers)."""
    key = a_key()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "migration")])
    now = datetime.now(timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key((other_key or key).public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ) + certificate.public_bytes(serialization.Encoding.PEM)
    thumbprint = certificate.fingerprint(hashes.SHA1())
    return pem.decode(), thumbprint, key.public_key().public_numbers()


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@pytest.mark.simulator
def test_a_certificate_proves_who_we_are_as_well_as_a_secret(simulator):
    pem, thumbprint, numbers = a_certificate()
    simulator.login.certificates[base64url(thumbprint)] = (numbers.n, numbers.e)
    source = connect(simulator, client_secret="", certificate=pem)
    assert source.check().login == "# crm-migration"
    simulator.login.certificates.clear()
    stranger = connect(simulator, client_secret="", certificate=pem)
    with pytest.raises(AuthenticationError) as caught:
        stranger.check()
    assert caught.value.code == "certificate_rejected"


@pytest.mark.simulator
@pytest.mark.parametrize("line_end", ["", " ", "\r\n"])
def test_a_certificate_pasted_into_one_line_works_all_the_same(simulator, line_end):
    pem, thumbprint, numbers = a_certificate()
    simulator.login.certificates[base64url(thumbprint)] = (numbers.n, numbers.e)
    pasted = pem.replace("\n", line_end)
    source = connect(simulator, client_secret="", certificate=pasted)
    assert source.check().login == "# crm-migration"


@pytest.mark.simulator
def test_a_key_of_another_certificate_is_noticed_before_any_call(simulator):
    other = a_key(2)
    with pytest.raises(ConfigurationError) as caught:
        connect(simulator, client_secret="", certificate=a_certificate(other)[0])
    assert caught.value.code == "bad_setting"
    assert simulator.requests == []


@pytest.mark.simulator
def test_a_token_is_renewed_before_it_ends():
    with a_simulator(token_seconds=20) as simulator:
        now = [1000.0]
        simulator.login.clock = lambda: now[0]
        source = connect(simulator, page_size=5)
        source.api.auth.clock = lambda: now[0]
        stream, found = source.get_stream("contacts"), []
        for page in source.read_pages(stream, None):
            found += [r.source_id for r in page.records if r.stream == "contacts"]
            now[0] += 7
        assert len(found) == SMALL["contacts"] == len(set(found))
        assert len(simulator.login.tokens) > 1
        assert not [entry for entry in simulator.requests if entry.status == 401]


@pytest.mark.simulator
def test_one_token_serves_a_whole_run(simulator, source):
    for name in ("companies", "contacts", "deals"):
        records(source, name)
    assert len(simulator.requested("/oauth2/")) == 1


# -- the check -----------------------------------------------------------------------


def codes(result, level=None):
    return {f.code for f in result.findings if level in (None, f.level)}


@pytest.mark.simulator
def test_the_check_names_the_vendor_and_warns_of_nothing_in_a_full_environment(source):
    result = source.check()
    assert result.version == "4.2.0.17"
    assert codes(result, "warning") == {"personal_flows"}
    assert {"logged_in", "solution", "custom_tables"} <= codes(result, "passed")


@pytest.mark.simulator
def test_apps_that_are_not_installed_are_reported_and_their_streams_are_empty():
    with a_simulator(apps=()) as simulator:
        source = connect(simulator)
        result = source.check()
        absent = next(f for f in result.findings if f.code == "table_absent")
        assert "Opportunities" in absent.data["streams"]
        assert "Accounts" not in absent.data["streams"]
        for name in ("deals", "leads", "cases", "marketing_lists", "products"):
            assert source.count(source.get_stream(name)) == 0
            assert own(source, name) == {}
        assert own(source, "companies")
        assert own(source, "emails")


@pytest.mark.simulator
def test_what_the_role_does_not_allow_is_reported(simulator, source):
    simulator.unreadable = {"sdkmessageprocessingstep", "annotation"}
    result = source.check()
    refused = [f.data["stream"] for f in result.findings if f.code == "may_not_read"]
    assert refused == ["Notes", "Plug-in steps"]
    with pytest.raises(ForbiddenError) as caught:
        records(source, "notes")
    assert caught.value.code == "privilege_missing"


@pytest.mark.simulator
def test_rows_that_a_role_hides_without_a_word_are_noticed(simulator, source):
    honest = simulator._totals
    totals = {"EntityRecordCountCollection": {"Count": 1, "Keys": ["contact"], "Values": [900]}}  # fmt: skip

    def exaggerate(query):
        response = honest(query)
        response.set_data(json.dumps(totals))
        return response

    simulator._totals = exaggerate
    hidden = [f.data for f in source.check().findings if f.code == "rows_hidden"]
    assert [(f["stream"], f["seen"], f["total"]) for f in hidden] == [("Contacts", 26, 900)]  # fmt: skip
