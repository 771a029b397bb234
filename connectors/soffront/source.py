"""Soffront CRM as a source: tables by row id, notes and attachments record by record."""

from functools import cached_property
from urllib.parse import urlsplit

from ..core.errors import ConfigurationError
from ..core.http import clean_address
from ..core.one_by_one import as_id_number, find_record
from ..core.sentences import _lt
from ..core.source import Page, Setting, Source
from . import mappings
from .api import SoffrontApi
from .catalog import Catalog
from .check import check
from .conditions import all_of, changed_since, ensure_zone
from .endpoint import SETTING, read_endpoints
from .files import read_file
from .listing import TableReader
from .operations import ensure_reading_address
from .proposal import propose_lists, propose_mappings
from .reading import AuditReader, RecordReader, field_pages, find_field
from .streams import STREAMS

ADDRESS = _lt("Address of the REST service")


class SoffrontSource(Source):
    """One installation, read with the log-in of a user who may see everything."""

    name = "soffront"
    label = "Soffront CRM"
    summary = _lt(
        "The address of the REST service, the developer key, and a user who may read all. "
        "Soffront support must have enabled the service. Deals of some editions, users, "
        "groups, workflows and the knowledge base come as files."
    )
    left_out = mappings.LEFT_OUT
    identified_by = ("url", "user")  # customers may share an address
    settings = (
        Setting(
            "url",
            ADDRESS,
            kind="url",
            help=_lt(
                "As Soffront support gave it: the host you log in to, and behind it "
                "WEBAPI2, sfcrmapi or SFRestApi. Without that part WEBAPI2 is tried."
            ),
            placeholder="https://sf000.soffront.com/WEBAPI2",
        ),
        Setting(
            "developer_key",
            _lt("Developer key"),
            kind="secret",
            required=False,
            help=_lt(
                "Soffront support gives it out when the REST service is enabled. Empty "
                "only where the endpoint profile says how to ask for it."
            ),
        ),
        Setting(
            "user",
            _lt("User name"),
            help=_lt(
                "A user of a read-only group who may see all accounts, contacts and "
                "tickets: Setup → Users and Groups. What this user does not see is left out "
                "by Soffront without a word."
            ),
        ),
        Setting(
            "password",
            _lt("Password"),
            kind="secret",
            help=_lt("Best of letters and digits only: it becomes part of an address."),
        ),
        Setting(
            "timezone",
            _lt("Time zone of the server"),
            kind="timezone",
            help=_lt(
                "Soffront writes its times without a zone, in the local time of the "
                "server. Compare the time of a new ticket with your own clock."
            ),
        ),
        Setting(
            "replace_plus",
            _lt("Replace + in user name and password"),
            kind="boolean",
            required=False,
            default=False,
            help=_lt(
                "Some servers refuse the sign in an address; Soffront's portal writes "
                "♣ in its place."
            ),
        ),
        Setting(
            "allow_http",
            _lt("Allow a connection without encryption"),
            kind="boolean",
            required=False,
            default=False,
            help=_lt(
                "Only for a server in your own network: the password can be read on "
                "the way."
            ),
        ),
        Setting(
            "endpoints",
            SETTING,
            kind="text",
            required=False,
            help=_lt(
                "JSON, only what differs from the profile that comes along: names of "
                "objects and fields, the way of paging, paths of operations. Check shows what "
                "was found with it."
            ),
            placeholder='{"objects": {"deal": {"name": "SalesOpp"}}}',
        ),
    )
    streams = STREAMS
    ignored = mappings.IGNORED

    def __init__(self, config, *, deadline=None):
        super().__init__(config, deadline=deadline)
        self.zone = str(self.config["timezone"])
        ensure_zone(self.zone)
        self.endpoints = read_endpoints(self.config.get("endpoints"))
        asked_for = self.endpoints["auth"]["developer_key"]["mode"] == "asked"
        if not self.config.get("developer_key") and not asked_for:
            raise ConfigurationError("missing_setting", setting=_lt("Developer key"))
        self.api = SoffrontApi(
            self._address(),
            self.endpoints,
            seconds_left=self.seconds_left,
            key=str(self.config.get("developer_key") or "").strip(),
            user=str(self.config["user"]),
            password=str(self.config["password"]),
            replace_plus=bool(self.config["replace_plus"]),
        )

    def _address(self):
        address = clean_address(self.config["url"], setting=ADDRESS)
        parts = urlsplit(address)
        if parts.scheme != "https" and not self.config["allow_http"]:
            data = {"host": parts.netloc}
            raise ConfigurationError("plain_http", **data)
        if not parts.path:
            address = f"{address}/{self.endpoints['prefix'].strip('/')}".rstrip("/")
        ensure_reading_address(address, setting=ADDRESS)
        return address

    @cached_property
    def catalog(self):
        return Catalog(self.api)

    def close(self):
        self.api.close()

    def check(self):
        encrypted = self.api.client.base_url.startswith("https")
        return check(self.api, self.catalog, zone=self.zone, encrypted=encrypted)

    # -- streams ----------------------------------------------------------------

    def get_streams(self):
        return self.catalog.streams()

    def get_stream(self, name):
        known = (stream for stream in STREAMS if stream.name == name)
        return next(known, None) or super().get_stream(name)

    def count(self, stream):
        """Return the total that the server tells; None for what only reading tells."""
        is_table = stream.path and not stream.derived_from
        if not is_table or stream.name == "stage_changes" or self.since:
            return None
        return self._table(stream, self.since).total()

    def describe(self, stream):
        if not stream.path:
            return ()
        name = self.catalog.name_of(stream.path)
        rules = self.catalog.rules(stream.path)
        if not name or rules.get("default_columns") or stream.name == "stage_changes":
            return ()
        samples = () if stream.derived_from else self.catalog.samples(stream.path)
        return self.catalog.form(name).described(samples)

    def _table(self, stream, since, *, keys_only=False):
        name = self.catalog.name_of(stream.path)
        if not name:
            raise self.api.fatal("no_such_object", stream=stream.label)
        form = self.catalog.form(name)
        condition = self.endpoints["filters"]["active"]
        modified = self.catalog.modified(stream.path) if since else None
        if modified:
            template = self.endpoints["filters"]["since"]
            changed = changed_since(template, modified, since, self.zone)
            condition = all_of(condition, changed)
        return TableReader(
            self.api,
            stream.name,
            name,
            fields=[self.endpoints["paging"]["key"]] if keys_only else form.names,
            condition=condition or "",
            verified=not since and not keys_only,
        )

    # -- reading ----------------------------------------------------------------

    def read_pages(self, stream, checkpoint):
        if stream.derived_from:
            # Comes with the pages of other streams; there is no list of it.
            yield Page(())
        elif stream.name == "custom_fields":
            yield from field_pages(self.catalog, checkpoint)
        elif stream.name == "stage_changes":
            table = self._table(stream, self.since, keys_only=True)
            yield from AuditReader(self.api, table, stream).pages(checkpoint)
        else:
            table = self._table(stream, self.since)
            reader = RecordReader(self.api, self.catalog, table, stream, zone=self.zone)
            yield from reader.pages(checkpoint)

    def find_one(self, stream, source_id):
        if stream.name == "custom_fields":
            return Page(find_field(self.catalog, source_id))
        key = (
            source_id.rpartition("-")[0]
            if stream.name == "stage_changes"
            else source_id
        )
        number = as_id_number(key)
        if number is None:
            return Page(())
        if stream.name == "stage_changes":
            table = self._table(stream, None, keys_only=True)
            page = AuditReader(self.api, table, stream).one(number)
            return Page(find_record([page], stream, source_id))
        table = self._table(stream, None)
        reader = RecordReader(self.api, self.catalog, table, stream, zone=self.zone)
        return reader.one(number)

    def read_file(self, reference):
        return read_file(self.api, reference)

    # -- the profile ------------------------------------------------------------

    def get_mappings(self):
        return propose_mappings(self.catalog, zone=self.zone)

    def get_value_lists(self):
        return propose_lists()
