"""A second look at one table, beside what reading has told of its rows."""

from ..core.second_look import look_at


def look_at_table(group, table, content):
    """Return the ``SecondLook`` at a table, None where it cannot be had this way.

    :param group: ``Group`` of the table
    :param content: bytes of its file
    """
    if table.is_one_side:
        return None
    names = [column.name for column in table.columns]
    area = table.area and (
        *(table.area.first, table.area.last),
        *(table.area.left, table.area.right),
    )
    look = look_at(table.name, content, names, table.part, area)
    if look:
        aside = table.survey.aside
        look.set_aside = aside.left_out + _count_folded(group, table)
        look.is_whole &= not aside.second
        told = {each.code for each in table.layout.findings}
        look.rows -= "header_double" in told and look.heading_rows == 1
    return look


def _count_folded(group, table):
    """Return how many rows are but lines of the deal before them."""
    if not group.lines:
        return 0
    rows = sum(1 for _row in table.read_rows())
    return rows - sum(1 for _row in group.read_rows(table))
