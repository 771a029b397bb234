"""A source before which somebody stands who changes the names."""

from dataclasses import replace

from ..core.errors import ConnectorError
from ..core.one_by_one import cannot_read_one
from ..core.sentences import Finding, Listing, Text, _lt
from .apply import Anonymizer
from .decide import Decisions, plain_path
from .files import get_placeholder
from .kinds import KEEP, LISTED_MODELS, NAME

PLAIN = frozenset(
    """
    stream streams column columns table tables sheet host key kind method controller version
    status count line row code encoding mark low high size limit schema setting expected
    parameter list object zone currency currencies fields field total number delay
    received errors second least most
    """.split()
)
"""What a sentence names that is no value of a record."""


class Anonymized:
    """Gives what a ``Source`` gives, with other people in it.

    :param source: the ``Source``
    :param salt: bytes, the secret of the migration
    :param known: what was decided of members before, see ``Decisions``; filled further
    :param keep: called with ``known`` where something was added to it
    :param rules: ``is_public`` and ``is_valid_code`` of ``Anonymizer``
    """

    def __init__(self, source, salt, known=None, keep=None, **rules):
        self._source, self._keep = source, keep
        self._known = known if known is not None else {}
        self._count = len(self._known)
        self.decisions = Decisions(source, self._known)
        self.anonymizer = Anonymizer(salt, self.decisions, **rules)

    def __getattr__(self, name):
        return getattr(self._source, name)

    def close(self):
        if self._keep and len(self._known) > self._count:
            self._keep(self._known)
        self._source.close()

    # -- what is read ------------------------------------------------------------

    def read_pages(self, stream, checkpoint):
        pages = self._source.read_pages(stream, checkpoint)
        while True:
            try:
                page = next(pages, None)
            except ConnectorError as error:
                raise self.error(error) from None
            if page is None:
                return
            yield self._page(page)

    def read_one(self, stream, source_id):
        """Return the page of one record, by an id that names nobody.

        :raises ConfigurationError: ``not_one_by_one``: the id is a name or an address;
            from the invented one no way leads back to the real one
        """
        if self.anonymizer.reference(str(source_id)) != source_id:
            reason = _lt(
                "its ids name people, and these are anonymized. Read the changes instead"
            )
            raise cannot_read_one(stream, reason)
        try:
            return self._page(self._source.read_one(stream, source_id))
        except ConnectorError as error:
            raise self.error(error) from None

    def _page(self, page):
        return replace(
            page,
            records=tuple(map(self._record, page.records)),
            errors=tuple(map(self.error, page.errors)),
            warnings=tuple(map(self.finding, page.warnings)),
        )

    def _record(self, record):
        return replace(
            record,
            source_id=self.anonymizer.reference(str(record.source_id)),
            data=self.anonymizer.record(record.stream, record.data),
        )

    def read_file(self, reference):
        """Yield something of the kind of a file; the file itself is not read."""
        yield get_placeholder(reference.get("name") or reference.get("path"))

    def look_again(self, _stream):
        """Return nothing: what is staged is not what stands in the files."""
        return ()

    def disguise_table(self, table):
        """Return a table of a preview, with other people in its rows."""
        if "error" in table:
            return {**table, "error": self.finding(table["error"])}
        rows = [self.anonymizer.record(table["stream"], row) for row in table["rows"]]
        return {
            **table,
            "rows": rows,
            "warnings": list(map(self.finding, table["warnings"])),
        }

    @staticmethod
    def disguise_row(salt, row):
        """Return a row of a plan about an owner or a value, with other names in it.

        :param salt: bytes, the secret of the migration
        """
        anonymizer = Anonymizer(salt, None)
        made = dict(row)
        if row.get("model") in LISTED_MODELS or "list" in row and not row.get("model"):
            return made
        if isinstance(row.get("key"), str):
            made["key"] = anonymizer.reference(row["key"])
        if isinstance(row.get("name"), str):
            made["name"] = anonymizer.texts.rename(row["name"])
        return made

    # -- what is said ------------------------------------------------------------

    def check(self):
        try:
            result = self._source.check()
        except ConnectorError as error:
            raise self.error(error) from None
        findings = tuple(map(self.finding, result.findings))
        return replace(
            result, login=self.anonymizer.texts.rename(result.login), findings=findings
        )

    def error(self, error):
        """Return an error whose sentence names nobody."""
        made = type(error).__new__(type(error))
        made.__dict__.update(error.__dict__)
        made.data = self._data(error.data)
        if hasattr(error, "source_id"):
            made.source_id = self.anonymizer.reference(str(error.source_id))
        made.args = (made.sentence,)
        return made

    def finding(self, finding):
        data, text = self._data(finding.data), finding.text
        if isinstance(text, Text) and text.data is not None:
            text = Text(text.template, self._data(text.data))
        return Finding(finding.level, finding.code, text, data)

    def _data(self, data):
        return {name: self._said(name, value) for name, value in data.items()}

    def _said(self, name, value):
        if isinstance(value, list | tuple):
            return [self._said(name, item) for item in value]
        if not isinstance(value, str) or isinstance(value, Text | Listing):
            return value
        if name in PLAIN or name == "name" and value.startswith(self._get_files()):
            return value
        return self.anonymizer.texts.rename(value)

    def _get_files(self):
        """Return what the files that were given are called: people know them by that."""
        files = self._source.config.get("files") or ()
        return tuple(file["name"] for file in files) or ("\0",)

    # -- what is proposed --------------------------------------------------------

    def get_mappings(self):
        return tuple(map(self._mapping, self._source.get_mappings()))

    def _mapping(self, mapping):
        """Make a field of texts of one that offers what people have typed."""
        fields = {field.target: field for field in mapping.fields}
        custom = []
        for each in mapping.custom_fields:
            field = fields.get(f"@custom.{each.key}")
            paths = field.source if field and isinstance(field.source, tuple) else ()
            paths = paths or ((field.source,) if field and field.source else ())
            if (
                each.options
                and self._source.takes_files
                and not self._stay(mapping, paths)
            ):
                each = replace(each, kind="char", options=())
            custom.append(each)
        return replace(mapping, custom_fields=tuple(custom))

    def _stay(self, mapping, paths):
        kinds = {self.decisions.get(mapping.stream, plain_path(p))[0] for p in paths}
        return kinds == {KEEP}

    def get_value_lists(self):
        return tuple(map(self._value_list, self._source.get_value_lists()))

    def _value_list(self, item):
        """Propose for the invented values what was proposed for those of the source."""
        if not item.proposals or self.decisions.kind_of_list(item.name) != NAME:
            return item
        rename = self.anonymizer.texts.rename
        proposals = {rename(key): value for key, value in item.proposals.items()}
        return replace(item, proposals={**item.proposals, **proposals})
