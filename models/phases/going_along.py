"""What goes along with a record, an opt-out for instance, must not cost the record itself."""

from dataclasses import replace

from ...connectors.mapping.apply import Problem, get_value
from ...connectors.mapping.values import as_list
from ..mapping.unmapped import as_words


def is_lost(mapping, problems):
    """Tell whether a part that goes along with others cannot be made."""
    return mapping["goes_along"] and any(p.level == "error" for p in problems)


def leave_out(mapping, payload, problems, taken):
    """Return what the notes keep of a part that was not made, and the problems of it.

    :param mapping: plain data of the mapping of that part
    :param problems: why it cannot be made
    :param taken: source fields that other parts of the record read
    :return: pairs (source field, text), and ``Problem``s that are warnings
    """
    paths = dict.fromkeys(
        path
        for condition in mapping["when"]
        for path in as_list(condition["source"])
        if path not in taken
    )
    left = [
        [path, text] for path in paths if (text := as_words(get_value(payload, path)))
    ]
    flags = [
        Problem("", path, "not_blocked", "warning", text, {"flag": text})
        for path, text in left
    ]
    return left, [replace(p, level="warning") for p in problems] + flags
