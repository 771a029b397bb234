"""Divide rows among several processes: what touches the same record stays together."""

import math
from collections import Counter

MOST = 2000
"""Rows that a slice has at most, or one batch: it is lost as a whole, and whoever is done
first waits for half a slice."""

ROUNDS = 4
"""Slices for each worker at least, so that all of them are done at about the same time."""


def get_size(count, workers, chunk, rounds=ROUNDS):
    """Return how many rows a slice has.

    :param rounds: slices for each worker at least: fewer where each begins with learning

    >>> get_size(50_000, 2, 500), get_size(2_000, 2, 500), get_size(600, 2, 500)
    (1924, 250, 125)
    >>> get_size(50_000, 2, 5000, 2), get_size(20_000, 2, 5000, 2), get_size(3000, 2, 5000, 2)
    (5000, 5000, 1250)
    """
    rounds = max(rounds, math.ceil(count / (workers * max(MOST, chunk))))
    return max(math.ceil(count / (workers * rounds)), chunk // 4)


def cut(ids, size):
    """
    >>> cut([1, 2, 3, 4, 5], 2)
    [[1, 2], [3, 4], [5]]
    """
    return [ids[start : start + size] for start in range(0, len(ids), size)]


def divide(rows, size):
    """Return lists of ids, each in order, of about a size.

    Rows that share a key stay together, and so do those that are joined by others. Only
    what is larger than a slice is divided all the same: two processes that meet there
    do their slices again.

    :param rows: pairs (id, keys), in the order of the ids

    >>> divide([(1, ["a"]), (2, []), (3, ["a", "b"]), (4, []), (5, ["b"])], 2)
    [[1, 3], [2, 5], [4]]
    """
    if not any(keys for _row_id, keys in rows):
        return cut([row_id for row_id, _keys in rows], size)
    slices, current = [], []
    for members in _group(rows):
        if current and len(current) + len(members) > size:
            slices.append(current)
            current = []
        current += members
        while len(current) > size:
            slices.append(current[:size])
            current = current[size:]
    if current:
        slices.append(current)
    return [sorted(ids) for ids in slices]


def _group(rows):
    """Return the ids that belong together, the group with the first id first."""
    # What one row alone has joins nothing.
    times = Counter(key for _row_id, keys in rows for key in keys)
    rows = [(row_id, [k for k in keys if times[k] > 1]) for row_id, keys in rows]
    if all(len(keys) < 2 for _row_id, keys in rows):
        groups = {}
        for row_id, keys in rows:
            own = ("key", keys[0]) if keys else row_id
            groups.setdefault(own, []).append(row_id)
        return groups.values()
    return _join(rows)


def _join(rows):
    """Do the same where rows have several keys, each of which leads on to others."""
    over = {}

    def find(node):
        root = node
        while over.setdefault(root, root) != root:
            root = over[root]
        while over[node] != root:
            over[node], node = root, over[node]
        return root

    for row_id, keys in rows:
        for key in keys:
            over[find(("key", key))] = find(row_id)
    groups = {}
    for row_id, _keys in rows:
        groups.setdefault(find(row_id), []).append(row_id)
    return groups.values()
