"""Which tables the given files hold: one a text file, one a sheet, one a list in JSON."""

from contextlib import closing

from . import tabular_json
from .areas import SEARCHED_ROWS, find_areas
from .errors import ConfigurationError, FatalError
from .layout import SAMPLE_BYTES, find_encoding
from .lines import TooLong
from .remembered import Remembered, identity_of
from .tabular import Table

_AREAS = Remembered()


def list_tables(files, options, knows=None):
    """Return (tables, findings for files that give none).

    :param options: ``{name of a file or table: {option: value}}``
    :param knows: see ``areas.find_areas``; None: a sheet is one table
    """
    tables, findings = [], []
    for item in files.items():
        try:
            if item.error:
                raise item.error
            if item.kind != "attachment":
                tables += _tables_of(files, item, options, knows)
        except (ConfigurationError, FatalError) as error:
            findings.append(error.as_finding("blocking"))
    return tables, findings


def _tables_of(files, item, options, knows):
    own = options.get(item.key) or {}

    def table(part="", area=None, **more):
        found = Table(files, item, part=part, area=area, **more)
        whole = f"{item.key}#{part}" if part else item.key
        names = dict.fromkeys((item.key, whole, found.name))
        for name in names:
            found.options.update(options.get(name) or {})
        return found

    def divided(part="", **more):
        whole = table(part, **more)
        areas = _areas_of(whole, knows)
        found = [table(part, area, **more) for area in areas] or [whole]
        for one in found:
            one.searched = whole.searched
        return found

    if item.kind == "ndjson":
        return [table()]
    if item.kind == "csv":
        return divided()
    if item.kind == "xlsx":
        return _sheets(files.workbook(item), item, own.get("sheet"), divided)
    with closing(files.open(item)) as file:
        encoding, _findings = find_encoding(item.key, file.read(SAMPLE_BYTES), own)
        try:
            arrays, complete = tabular_json.find_arrays(file, encoding)
        except (tabular_json.NotJson, TooLong) as error:
            offset = getattr(error, "offset", 0)
            raise ConfigurationError(
                "file_damaged", name=item.key, offset=offset
            ) from None
        if not arrays:
            raise ConfigurationError("file_no_table", name=item.key)
        alone = len(arrays) == 1
        return [
            table("" if alone else array.path, array=array, unsearched=not complete)
            for array in arrays
        ]


def _sheets(book, item, wanted, divided):
    names = [sheet.name for sheet in book.sheets]
    if wanted:
        wanted = [wanted] if isinstance(wanted, str) else list(wanted)
        for name in wanted:
            if name not in names:
                raise ConfigurationError("sheet_missing", name=item.key, sheet=name)
    return [
        table
        for sheet in book.sheets
        if not wanted or sheet.name in wanted
        for table in divided(sheet.name, hidden=sheet.hidden)
    ]


def _areas_of(table, knows):
    """Return the ``Area``s of a sheet or text with several tables, nothing for one."""
    options = table.options
    told = options.get("header_row") not in (None, "") or options.get("extra_rows")
    if told or knows is None:
        return ()

    def find():
        with closing(table.raw_rows()) as rows:
            return find_areas(rows, knows)

    # A migration opens its files anew in each batch.
    identity = identity_of(table)
    try:
        areas = _AREAS.get(identity and (*identity, type(knows)), find)
        table.searched = SEARCHED_ROWS
        return areas
    except (ConfigurationError, FatalError):
        # Whoever reads it says so.
        return ()
    finally:
        table.tally.clear()
