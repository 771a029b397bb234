"""Patterns for PostgreSQL: several small ones in the place of a large one.

Up to a certain size PostgreSQL (15 to 18) keeps the machine of a pattern at hand; of a larger
one it lays it out anew for every text: 7 to 20 µs a name, where two halves took 0.3 µs each.
"""

from odoo.tools import SQL

AT_MOST = 80
"""Characters of the choices of one pattern."""


def matches(text, choices, before="", behind=""):
    """Return the condition that a text matches one of the choices, whatever the case.

    :param text: SQL
    :param choices: patterns
    :param before: pattern that stands before each of them, ``behind`` likewise
    """
    groups = [[]]
    for choice in choices:
        if groups[-1] and sum(map(len, groups[-1])) + len(choice) > AT_MOST:
            groups.append([])
        groups[-1].append(choice)
    patterns = [f"{before}({'|'.join(group)}){behind}" for group in groups]
    return SQL("(%s)", SQL(" OR ").join(SQL("%s ~* %s", text, p) for p in patterns))


def has_any_of(text, *parts):
    """Return the condition that some letters are in a text: 0.1 µs each.

    Behind it stands a pattern that finds nothing without them: hardly any text has them.

    :param text: SQL
    """
    looks = [SQL("strpos(%s, %s) > 0", text, part) for part in parts]
    return SQL("(%s)", SQL(" OR ").join(looks))


def list_choices(pattern):
    r"""Return the choices of a pattern at its outermost level.

    >>> list_choices(r"(?:grand |sub)?totals?|sum|[|)]x|\(y")
    ['(?:grand |sub)?totals?', 'sum', '[|)]x', '\\(y']
    """
    choices, depth, is_set, is_escaped = [""], 0, False, False
    for char in pattern:
        if char == "|" and not (depth or is_set or is_escaped):
            choices.append("")
            continue
        choices[-1] += char
        if is_escaped:
            is_escaped = False
            continue
        is_escaped = char == "\\"
        is_set = char == "[" or (is_set and char != "]")
        if not is_set:
            depth += (char == "(") - (char == ")")
    return choices
