"""The one SQL for what a staging record becomes: its values, with what a person put in."""

_PART_VALUES = (
    "(({alias}.values -> {part}) - '@mapping'"
    " || COALESCE({alias}.edits -> {part}, '{{}}'::jsonb))"
)


def part_values(alias="record", part="%(part)s"):
    """Return an SQL expression (jsonb) of the values of a part, edits on top.

    ``@mapping``, which mapping made them, is no value; ``@leftovers`` stays.

    :param alias: of ``crm_migration_record`` in the query
    :param part: SQL of the part: a parameter, or a text in quotes

    >>> part_values("staged", "''")[:38]
    "((staged.values -> '') - '@mapping' ||"
    """
    return _PART_VALUES.format(alias=alias, part=part)
