"""What the rows of a table show that a person should know, in sentences."""

from .cleaning import ERRORS
from .layout import finding

_NAMED = 8
"""So many columns at most are named in one sentence."""


def tell(table):
    """Yield the ``Finding``s of a table by what its survey has seen."""
    survey, name, options = table.survey, table.name, table.options
    facts = {
        column: survey.columns[column]
        for column in table.layout.columns
        if column in survey.columns
    }
    if not survey.complete:
        text = (
            "Only the first {count} rows of {name} have been looked at so far. All of it "
            "is looked at before its fields are proposed."
        )
        count = len(table.sample)
        yield finding("passed", "looked_at_beginning", text, name=name, count=count)
    yield from _tell_rows(survey, name, options)
    # The footers of a report are told of apart.
    misfits = survey.misfits - survey.aside.left_out
    if survey.complete and misfits * 20 > survey.aside.rows:
        text = (
            "{count} [[count|row|rows]] of {name} [[count|has|have]] more or fewer cells than its header: what "
            "separates the cells, or the row of the headings, may be another."
        )
        if table.item.kind == "csv":
            yield finding("warning", "cells_misfit", text, name=name, count=misfits)
    yield from _tell_formulas(facts, name)
    yield from _tell_moments(facts, name, options)
    yield from _tell_words(facts, name, options)
    texts = {
        "armor_removed": (
            lambda f: f.armored,
            "The export of {name} put signs around values of {columns} that are no part "
            'of them (an apostrophe or a tab before, ="…" around): they are left out.',
        ),
        "entities_read": (
            lambda f: f.is_escaped,
            "{columns} of {name} are written in HTML escapes such as &amp;: the signs "
            "themselves are read.",
        ),
        "long_ids": (
            lambda f: f.is_salesforce,
            "{columns} of {name} hold ids of 15 or 18 signs: all are read in their long "
            "form, so that both forms are found.",
        ),
    }
    for code, (test, text) in texts.items():
        columns = [column for column, f in facts.items() if test(f)]
        if columns:
            yield finding("passed", code, text, name=name, columns=_names(columns))
    for column, f in facts.items():
        if f.currencies:
            text = (
                "The cells of {column} in {name} show their currency ({currencies}): it is "
                "read as {column} (currency)."
            )
            data = {"column": column, "currencies": ", ".join(sorted(f.currencies))}
            yield finding("passed", "currency_shown", text, name=name, **data)


def _tell_rows(survey, name, options):
    aside = survey.aside
    if aside.left_out:
        kept = options.get("extra_rows") == "keep"
        examples = "; ".join(f"{line}: {text}" for line, text in aside.examples)
        data = {"name": name, "count": aside.left_out, "examples": examples}
        if kept:
            text = (
                "{name} has rows that look like totals, repeated headers or footers "
                "({count}); they are read as records, as you chose ({examples})."
            )
            yield finding("warning", "rows_kept", text, **data)
        else:
            text = (
                "{name} has rows that are no records but totals, repeated headers or "
                "footers ({count}); they are left out ({examples}). If they are records, "
                "set extra_rows of this file to keep."
            )
            yield finding("warning", "rows_left_out", text, **data)
    if aside.second and options.get("extra_rows") != "keep":
        text = (
            "Another table begins in row {row} of {name}. What stands from there on is "
            "left out: put each table into a sheet or file of its own."
        )
        yield finding("warning", "second_table", text, name=name, row=aside.second)


def _tell_formulas(facts, name):
    count = sum(f.uncomputed for f in facts.values())
    if count:
        columns = [column for column, f in facts.items() if f.uncomputed]
        text = (
            "{count} [[count|formula|formulas]] in {columns} of {name} [[count|has|have]] no result: no program has "
            "computed them, and they are read as empty. Open the file in Excel or "
            "LibreOffice, save it there, and upload it again."
        )
        data = {"name": name, "count": count, "columns": _names(columns)}
        yield finding("warning", "formulas", text, **data)


def _tell_moments(facts, name, options):
    for column, f in facts.items():
        if not f.shift:
            continue
        ((second, _number),) = f.seconds.items()
        data = {"name": name, "column": column, "second": second}
        if options.get("shifted_dates") == "keep":
            text = (
                "All moments of {column} in {name} have {second} seconds and are read as "
                "they stand, as you chose."
            )
            yield finding("warning", "moments_kept", text, **data)
        else:
            text = (
                "All moments of {column} in {name} have {second} seconds: the program "
                "that wrote the file was some seconds wrong, which makes a day the one "
                "before. The right day or minute is read. If they are right as they "
                "stand, set shifted_dates of this file to keep."
            )
            yield finding("warning", "moments_shifted", text, **data)


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
        text = (
            "{words} in {columns} of {name} stand for nothing and are read as empty. If "
            "they are values, set blank_words of this file to keep."
        )
        shown = " ".join(f"“{word}”" for word in sorted(words)[:_NAMED])
        data = {"name": name, "words": shown, "columns": _names(places)}
        yield finding("passed", "words_for_nothing", text, **data)
    if errors:
        text = (
            "{columns} of {name} show errors of formulas ({errors}): these cells are read "
            "as empty."
        )
        data = {"name": name, "errors": ", ".join(sorted(errors))}
        yield finding("warning", "excel_errors", text, columns=_names(broken), **data)


def _names(columns):
    """
    >>> _names(["A", "B"]), _names(list("ABCDEFGHIJ"))
    ('A, B', 'A, B, C, D, E, F, G, H, …')
    """
    shown = ", ".join(columns[:_NAMED])
    return shown if len(columns) <= _NAMED else f"{shown}, …"
