"""Names of streams, each of which only one table has."""

from collections import Counter


def unique_names(names):
    """Return the names with ``_2``, ``_3`` behind those that came before."""
    seen, used, result = Counter(), set(), []
    for name in names:
        candidate = name
        while candidate in used:
            seen[name] += 1
            candidate = f"{name}_{seen[name] + 1}"
        used.add(candidate)
        result.append(candidate)
    return result
