"""What to do about what reading files has to say, where its sentence leaves that open."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

_MEND_LINE = _lt("Correct the line in the source or in the file, then read again.")

FILE_ADVICE = {
    "duplicate_id": _lt(
        "The first line with this id is read, the later one is not. If both say the same, "
        "nothing is lost. If not, give one another id, or choose another key column in "
        "the preview of the files, then read again."
    ),
    "missing_key": _lt("Give it an id in the source or in the file, then read again."),
    "key_missing": _lt(
        "If a column tells the rows apart, choose it as the key column in the preview of "
        "the files. Else export with ids: other files find these rows by them, and a row "
        "that has changed is recognized."
    ),
    "encoding_guessed": _lt(
        "Look at names with accents in the preview. Where they are wrong, choose another "
        "encoding there."
    ),
    "mixed_encoding": _lt(
        "Look at names with accents once more, or export the file as UTF-8."
    ),
    "header_missing": _lt(
        "If one of its rows is the header, say which in the preview of the files."
    ),
    "excel_errors": _lt("Correct the formulas, save the file, and read it again."),
    "file_empty": _lt("Export it again, or leave it out."),
    "file_no_rows": _lt("Export it again, or leave it out."),
    "file_no_table": _lt("Export its table as CSV or XLSX, or leave it out."),
    "file_damaged": _lt("Export it again, or copy it once more."),
    "zip_broken": _lt("Pack it again as an ordinary ZIP, or add its files one by one."),
    "line_length": _MEND_LINE,
    "line_too_long": _MEND_LINE,
    "unterminated_quote": _MEND_LINE,
    "bad_line": _MEND_LINE,
    "bad_json": _MEND_LINE,
    "not_an_object": _MEND_LINE,
}
"""Code of the connectors → what to do."""
