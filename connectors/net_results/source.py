"""Net-Results as a source: JSON-RPC, record offsets, a few calls at once."""

from dataclasses import replace
from functools import cached_property

from ..core.errors import AuthenticationError, ConfigurationError, FatalError
from ..core.one_by_one import find_record
from ..core.sentences import _lt
from ..core.source import Page, Record, Source
from . import custom_fields, mappings
from .automations import tell_campaign
from .check import Checker
from .children import ChildReader
from .description import MISSING
from .endpoint_config import load_endpoints
from .fields import documented_fields, names_in
from .folders import folder_records
from .listing import ListReader, pages
from .one import OneChildReader, find_row
from .people import ContactReader
from .positions import Chunk
from .proposals import as_named_here, with_kinds
from .responses import is_object, member
from .rest import describe_rest, with_rest
from .rpc import Rpc
from .sentences import SENTENCES
from .settings import SETTINGS
from .streams import NAMED_BY_USER, STREAMS
from .templates import ROWS_ONE_BY_ONE, TemplateReader


class NetResultsSource(Source):
    """One account, read with the rights of a user. Only methods that read are called."""

    name = "net_results"
    label = "Net-Results"
    summary = _lt("The e-mail and password of a user, or an OAuth token.")
    settings = SETTINGS
    identified_by = ("url", "login")  # every customer has the same address
    streams = STREAMS
    ignored = mappings.IGNORED
    left_out = mappings.LEFT_OUT
    automations = {"workflows": tell_campaign}

    def __init__(self, config, *, deadline=None):
        super().__init__(config, deadline=deadline)
        self._require("token" if self.config["auth"] == "oauth" else "login")
        if self.config["auth"] != "oauth":
            self._require("password")
        self.endpoints = load_endpoints(self.config.get("endpoints"))
        self._objects = self.endpoints["objects"]
        self.rpc = Rpc(self.endpoints, self.config, seconds_left=self.seconds_left)
        self._samples = {}

    def _require(self, name):
        if not self.config.get(name):
            setting = next(item for item in self.settings if item.name == name)
            raise ConfigurationError("missing_setting", setting=setting.label)

    def close(self):
        self.rpc.close()

    def check(self):
        return Checker(self.rpc).run(companies_listed=lambda: self._companies_listed)

    # -- what there is ----------------------------------------------------------

    def get_streams(self):
        """Return the streams; what the endpoint profile switches off is optional."""
        named = [s for s in NAMED_BY_USER if "source" not in self._objects[s.path]]
        return tuple(self._as_here(stream) for stream in (*STREAMS, *named))

    def get_stream(self, name):
        found = next(s for s in (*STREAMS, *NAMED_BY_USER) if s.name == name)
        return self._as_here(found)

    def _as_here(self, stream):
        endpoint = self._objects[stream.path]
        stream = replace(stream, optional=not endpoint.get("enabled", True))
        if stream.name == "companies" and not self._companies_listed:
            return replace(stream, derived_from="contacts")
        return stream

    @cached_property
    def _companies_listed(self):
        """Tell whether this account has a controller for companies."""
        endpoint = self._objects["account"]
        if "source" in endpoint:
            return False
        known = self.rpc.description.offers(endpoint, "list")
        return self._answers(endpoint) if known is None else known

    def _answers(self, endpoint):
        lister = ListReader(self.rpc, endpoint, "companies")
        try:
            return self._if_there(lambda: lister.first_page(1)) is not None
        except FatalError as error:
            if error.code != "unexpected_answer":
                raise
            return False

    def count(self, stream):
        """Return the total that the service tells; None for what only reading tells."""
        endpoint = self._objects[stream.path]
        if stream.derived_from or endpoint.get("per") or self.since:
            return None
        if stream.name == "folders" or self._is_missing(endpoint):
            return None
        if stream.name == "companies" and not self._companies_listed:
            return None
        rows, total = ListReader(self.rpc, endpoint, stream.name).first_page(1)
        if not endpoint.get("paged", True):
            return len(rows)
        # A counter that says one may mean the rows of this page.
        return 0 if not rows else total if total and total > len(rows) else None

    def _is_missing(self, endpoint):
        if not endpoint.get("optional"):
            return False
        key = "list" if "list" in endpoint else "method"
        offered = self.rpc.description.offers(endpoint, key)
        if offered is None and key == "list":
            lister = ListReader(self.rpc, endpoint, endpoint["controller"])
            return self._if_there(lambda: lister.first_page(1)) is None
        return offered is False

    def describe(self, stream):
        fields = documented_fields(stream.name, self._names(stream))
        known = {field.path for field in fields}
        fields += describe_rest(self._sample(stream), known)
        if stream.name != "contacts":
            return fields
        endpoint = self._objects["custom_field"]
        own = tuple(custom_fields.describe(d, endpoint) for d in self._definitions)
        return fields + own

    def _names(self, stream):
        """Return how this account calls members, ``{first name: name}``."""
        row = self._sample(stream)
        return names_in(row, self._objects[stream.path]) if row else {}

    def _sample(self, stream):
        """Return one row with the members of the first ones, None where there is none."""
        if stream.name not in self._samples:
            self._samples[stream.name] = self._ask_for_sample(stream)
        return self._samples[stream.name]

    def _ask_for_sample(self, stream):
        endpoint = self._objects[stream.path]
        derived = stream.derived_from and stream.name != "workflows"
        if derived or endpoint.get("per") or not endpoint.get("fields"):
            return None
        if self._is_missing(endpoint):
            return None
        lister = ListReader(self.rpc, endpoint, stream.name)
        row, _total = self._if_there(lister.sample) or (None, None)
        return row

    def _if_there(self, ask):
        """Return what ``ask`` returns, None where this account does not have it.

        Reading it says so; whoever asks for something else must not be stopped by it.
        """
        try:
            found, _refusal = self.rpc.for_one(ask)
        except AuthenticationError:
            raise
        except ConfigurationError as error:
            if error.code not in MISSING:
                raise
            return None
        return found

    # -- reading ----------------------------------------------------------------

    def read_pages(self, stream, checkpoint):
        endpoint = self._objects[stream.path]
        if stream.derived_from and stream.name != "companies":
            # Comes with the pages of other streams; there is no list of it.
            yield Page(())
        elif stream.name == "companies" and not self._companies_listed:
            yield from self._derived_companies(checkpoint)
        elif self._is_missing(endpoint):
            about = {"stream": stream.name, "controller": endpoint["controller"]}
            about["method"] = endpoint.get("list") or endpoint["method"]
            told = SENTENCES.finding("warning", "object_missing", **about)
            yield Page((), warnings=(told,))
        elif endpoint.get("per"):
            yield from self._per_parent(stream, endpoint, checkpoint)
        elif stream.name == "folders":
            rows, _total = ListReader(self.rpc, endpoint, "folders").first_page(1)
            records, errors = folder_records(rows, endpoint)
            yield Page(tuple(records), errors=tuple(errors))
        else:
            yield from self._list(stream, endpoint, checkpoint)

    def _list(self, stream, endpoint, checkpoint):
        size, expand, ask = self._expansion(stream)
        lister = ListReader(
            self.rpc, endpoint, stream.name, size=size, since=self.since
        )
        for chunk in lister.chunks(checkpoint):
            yield from pages(chunk, expand, several=self.rpc.several, ask=ask)

    def _expansion(self, stream):
        """Return rows of a page, and the functions by which a row becomes records."""
        size = ask = None
        if stream.name == "contacts":
            reader = self._contact_reader()
            expand = reader.expand
            if reader.reads_values:
                size, ask = ROWS_ONE_BY_ONE, reader.ask
        elif stream.name == "email_templates":
            reader = TemplateReader(self.rpc)
            size, expand, ask = ROWS_ONE_BY_ONE, reader.expand, reader.ask
        else:

            def expand(row, key, _asked):
                records = [Record(stream.name, key, row)]
                if stream.name == "campaigns":
                    records.append(Record("workflows", key, row))
                return records, [], []

        return size, expand, ask

    def find_one(self, stream, source_id):
        endpoint = self._objects[stream.path]
        if self._is_missing(endpoint):
            return Page(())
        if endpoint.get("per"):
            types = self._activity_types if stream.name == "activities" else {}
            about = (self.rpc, stream.name, endpoint)
            records, errors = OneChildReader(*about, source_id=source_id).read_row(
                types
            )
            return Page(records, errors=errors)
        if stream.name == "folders":
            return Page(find_record(self.read_pages(stream, None), stream, source_id))
        found = find_row(ListReader(self.rpc, endpoint, stream.name), source_id)
        if found is None:
            return Page(())
        _size, expand, ask = self._expansion(stream)
        row, key, _place = found
        chunk = Chunk([(row, key, 0)], {"offset": 0}, None)
        [page] = pages(chunk, expand, several=self.rpc.several, ask=ask)
        return page

    def _contact_reader(self):
        wanted = self._objects["custom_value"].get("enabled", True)
        return ContactReader(
            self.rpc,
            derive_companies=not self._companies_listed,
            definitions=self._definitions if wanted else (),
        )

    def _derived_companies(self, checkpoint):
        """Read the contacts for their accounts alone, where somebody asks for those."""
        reader = ContactReader(self.rpc, derive_companies=True)
        lister = ListReader(self.rpc, self._objects["contact"], "contacts")
        for chunk in lister.chunks(checkpoint):
            found = filter(None, (reader.company_of(row) for row, *_ in chunk.rows))
            records = {record.source_id: record for record in found}
            yield Page(tuple(records.values()), chunk.following)

    # -- what hangs on other records --------------------------------------------

    def _per_parent(self, stream, endpoint, checkpoint):
        children = ChildReader(self.rpc, stream.name, endpoint, since=self.since)
        types = self._activity_types if stream.name == "activities" else {}
        yield from children.pages(checkpoint, types)

    @cached_property
    def _activity_types(self):
        """Labels of the types of history by their ids."""
        endpoint = self._objects["activity_type"]
        lister = ListReader(self.rpc, endpoint, "activity_types")
        rows, _total = self._if_there(lambda: lister.first_page(500)) or ([], None)
        name = endpoint["fields"]["name"]
        return {
            str(member(row, endpoint["id"])): str(member(row, name) or "")
            for row in rows
            if is_object(row)
        }

    # -- the profile ------------------------------------------------------------

    @cached_property
    def _definitions(self):
        endpoint = self._objects["custom_field"]
        if self.rpc.description.offers(endpoint, "list") is False:
            return []
        lister = ListReader(self.rpc, endpoint, "custom_fields")
        return self._if_there(lambda: [row for row, *_ in lister.rows()]) or []

    def get_mappings(self):
        """Return the profile under the names that this account uses."""
        streams = {item.stream for item in mappings.MAPPINGS} - {"activities"}
        names = {name: self._names(self.get_stream(name)) for name in streams}
        samples = {name: self._sample(self.get_stream(name)) for name in streams}
        proposed = custom_fields.with_custom_fields(
            as_named_here(mappings.MAPPINGS, names),
            self._definitions,
            self._objects["custom_field"],
        )
        return with_rest(proposed, samples, self.ignored)

    def get_value_lists(self):
        """Return the lists; what each type of history becomes is proposed by its name."""
        return with_kinds(mappings.VALUE_LISTS, self._activity_types.values())
