"""The OPEX 365 simulator is read by Microsoft's own client, unchanged, over TLS."""

import datetime as dt
import json
import ssl

import pytest
from azure.core.credentials import AccessToken
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from PowerPlatform.Dataverse.client import DataverseClient
from PowerPlatform.Dataverse.core.errors import HttpError

from simulators.opex365 import Opex365Simulator
from simulators.opex365_data import make_organization

pytestmark = pytest.mark.simulator

SMALL = {"contacts": 30, "companies": 14, "emails": 20, "machines": 7}
FORMATTED = "OData.Community.Display.V1.FormattedValue"


class Credential:
    """What the client takes for a credential: it wants nothing but a token."""

    def __init__(self, sim):
        self.sim = sim
        self.scopes = set()

    def get_token(self, *scopes, **_options):
        self.scopes.update(scopes)
        return AccessToken(self.sim.login.issue(), 4102444800)


def self_signed(folder):
    """Write a certificate for localhost; return (context of a server, path)."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.timezone.utc)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path, key_path = folder / "localhost.pem", folder / "localhost.key"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, key_path)
    return context, path


@pytest.fixture
def microsoft(tmp_path, monkeypatch):
    context, certificate = self_signed(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    with Opex365Simulator(make_organization(**SMALL), ssl_context=context) as sim:
        credential = Credential(sim)
        with DataverseClient(sim.url, credential) as client:
            yield sim, client
        assert credential.scopes == {f"{sim.url}/.default"}


def test_microsofts_client_lists_the_tables(microsoft):
    sim, client = microsoft
    names = {table["LogicalName"] for table in client.tables.list()}
    expected = {t.name for t in sim.org.schema.tables.values() if not t.is_private}
    assert names == expected
    machine = client.tables.get("opex_Machine")
    assert machine["entity_set_name"] == "opex_machines"
    columns = {c["LogicalName"] for c in client.tables.list_columns("contact")}
    assert {"fullname", "parentcustomerid", "opex_options"} <= columns


def test_microsofts_client_reads_every_row_page_by_page(microsoft):
    sim, client = microsoft
    found = [
        row
        for page in client.records.list_pages(
            "contact",
            select=["fullname", "statecode", "_parentcustomerid_value"],
            page_size=7,
            include_annotations="*",
        )
        for row in page
    ]
    stored = sim.org.tables["contact"]
    assert {row["contactid"]: row["fullname"] for row in found} == {
        key: row["fullname"] for key, row in stored.items()
    }
    assert len(found) == len(stored)
    assert {row[f"statecode@{FORMATTED}"] for row in found} == {"Active", "Inactive"}
    assert len([e for e in sim.requests if e.path.endswith("/contacts")]) == 5


def test_microsofts_client_filters_expands_and_reads_one_row(microsoft):
    sim, client = microsoft
    rows = client.records.list(
        "account",
        select=["name"],
        filter="name eq 'O''Reilly & Søn ApS'",
        orderby=["name asc"],
        top=3,
    )
    assert [row["name"] for row in rows] == ["O'Reilly & Søn ApS"]
    mail = sim.org.known["mail"]
    row = client.records.retrieve(
        "email", mail, select=["subject"], expand=["email_activity_parties"]
    )
    assert row["subject"] == sim.org.tables["email"][mail]["subject"]
    assert len(row["email_activity_parties"]) >= 4
    gone = "11111111-1111-4111-8111-111111111111"
    assert client.records.retrieve("contact", gone) is None


def test_microsofts_client_sends_a_batch(microsoft):
    sim, client = microsoft
    keys = list(sim.org.tables["contact"])[:3]
    batch = client.batch.new()
    for key in keys:
        batch.records.retrieve("contact", key, select=["fullname"])
    batch.records.list("account", select=["name"], top=2)
    result = batch.execute()
    assert len(result.succeeded) == 4
    assert not result.failed
    posted = [e for e in sim.requests if e.path.endswith("/$batch")]
    assert len(posted) == 1


def test_microsofts_client_knows_the_options_of_a_choice(microsoft):
    sim, client = microsoft
    with client._scoped_odata() as odata:
        record = {"opex_condition": "Worn"}
        assert odata._convert_labels_to_ints("opex_Machine", record) == {"opex_condition": 741200001}  # fmt: skip


def test_what_microsofts_client_refuses_to_see_is_told_by_its_code(microsoft):
    sim, client = microsoft
    sim.denial = (403, "0x80072560")
    with pytest.raises(HttpError) as caught:
        client.tables.list()
    details = json.dumps(caught.value.to_dict(), default=str)
    assert "403" in details
    assert "0x80072560" in details
