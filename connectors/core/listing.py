"""Which tables the given files hold: one a text file, one a sheet, one a list in JSON."""

from contextlib import closing

from . import tabular_json
from .errors import ConfigurationError, FatalError
from .layout import SAMPLE_BYTES, find_encoding
from .lines import TooLong
from .source import Finding
from .tabular import Table


def list_tables(files, options):
    """Return (tables, findings for files that give none).

    :param options: ``{name of a file or table: {option: value}}``
    """
    tables, findings = [], []
    for item in files.items():
        try:
            if item.error:
                raise item.error
            if item.kind != "attachment":
                tables += _tables_of(files, item, options)
        except (ConfigurationError, FatalError) as error:
            findings.append(
                Finding("blocking", error.code, error.sentence, dict(error.data))
            )
    return tables, findings


def _tables_of(files, item, options):
    own = options.get(item.key) or {}

    def table(part="", **more):
        merged = {**own, **(options.get(f"{item.key}#{part}") or {})}
        return Table(files, item, part=part, options=merged, **more)

    if item.kind in ("csv", "ndjson"):
        return [table()]
    if item.kind == "xlsx":
        return _sheets(files.workbook(item), item, own.get("sheet"), table)
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


def _sheets(book, item, wanted, table):
    names = [sheet.name for sheet in book.sheets]
    if wanted:
        wanted = [wanted] if isinstance(wanted, str) else list(wanted)
        for name in wanted:
            if name not in names:
                raise ConfigurationError("sheet_missing", name=item.key, sheet=name)
    return [
        table(sheet.name, hidden=sheet.hidden)
        for sheet in book.sheets
        if not wanted or sheet.name in wanted
    ]
