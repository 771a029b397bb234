"""What the rows of a table show that a person should know, in sentences."""

from .cleaning import ERRORS
from .file_sentences import FILE_SENTENCES

finding = FILE_SENTENCES.finding
_NAMED = 8
"""So many columns at most are named in one sentence."""
_ENDS = {2_000, 10_000, 100_000}
"""Rows behind which exporters end: a page of Salesforce's REST query has 2,000, jsforce 3.10
fetches 10,000 by itself (``findings/``), *Export to Excel* of Dynamics 365 ends at 100,000."""


def survey_findings(table):
    """Yield the ``Finding``s of a table by what its survey has seen."""
    survey, name, options = table.survey, table.name, table.options
    facts = {
        column: survey.columns[column]
        for column in table.layout.columns
        if column in survey.columns
    }
    if not survey.complete:
        count = len(table.sample)
        yield finding("passed", "looked_at_beginning", name=name, count=count)
    yield from _tell_rows(survey, name, options)
    # The footers of a report are told of apart.
    misfits = survey.misfits - survey.aside.left_out
    if (count := survey.short.count) and table.fills_short_rows:
        misfits -= count
        yield finding("passed", "short_rows_filled", name=name, count=count)
    if survey.complete and misfits * 20 > survey.aside.rows:
        if table.item.kind == "csv":
            yield finding("warning", "cells_misfit", name=name, count=misfits)
    yield from _tell_formulas(facts, name)
    yield from _tell_moments(facts, name, options)
    yield from _tell_words(facts, name, options)
    noted = {
        "armor_removed": lambda f: f.armored,
        "entities_read": lambda f: f.is_escaped,
        "encoded_twice": lambda f: f.misread,
        "long_ids": lambda f: f.is_salesforce,
    }
    for code, test in noted.items():
        columns = [column for column, f in facts.items() if test(f)]
        if columns:
            yield finding("passed", code, name=name, columns=_names(columns))
    for column, f in facts.items():
        if f.currencies:
            data = {"column": column, "currencies": ", ".join(sorted(f.currencies))}
            yield finding("passed", "currency_shown", name=name, **data)


def _tell_rows(survey, name, options):
    aside = survey.aside
    if survey.complete and (count := aside.rows - aside.left_out) in _ENDS:
        yield finding("warning", "perhaps_cut", name=name, count=count)
    if aside.left_out:
        kept = options.get("extra_rows") == "keep"
        examples = "; ".join(f"{line}: {text}" for line, text in aside.examples)
        data = {"name": name, "count": aside.left_out, "examples": examples}
        if kept:
            yield finding("warning", "rows_kept", **data)
        else:
            yield finding("warning", "rows_left_out", **data)
    if aside.second and options.get("extra_rows") != "keep":
        yield finding("warning", "second_table", name=name, row=aside.second)


def _tell_formulas(facts, name):
    count = sum(f.uncomputed for f in facts.values())
    if count:
        columns = [column for column, f in facts.items() if f.uncomputed]
        data = {"name": name, "count": count, "columns": _names(columns)}
        yield finding("warning", "formulas", **data)


def _tell_moments(facts, name, options):
    for column, f in facts.items():
        if not f.shift:
            continue
        ((second, _number),) = f.seconds.items()
        data = {"name": name, "column": column, "second": second}
        if options.get("shifted_dates") == "keep":
            yield finding("warning", "moments_kept", **data)
        else:
            yield finding("warning", "moments_shifted", **data)


def _tell_words(facts, name, options):
    kept = options.get("blank_words") == "keep"
    errors, words, places, broken = set(), set(), [], []
    for column, f in facts.items():
        found = {word for word in f.nothing if word not in ERRORS}
        if f.blank_words:
            found |= set(f.aside)
        if found and not kept:
            words |= found
            places.append(column)
        if wrong := set(f.nothing) & ERRORS:
            errors |= wrong
            broken.append(column)
    if words:
        shown = " ".join(f"“{word}”" for word in sorted(words)[:_NAMED])
        data = {"name": name, "words": shown, "columns": _names(places)}
        yield finding("passed", "words_for_nothing", **data)
    if errors:
        data = {"name": name, "errors": ", ".join(sorted(errors))}
        yield finding("warning", "excel_errors", columns=_names(broken), **data)


def _names(columns):
    """
    >>> _names(["A", "B"]), _names(list("ABCDEFGHIJ"))
    ('A, B', 'A, B, C, D, E, F, G, H, …')
    """
    shown = ", ".join(columns[:_NAMED])
    return shown if len(columns) <= _NAMED else f"{shown}, …"
