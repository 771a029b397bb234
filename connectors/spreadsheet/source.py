"""Files: a stream for every table found, named after what it holds where that is known."""

import json
from dataclasses import replace

from ..core.archive import Files
from ..core.columns import Column, doubts, find_key
from ..core.errors import ConfigurationError, ConnectorError, FatalError, RecordError
from ..core.listing import list_tables
from ..core.second_look import MOST_BYTES, look_at
from ..core.source import CheckResult, Finding, Setting, Source, SourceField, Stream
from ..core.tabular import KEEP, OPTIONS
from ..mapping.lint import lists_of
from .attachments import ATTACHMENTS, attachment_pages, find_parents
from .bodies import Bodies
from .names import names_of_columns, stream_base, unique_names
from .profile import OBJECT_NAMES, VALUE_LISTS
from .proposal import ORDER, propose
from .reading import ROW_NUMBER, Group, read_group
from .recognition import Known, key_columns, object_by_columns

LISTED_FILES = "attachments"
"""The object whose rows are files; their contents lie in the archive."""
COUNTED_BYTES = 32 * 1024 * 1024
"""Up to this size the rows of a text file are counted at once; a workbook's eighth."""


class SpreadsheetSource(Source):
    """CSV, XLSX, JSON and NDJSON files, alone or in ZIP archives.

    A table is corrected through ``file_options``: ``{"<file>": {option: value}}``, for
    one sheet or list of a file ``"<file>#<sheet>"``; the options are ``tabular.OPTIONS``.
    Files of one object with the same columns are one stream: exports are often split.

    What is in an archive and is no table becomes the stream ``files``; a file in
    ``…/deals/12/offer.pdf`` belongs to record 12 of ``deals``.

    With ``work_folder`` in the config, a folder of the job's own, archives are unpacked
    once a job instead of once a batch, and the ids that came before are kept there.
    """

    name = "spreadsheet"
    label = "Files (CSV, Excel, JSON)"
    summary = "CSV, XLSX, JSON or NDJSON files of any system, or a ZIP of them."
    takes_files = True
    settings = (
        Setting(
            "file_options",
            "Corrections per file",
            kind="text",
            required=False,
            help="JSON. What was detected wrongly: encoding, delimiter, quote, "
            "header_row, sheet, stream, primary_key, date_order (dmy, mdy, ymd), "
            "decimal_mark, short_rows (accept), extra_rows, shifted_dates, blank_words "
            "(keep).",
            placeholder='{"contacts.csv": {"delimiter": ";", "date_order": "dmy"}}',
        ),
    )

    def __init__(self, config, *, deadline=None):
        super().__init__(config, deadline=deadline)
        if not self.config.get("files"):
            raise ConfigurationError("missing_setting", setting="Files")
        folder = self.config.get("work_folder")
        self.files = Files(self.config["files"], folder)
        self._groups = None
        self._findings = []
        self._present = set()
        self._claimed = set()

    def get_groups(self):
        """Return the ``Group``s of tables by the name of their stream."""
        if self._groups is None:
            options = as_options(self.config.get("file_options"))
            tables, self._findings = list_tables(self.files, options, Known())
            self._groups = self._group(self._usable(tables))
        return self._groups

    def get_failures(self):
        """Return a ``Finding`` for every file or table that cannot be read."""
        self.get_groups()
        return tuple(self._findings)

    def _usable(self, tables):
        for table in tables:
            try:
                ensure_options(table)
                if table.layout.columns:
                    yield table
                else:
                    self._report(ConfigurationError("file_no_table", name=table.name))
            except (ConfigurationError, FatalError) as error:
                self._report(error)

    def _report(self, error):
        data = dict(error.data)
        self._findings.append(Finding("blocking", error.code, error.sentence, data))

    def _group(self, tables):
        groups, alike = [], {}
        tables = list(tables)
        found = [_recognize(table) for table in tables]
        self._present = {known for known, _base in found} - {None}
        for table, (known, base) in zip(tables, found, strict=True):
            group = alike.get((base, table.layout.columns))
            if group is None:
                group = Group(base, known, [], self._key_of(table, known))
                groups.append(group)
                alike[base, table.layout.columns] = group
            group.tables.append(table)
        self._find_bodies(groups)
        names = unique_names([ATTACHMENTS, *(group.name for group in groups)])[1:]
        for group, name in zip(groups, names, strict=True):
            group.name = name
        return {group.name: group for group in groups}

    def _find_bodies(self, groups):
        """Give lists of files the contents that lie beside them in the archive."""
        self._claimed = set()
        items = self._attachments()
        for group in groups if items else ():
            if group.known == LISTED_FILES:
                bodies = Bodies(items)
                if claimed := bodies.claimed(group):
                    group.bodies = bodies
                    self._claimed |= claimed
        for group in groups:
            if group.known == LISTED_FILES and not group.bodies:
                # A list of files that are not there: nobody can do anything with it.
                group.known = None

    def _loose(self):
        """Return the documents that no table lists."""
        self.get_groups()
        return [item for item in self._attachments() if item.key not in self._claimed]

    def _key_of(self, table, known):
        # Where nobody knows what a row is, it may well be what no other table holds.
        foreign = OBJECT_NAMES if known else self._present
        own, others = (
            [name.replace(" ", "") for one in objects for name in OBJECT_NAMES[one]]
            for objects in ([known] if known in OBJECT_NAMES else [], foreign)
        )
        wanted = table.options.get("primary_key")
        columns = [column for column in table.columns if not column.nested]
        if known in ("companies", "contacts"):
            # A customer may be either.
            others = [name for name in others if name not in ("customer", "client")]

        def called(name):
            return names_of_columns([name], known)

        names = key_columns(columns, known)
        rows = [
            {column.name: row.get(name) for column, name in names.items()}
            for row in table.sample
        ]
        found = find_key(list(names), rows, own, others, called)
        by_name = {column.name: name for column, name in names.items()}
        return wanted or by_name.get(found) or ROW_NUMBER

    def _attachments(self):
        return [item for item in self.files.items() if item.kind == "attachment"]

    def _objects(self):
        """Return ``{object: (stream, columns by name)}``; the first of several counts."""
        objects = {}
        for group in self.get_groups().values():
            if group.known:
                objects.setdefault(group.known, (group.name, group.columns))
        return objects

    def _survey(self, *groups):
        """Look at all rows of the tables, so that no beginning decides for the rest.

        :raises RetryableError: it takes more than the batch has time for
        """
        # The folder of the job alone: what is kept holds values of the files.
        folder = self.config.get("work_folder")
        for group in groups:
            for table in group.tables:
                try:
                    table.survey_all(folder, self.ensure_time)
                except FatalError:
                    # Reading says so, with everything that stands before that place.
                    continue
            group.forget()

    def look_at_small_files(self):
        """Look at all rows of the tables where that takes but a moment."""
        for group in self.get_groups().values():
            if all(table.item.size <= _limit_of(table) for table in group.tables):
                self._survey(group)

    def get_mappings(self):
        self._survey(*self.get_groups().values())
        return self._propose()

    def _propose(self):
        objects = self._objects()
        groups = self.get_groups().values()
        mappings = [
            propose(
                group.name,
                group.known,
                group.columns,
                objects,
                group.tables[0].sample,
            )
            for group in groups
            if group.known in ORDER
        ]
        if self._loose():
            names = ("name", "mimetype", "file", "_parent")
            columns = {name: Column(name) for name in names}
            found = propose(ATTACHMENTS, ATTACHMENTS, columns, {})
            streams = {stream for stream, _columns in objects.values()}
            mappings.append(replace(found, after=tuple(sorted(streams))))
        return tuple(mappings)

    def get_value_lists(self):
        used = {
            name
            for mapping in self.get_mappings()
            for field in mapping.fields
            for step in field.steps
            for name in lists_of(step)
        }
        return tuple(values for values in VALUE_LISTS if values.name in used)

    def get_streams(self):
        after = {mapping.stream: mapping.after for mapping in self._propose()}
        streams = [
            Stream(
                group.name,
                label=group.name.replace("_", " ").capitalize(),
                path=group.tables[0].name,
                primary_key=group.key,
                depends_on=after.get(group.name, ()),
            )
            for group in self.get_groups().values()
        ]
        if self._loose():
            depends = after[ATTACHMENTS]
            streams.append(Stream(ATTACHMENTS, "Files", depends_on=depends))
        return tuple(streams)

    def check(self):
        """Say what was found in every file.

        :raises ConfigurationError: the corrections are not JSON
        """
        findings = []
        self.look_at_small_files()
        for group in self.get_groups().values():
            for table in group.tables:
                findings += group.findings(table)
                findings += doubts(table.name, table.columns)
        # One bad file of many must not keep the others out; it can be accepted.
        level = "warning" if self.get_streams() else "blocking"
        findings += [replace(finding, level=level) for finding in self._findings]
        return CheckResult(findings=tuple(findings))

    def count(self, stream):
        if stream.name == ATTACHMENTS and ATTACHMENTS not in self.get_groups():
            return len(self._loose())
        counts = [self.count_table(table) for table in self._tables(stream)]
        return None if None in counts else sum(counts)

    def count_table(self, table):
        """Return the number of rows, None where counting takes more than a moment."""
        if table.array and table.array.count is not None:
            return table.array.count
        if table.item.size > _limit_of(table):
            return None
        try:
            table.survey_all(self.config.get("work_folder"))
            return sum(1 for _row in table.read_rows())
        except FatalError:
            return None

    def _tables(self, stream):
        return self.get_groups()[stream.name].tables

    def describe(self, stream):
        if stream.name not in self.get_groups():
            return ()
        group = self.get_groups()[stream.name]
        self._survey(group)
        columns = group.columns.values()
        return tuple(
            SourceField(column.name, column.name, column.kind) for column in columns
        )

    def read_pages(self, stream, checkpoint):
        groups = self.get_groups()
        if stream.name in groups:
            self._survey(groups[stream.name])
            return read_group(
                groups[stream.name],
                checkpoint,
                folder=self.config.get("work_folder"),
                ensure_time=self.ensure_time,
            )
        parents = find_parents(
            {known: name for known, (name, _c) in self._objects().items()}
        )
        return attachment_pages(self._loose(), parents, checkpoint)

    def look_again(self, stream):
        if stream.name not in self.get_groups():
            return ()
        self._survey(self.get_groups()[stream.name])
        looks = []
        for table in self._tables(stream):
            if table.item.kind in ("csv", "xlsx") and table.item.size <= MOST_BYTES:
                with self.files.open(table.item) as file:
                    content = file.read()
                names = [column.name for column in table.columns]
                area = table.area and (
                    *(table.area.first, table.area.last),
                    *(table.area.left, table.area.right),
                )
                look = look_at(table.name, content, names, table.part, area)
                if look:
                    aside = table.survey.aside
                    look.set_aside = aside.left_out
                    look.is_whole &= not aside.second
                    told = {each.code for each in table.layout.findings}
                    look.rows -= "header_double" in told and look.heading_rows == 1
                    looks.append(look)
        return tuple(looks)

    def read_file(self, reference):
        path = reference.get("path")
        for item in self._attachments():
            if item.key == path:
                try:
                    yield from self.files.read_chunks(item)
                except ConnectorError:
                    raise RecordError(
                        "zip_broken", stream=ATTACHMENTS, source_id=path, name=path
                    ) from None
                return
        raise RecordError("missing_file", stream=ATTACHMENTS, source_id=path, name=path)

    def close(self):
        self.files.close()


def _recognize(table):
    """Return (object, name of the stream) by the table's name, else by its columns."""
    known, base = stream_base(table)
    if table.area and not table.area.title:
        # What the sheet is called is said of the first of its tables.
        own = object_by_columns(table.layout.columns)
        return own or known, own or base
    return known or object_by_columns(table.layout.columns), base


def _limit_of(table):
    return COUNTED_BYTES // (8 if table.item.kind == "xlsx" else 1)


def ensure_options(table):
    """Refuse corrections that cannot be meant, before they make nonsense of the rows.

    :raises ConfigurationError: an option is unknown or has a value that is none of its own
    """
    options = table.options
    wrong = sorted(set(options) - set(OPTIONS))
    if options.get("date_order") not in (None, "", "dmy", "mdy", "ymd"):
        wrong.append("date_order")
    if options.get("decimal_mark") not in (None, "", ".", ","):
        wrong.append("decimal_mark")
    wrong += [name for name in KEEP if options.get(name) not in (None, "", "keep")]
    if not wrong and options.get("primary_key"):
        if options["primary_key"] not in (ROW_NUMBER, *table.layout.columns):
            wrong.append("primary_key")
    if wrong:
        reason = ", ".join(wrong)
        raise ConfigurationError("bad_setting", setting=table.name, reason=reason)


def as_options(value):
    """Return the corrections as ``{file: {option: value}}``.

    :raises ConfigurationError: the text is not JSON of that form
    """
    if isinstance(value, str) and value.strip():
        try:
            value = json.loads(value)
        except ValueError:
            value = [value]
    value = value or {}
    if not isinstance(value, dict) or not all(
        isinstance(options, dict) for options in value.values()
    ):
        raise ConfigurationError(
            "bad_setting",
            setting="Corrections per file",
            reason="not JSON of that form",
        )
    return value
