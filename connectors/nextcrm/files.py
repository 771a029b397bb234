"""Where a document's bytes are, and how they come: the object store, else a public one.

The address in the database is one inside the server's own network (``http://minio:9000``
as a rule): only the key in it counts, and the address that the user entered.
"""

import posixpath
import re
from urllib.parse import unquote, urlsplit

from ..core.errors import (
    AuthenticationError,
    ConfigurationError,
    FatalError,
    ForbiddenError,
    RecordError,
    RetryableError,
)
from ..core.http import HttpClient
from ..core.sentences import _lt
from ..core.source import Record
from ..core.unreachable import HOSTS
from .s3 import S3Auth, encoded_path
from .streams import TABLES

PUBLIC_STORES = ("https://utfs.io/", "https://uploadthing.com/")
"""Where files lay until 2026-03; they need no key. Nothing else is ever fetched by the
address that stands in a row."""

_TABLES = {name: table.name for name, table in TABLES.items()}
_KEY = re.compile(r"(?:documents|uploads|images|avatars|invoices)/[^/]+$")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
LONGEST_NAME = 180
"""Characters of a file name; the names of most file systems end at 255 bytes."""

_LINKS = (
    ("DocumentsToOpportunities", "opportunity_id", "deals"),
    ("DocumentsToLeads", "lead_id", "leads"),
    ("DocumentsToContacts", "contact_id", "contacts"),
    ("DocumentsToAccounts", "account_id", "companies"),
    ("DocumentsToTasks", "task_id", "tasks"),
    ("DocumentsToCrmAccountsTasks", "crm_accounts_task_id", "todos"),
)


def key_of(key, address):
    """Return the key of an object in the bucket, None where the bytes lie elsewhere.

    >>> key_of(None, "http://minio:9000/nextcrm/documents/a%20b.pdf")
    'documents/a b.pdf'
    >>> key_of("abc.jpg", "https://utfs.io/f/abc.jpg")
    """
    if _is_public(address):
        return None
    if key:
        return key.lstrip("/")
    found = _KEY.search(unquote(urlsplit(address or "").path))
    return found[0] if found else None


def _is_public(address):
    return (address or "").startswith(PUBLIC_STORES)


def file_name(name, key):
    """Return a name that a file may have, with the extension of the key.

    >>> file_name("Smlouva č. 1/2: kopie", "documents/x.pdf"), file_name("A.PDF", "x.pdf")
    ('Smlouva č. 1_2_ kopie.pdf', 'A.PDF')
    """
    extension = posixpath.splitext(key or "")[1][:10]
    stem = _UNSAFE.sub("_", name or "").strip(" ._") or "document"
    if extension and stem.lower().endswith(extension.lower()):
        stem, extension = stem[: -len(extension)], stem[-len(extension) :]
    return stem[:LONGEST_NAME].rstrip() + extension


def media_of(relations, rows):
    """Return a record of ``media`` for every place where the documents hang.

    Only the first row of a chain of versions has its file: the product overwrites it
    with the newest. One that hangs nowhere, or only on what has been deleted, gets a
    record without a parent.
    """
    links, gone = {}, {}
    types = relations.names("Documents_Types")
    for table, member, stream in _LINKS:
        found = relations.grouped(
            table, "document_id", member, [row["id"] for row in rows]
        )
        alive = relations.live(
            _TABLES[stream], {k for ks in found.values() for k in ks}
        )
        every = {key for keys in found.values() for key in keys}
        lost = relations.gone(_TABLES[stream], every, alive)
        for document, keys in found.items():
            there = [(stream, key) for key in keys if key in alive]
            links.setdefault(document, []).extend(there)
            names = [lost[key] for key in keys if key in lost]
            gone.setdefault(document, []).extend(names)
    return [
        Record("media", f"{row['id']}-{stream or 'none'}-{key or 'none'}", data)
        for row in rows
        if not row.get("parent_document_id")
        for stream, key in links.get(row["id"]) or [(None, None)]
        for data in [_media(row, stream, key, types, gone.get(row["id"], []))]
    ]


_TOLD = ("description", "document_system_type", "status", "visibility")


def _media(row, stream, parent, types, gone):
    key = key_of(row.get("key"), row.get("document_file_url"))
    data = {
        "document_id": row["id"],
        "name": file_name(
            row.get("document_name"), key or row.get("document_file_url")
        ),
        "mimetype": row.get("document_file_mimeType"),
        "size": row.get("size"),
        "createdAt": row.get("createdAt") or row.get("date_created"),
        "updatedAt": row.get("updatedAt") or row.get("last_updated"),
        "createdBy": row.get("createdBy") or row.get("created_by_user"),
        "_key": key,
        "_url": None if key else row.get("document_file_url"),
        **{member: row.get(member) for member in _TOLD},
        "_document_type": types.get(row.get("document_type")),
        "_tags": row.get("_tags") or [],
        "_gone": gone,
    }
    if stream:
        data["_parent"] = {"stream": stream, "id": parent}
    return data


def invoice_files_of(rows):
    """Return a record of ``invoice_files`` for every invoice that has been printed."""
    return [
        Record(
            "invoice_files",
            row["id"],
            {
                "name": file_name(f"{row.get('number') or row['id']}.pdf", ".pdf"),
                "createdAt": row.get("pdfGeneratedAt"),
                "_key": row["pdfStorageKey"],
                "_parent": {"stream": "invoices", "id": row["id"]},
            },
        )
        for row in rows
        if row.get("pdfStorageKey")
    ]


class FileStore:
    """The bucket that the user named, if they did."""

    def __init__(self, config, seconds_left):
        self.bucket = config.get("s3_bucket") or "nextcrm"
        self.address = config.get("s3_endpoint")
        self.client = None
        self._seconds_left = seconds_left
        if self.address:
            keys = config.get("s3_access_key"), config.get("s3_secret_key")
            if not all(keys):
                raise ConfigurationError(
                    "missing_setting", setting=_lt("Object store: keys")
                )
            region = config.get("s3_region") or "us-east-1"
            self.client = HttpClient(
                self.address,
                auth=S3Auth(*keys, region=region),
                seconds_left=seconds_left,
                besides=True,
            )

    def close(self):
        if self.client:
            self.client.close()

    def check(self):
        """Ask the bucket for nothing at all.

        :raises ConfigurationError: no such bucket, or the keys do not open it
        """
        path = encoded_path(self.bucket) + "?list-type=2&max-keys=0"
        # Whoever presses the button has put something right.
        HOSTS.forget(self.client.base_url)
        try:
            for _chunk in self.client.stream(path, name=self.bucket):
                pass
        except ForbiddenError:
            # A key for reading objects alone may not list them: a file will tell.
            raise AuthenticationError("s3_refused", host=self.client.host) from None
        except FatalError as error:
            if error.code != "not_found":
                raise
            data = {"host": self.client.host, "bucket": self.bucket}
            raise ConfigurationError("s3_no_bucket", **data) from None

    def fetch(self, reference):
        """Yield the bytes of a file in chunks.

        :raises RecordError: it is not there, not allowed, or not all of it came
        """
        name = str(reference.get("name") or "")
        about = {"stream": "media", "source_id": str(reference.get("id") or name)}
        size = reference.get("size")
        size = size if isinstance(size, int) and size > 0 else None
        try:
            yield from self._bytes(reference, name, size, about)
        except (ForbiddenError, FatalError, AuthenticationError) as error:
            reason = error.sentence.rstrip(".")
            code, data = "bad_file", {"name": name, "reason": reason}
            if error.code == "not_found":
                code, data = "missing_file", {"name": name}
            elif error.code in ("forbidden", "bad_credentials"):
                # Keys without the right to list get the same answer for what is missing.
                code, data = "s3_denied", {"name": name}
            elif error.code in ("truncated_file", "unreachable", "too_slow"):
                code, data = error.code, error.data
            raise RecordError(code, **data, **about) from None

    def _bytes(self, reference, name, size, about):
        key, address = reference.get("path"), reference.get("url")
        if key and not self.client:
            raise RecordError("no_object_store", name=name, **about)
        if key:
            path = encoded_path(self.bucket, str(key))
            yield from self.client.stream(path, name=name, size=size)
        elif _is_public(address):
            yield from self._public_bytes(address, name, size, about)
        else:
            raise RecordError(
                "bad_file", name=name, reason=_lt("its address is not usable"), **about
            )

    def _public_bytes(self, address, name, size, about):
        client = HttpClient(address, seconds_left=self._seconds_left, besides=True)
        try:
            yield from client.stream(address, name=name, size=size)
        except RetryableError as error:
            if error.code != "unreachable":
                raise
            # Somebody else's service, which may have ended: it must not hold us up.
            raise RecordError(error.code, **{**error.data, **about}) from None
        finally:
            client.close()
