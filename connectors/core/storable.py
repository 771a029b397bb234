"""JSON that a database can keep: Python reads more of it than PostgreSQL."""

import json
import re

_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def is_storable(content):
    """Tell whether what was read of JSON can be kept.

    >>> is_storable({"a": [1.5, "\\\\u0000"]})
    True
    >>> [is_storable(each) for each in (float("nan"), [1e400], chr(0xD800), {chr(0): 1})]
    [False, False, False, False]
    """
    try:
        written = json.dumps(content, ensure_ascii=False, allow_nan=False)
        # Half of a sign of two is none.
        written.encode("utf-8")
    except ValueError:
        return False
    return not _NUL.search(written)
