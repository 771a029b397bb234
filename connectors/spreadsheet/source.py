"""Files: a stream for every table found, named after what it holds where that is known."""

from dataclasses import replace

from ..core.archive import Files
from ..core.columns import Column, doubts
from ..core.errors import (
    ConfigurationError,
    ConnectorError,
    FatalError,
    RecordError,
    RetryableError,
)
from ..core.file_sentences import FILE_SENTENCES
from ..core.listing import list_tables
from ..core.second_look import MAX_BYTES
from ..core.sentences import _lt
from ..core.source import CheckResult, Setting, Source, SourceField, Stream
from .attachments import ATTACHMENTS, Documents, find_parents
from .automations import AUTOMATIONS
from .backlinks import give_backlinks
from .belongings import find_belongings
from .bodies import give_bodies
from .by_hand import ByHand
from .custom_tables import Objects
from .dialects import find_dialects
from .further import find_further
from .inventory import rules_for
from .labels import get_label
from .listed_files import find_lists
from .made import MADE
from .names import written_name
from .one_row import OneByOne
from .options import (
    as_options,
    ensure_options,
    find_unused,
    get_reference_names,
    is_small,
    key_of_table,
    know_again,
    leave_hidden_out,
    recognize,
)
from .overlaps import head_by_overlap
from .proposal import ORDER, lists_used_by, propose
from .reading import ROW_NUMBER, Group, read_group
from .recognition import Known
from .rows import count_rows, find_lines, give_prefixes
from .second_rows import look_at_table
from .series import SERIES_LABEL, find_series, without_series
from .sharing import propose_for
from .stage_history import give_histories
from .streams import unique_names


class SpreadsheetSource(ByHand, OneByOne, Source):
    """CSV, XLSX, JSON and NDJSON files, alone or in ZIP archives.

    A table is corrected through ``file_options``: ``{"<file>": {option: value}}``, for
    one sheet or list of a file ``"<file>#<sheet>"``; the options are ``tabular.OPTIONS``.
    Files of one object with the same columns are one stream: exports are often split.

    What is in an archive and is no table becomes the stream ``files``; a file in
    ``…/deals/12/offer.pdf`` belongs to record 12 of ``deals``.

    ``known`` in the config is what an earlier reading of the same went by, stream →
    ``{"key", "columns"}``: rows are told apart by the same column again, and where
    there is none, by what stands in the same columns.

    With ``work_folder`` in the config, a folder of the job's own, archives are unpacked
    once a job instead of once a batch, and the ids that came before are kept there.
    """

    name = "spreadsheet"
    label = _lt("Files (CSV, Excel, JSON)")
    summary = _lt(
        "CSV, XLSX, JSON, NDJSON, vCard or iCalendar files of any system, or a ZIP of them."
    )
    takes_files = True
    automations = AUTOMATIONS

    @staticmethod
    def is_made(name):
        """A column may be called anything: these few are ours."""
        return name in MADE

    settings = (
        Setting(
            "file_options",
            _lt("Corrections per file"),
            kind="text",
            required=False,
            help=_lt(
                "JSON. What was detected wrongly: encoding, delimiter, quote, "
                "header_row, sheet, stream, object (what it holds: contacts, deals, … or "
                "leave_out), custom_object (what the records of an object of its own are "
                "called), primary_key, date_order (dmy, mdy, ymd), "
                "decimal_mark, short_rows (accept, refuse), extra_rows, shifted_dates, blank_words "
                "(keep)."
            ),
            placeholder='{"contacts.csv": {"delimiter": ";", "date_order": "dmy"}}',
        ),
    )

    def __init__(self, config, *, deadline=None):
        super().__init__(config, deadline=deadline)
        if not self.config.get("files"):
            raise ConfigurationError("missing_setting", setting=_lt("Files"))
        folder = self.config.get("work_folder")
        self.files = Files(self.config["files"], folder)
        self._groups, self._loose_documents, self._is_headed = None, None, False
        self._findings, self._unused = [], ()
        self._present, self._claimed = set(), set()

    def get_groups(self):
        """Return the ``Group``s of tables by the name of their stream."""
        if self._groups is None:
            options = as_options(self.config.get("file_options"))
            tables, self._findings = list_tables(self.files, options, Known())
            self._unused = find_unused(options, self.files.items(), tables)
            self._groups = self._group(self._usable(tables))
        return self._groups

    def get_failures(self):
        """Return a ``Finding`` for every file or table that cannot be read."""
        self.get_groups()
        return tuple(self._findings)

    def _usable(self, tables):
        for table in tables:
            try:
                leave_hidden_out(table)
                ensure_options(table)
                if table.layout.columns:
                    yield table
                else:
                    self._report(ConfigurationError("file_no_table", name=table.name))
            except (ConfigurationError, FatalError) as error:
                self._report(error)

    def _report(self, error):
        self._findings.append(error.as_finding("blocking"))

    def _group(self, tables):
        groups, alike = [], {}
        tables = list(tables)
        dialects = find_dialects(tables)
        found = list(map(recognize, tables, dialects))
        self._present = {guess.known for guess, _base in found} - {None}
        for table, dialect, (guess, base) in zip(tables, dialects, found, strict=True):
            known, alike_by = guess.known, (guess.known, base, table.layout.columns)
            group = alike.get(alike_by)
            if group is None:
                key = key_of_table(table, known, self._present, dialect)
                group = Group(base, known, [], key, dialect=dialect, guess=guess)
                if key != ROW_NUMBER:
                    group.lines = find_lines(table.columns, known)
                groups.append(group)
                alike[alike_by] = group
            group.tables.append(table)
        give_prefixes(groups)
        attachments = self._attachments()
        find_lists(groups, attachments, self._present)
        self._claimed = give_bodies(groups, attachments)
        give_histories(groups)
        names = unique_names([ATTACHMENTS, *(group.name for group in groups)])[1:]
        for group, name in zip(groups, names, strict=True):
            group.name = name
            know_again(group, (self.config.get("known") or {}).get(name))
        for group in groups:
            group.series = find_series(group, names)
            folder = self.config.get("work_folder")
            group.belongings = find_belongings(group, groups, folder)
            group.further = find_further(group)
        give_backlinks(groups, self.config.get("work_folder"))
        return {group.name: group for group in groups}

    def _loose(self):
        """Return the documents that no table lists."""
        self.get_groups()
        return [item for item in self._attachments() if item.key not in self._claimed]

    def _attachments(self):
        return [item for item in self.files.items() if item.kind == "attachment"]

    def _objects(self):
        """Return ``{object: (stream, columns by name)}``; the first of several counts.

        What is no record of its own, as the moves of deals, can not be referred to.
        """
        objects = {}
        for group in self.get_groups().values():
            if group.known in ORDER:
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
        """Look at all rows of the tables where that takes but a moment.

        Where time is short the rest is looked at before its fields are proposed, as it is
        with large files: slowness stands in nobody's way.
        """
        for group in self.get_groups().values():
            if all(map(is_small, group.tables)):
                try:
                    self._survey(group)
                except RetryableError:
                    return

    def get_mappings(self):
        groups = self.get_groups().values()
        self._survey(*groups)
        if not self._is_headed:
            head_by_overlap(groups)
            self._is_headed = True
        return self._propose()

    def _propose(self):
        objects = self._objects()
        groups = self.get_groups().values()
        own = Objects(group for group in groups if group.label)
        mappings = [
            own.refer(mapping, group) if own else mapping
            for group in groups
            if group.known in ORDER
            for mapping in propose_for(group, objects)
        ]
        mappings += [own.propose(group, objects) for group in own.groups]
        if self._loose():
            names = ("name", "mimetype", "file", "_parent")
            columns = {name: Column(name) for name in names}
            found = propose(ATTACHMENTS, ATTACHMENTS, columns, {})
            streams = {stream for stream, _columns in objects.values()}
            mappings.append(replace(found, after=tuple(sorted(streams))))
        return tuple(mappings)

    @property
    def left_out(self):
        return rules_for(self.get_groups().values())

    def get_value_lists(self):
        return lists_used_by(self.get_mappings())

    def get_streams(self):
        after = {mapping.stream: mapping.after for mapping in self._propose()}
        streams = [
            Stream(
                group.name,
                label=group.label
                or get_label(group.name, written_name(group.tables[0])),
                path=group.tables[0].name,
                primary_key=group.key,
                by_content=group.key == ROW_NUMBER,
                optional=group.is_left_out,
                # Series come along with their meetings.
                depends_on=without_series(after.get(group.name, ()), group),
            )
            for group in self.get_groups().values()
        ]
        streams += [
            Stream(group.series.name, SERIES_LABEL, derived_from=group.name)
            for group in self.get_groups().values()
            if group.series
        ]
        if self._loose():
            depends = after[ATTACHMENTS]
            streams.append(Stream(ATTACHMENTS, _lt("Files"), depends_on=depends))
        return tuple(streams)

    def check(self):
        """Say what was found in every file.

        :raises ConfigurationError: the corrections are not JSON
        """
        findings = []
        self.look_at_small_files()
        files = ", ".join(item.key for item in self.files.items())
        for name in self._unused:
            data = {"name": name, "files": files}
            findings.append(FILE_SENTENCES.finding("warning", "option_unused", **data))
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
        if not is_small(table):
            return None
        try:
            table.survey_all(self.config.get("work_folder"), self.ensure_time)
            groups = self.get_groups().values()
            group = next(each for each in groups if table in each.tables)
            return count_rows(group, table, self.ensure_time)
        except (FatalError, RetryableError):
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
            group = groups[stream.name]
            self._survey(group, *(group.history.groups if group.history else ()))
            return read_group(
                group,
                checkpoint,
                folder=self.config.get("work_folder"),
                ensure_time=self.ensure_time,
            )
        return self._documents().pages(checkpoint)

    def _documents(self):
        if self._loose_documents is None:
            parents = find_parents(
                {known: name for known, (name, _c) in self._objects().items()}
            )
            self._loose_documents = Documents(self._loose(), parents)
        return self._loose_documents

    def look_again(self, stream):
        if stream.name not in self.get_groups():
            return ()
        group = self.get_groups()[stream.name]
        self._survey(group)
        looks = []
        for table in group.tables:
            if table.item.kind in ("csv", "xlsx") and table.item.size <= MAX_BYTES:
                with self.files.open(table.item) as file:
                    look = look_at_table(group, table, file.read())
                if look:
                    looks.append(look)
        return tuple(looks)

    def read_file(self, reference):
        path = reference.get("path")
        item = self._documents().find(path) or next(
            (item for item in self._attachments() if path in get_reference_names(item)),
            None,
        )
        if item is None:
            raise RecordError(
                "missing_file", stream=ATTACHMENTS, source_id=path, name=path
            )
        try:
            yield from self.files.read_chunks(item)
        except ConnectorError:
            raise RecordError(
                "zip_broken", stream=ATTACHMENTS, source_id=path, name=path
            ) from None

    def close(self):
        for group in (self._groups or {}).values():
            for found in filter(None, (group.belongings, group.backlinks)):
                found.close()
        self.files.close()
