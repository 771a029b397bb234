"""The rows of a table as records: ids without decimals, the lines of a deal together."""

import re

from ..core.columns import Column
from ..core.remembered import Remembered, identity_of
from ..core.tabular_csv import Trouble
from ..mapping.values import is_blank
from .columns import Columns
from .columns_work import AMOUNT

LINES = "_lines"
"""Member with what a deal consists of: a dict for each row that the export wrote of it."""
LINES_COLUMN = Column(LINES, "json", shape="objects")
PRODUCT = ("product", "product name", "product or service", "line item", "item name")
PRICE = ("price", "unit price", "sales price", "product price")
QUANTITY = ("quantity", "qty", "product quantity")
_WITH_LINES = ("deals", "leads")
_WHOLE = re.compile(r"([0-9]+)\.0+")

TURN_ROWS = 2000
"""Rows between two looks at the clock."""


_COUNTS = Remembered()


def count_rows(group, table, ensure_time):
    """Return how many rows of a group a table has; counted once as long as it is the same.

    :raises RetryableError: counting takes more than the batch has time for
    """

    def count():
        number = 0
        for number, _row in enumerate(group.read_rows(table), 1):
            if number % TURN_ROWS == 0:
                ensure_time()
        return number

    is_folded = group.lines and group.has_ids
    if table.survey.complete and not is_folded:
        if table.survey.is_all_records or table.options.get("extra_rows") == "keep":
            return table.survey.rows
    identity, array = identity_of(table), table.array and table.array.offset
    key = identity and (*identity, table.area, array, group.key, group.lines)
    return _COUNTS.get(key, count)


def find_lines(columns, known):
    """Return the columns that say of what a deal consists, () where rows are deals.

    The product, the amount, the price and the quantity, as far as they are there.
    Bitrix24 writes a deal with products once for each of them, with the deal's own
    columns repeated and the income of that line in the place of the deal's.

    :param columns: the table's ``Column``s
    """
    if known not in _WITH_LINES:
        return ()
    found = Columns({column.name: column for column in columns}, known)
    product, price, quantity, amount = (
        next((c.name for _n, c in found.named(names)), None)
        for names in (PRODUCT, PRICE, QUANTITY, AMOUNT)
    )
    if not product or not amount or not quantity or amount in (price, quantity):
        return ()
    return tuple(name for name in (product, amount, price, quantity) if name)


def fold_lines(rows, key, lines):
    """Yield (values, position) with the rows of one deal, one after the other, as one.

    :param rows: pairs (values, position behind them)
    :param key: the column with the deal's id
    :param lines: columns of a line, the product first, as ``find_lines`` gives them
    """
    deal = behind = None
    for values, position in rows:
        is_line = not isinstance(values, Trouble) and not is_blank(values.get(lines[0]))
        if is_line and deal and deal.get(key) == values.get(key):
            _add_line(deal, values, key, lines)
            behind = position
            continue
        if deal:
            yield deal, behind
            deal = None
        if is_line and not is_blank(values.get(key)):
            deal = {name: v for name, v in values.items() if name not in lines}
            deal[LINES], behind = [_line(values, lines)], position
        else:
            yield values, position
    if deal:
        yield deal, behind


def _line(values, lines):
    return {name: values[name] for name in lines if not is_blank(values.get(name))}


def _add_line(deal, values, key, lines):
    line = _line(values, lines)
    for name, value in values.items():
        # What else is another one in this row is said of the line alone.
        if name not in lines and not is_blank(value) and value != deal.get(name):
            line[name] = value
    deal[LINES].append(line)


def find_whole_ids(facts):
    """Return the names of columns of ids that a program wrote as ``1.0``, ``2.0``.

    pandas does so with numbers in a column that has an empty cell; the same ids stand
    without decimals in the table where they are at home.

    :param facts: name of a column → ``ColumnFacts``
    """
    return frozenset(
        name
        for name, column in facts.items()
        if column.values
        and re.search(r"(?:\b|_|[a-z](?=I))ids?$", name, re.I)
        and all(map(_WHOLE.fullmatch, column.values))
    )


def find_bare_ids(facts, prefix):
    """Return the names of columns of ids without the prefix that others of a set have.

    Zoho's CSV has ``zcrm_`` before all ids but those of users.
    """
    return frozenset(
        name
        for name, column in facts.items()
        if prefix
        and column.values
        and name.casefold().endswith("id")
        and all(re.fullmatch(r"\d{8,}", str(text)) for text in column.values)
    )


def give_prefixes(groups):
    """Tell groups of a vendor the prefix of its ids, where any of their tables has it."""
    for group in groups:
        prefix = group.dialect.id_prefix if group.dialect else ""
        alike = (other for other in groups if prefix and other.dialect is group.dialect)
        if any(_has_prefix(other, prefix) for other in alike):
            group.id_prefix = prefix


def _has_prefix(group, prefix):
    return any(
        str(text).startswith(prefix)
        for column in group.tables[0].columns
        for text in column.values
    )


def with_prefix(rows, names, prefix):
    """Yield the same pairs, the ids with the prefix."""
    for values, position in rows:
        if not isinstance(values, Trouble):
            for name in names & values.keys():
                if not is_blank(values[name]):
                    values[name] = f"{prefix}{values[name]}"
        yield values, position


def with_whole_ids(rows, names):
    """Yield the same pairs, the ids without decimals."""
    for values, position in rows:
        if not isinstance(values, Trouble):
            for name in names & values.keys():
                found = isinstance(values[name], str) and _WHOLE.fullmatch(values[name])
                if found:
                    values[name] = found[1]
        yield values, position
