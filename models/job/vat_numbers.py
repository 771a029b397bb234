"""Tax numbers by the rules of their countries."""

import re

from stdnum.util import get_cc_module

OTHER_CODES = {"EL": "GR", "XI": "GB", "UK": "GB"}
"""What stands before a number, where it is not the code of the country."""

SHORTEST = 4
"""Letters and digits of a number of which no rule is known."""


def is_valid_vat(number, country=None):
    """Tell whether a tax number can be one; where no rule is known it is taken as it is.

    :param country: code of the country of its record, if that is known

    >>> is_valid_vat("PT 501 442 600"), is_valid_vat("501442600", "PT")
    (True, True)
    >>> is_valid_vat("PT501442601"), is_valid_vat("n/a"), is_valid_vat("47-1234567", "US")
    (False, False, True)
    """
    compact = re.sub(r"[\W_]", "", number).upper()
    if not any(sign.isdigit() for sign in compact):
        return False
    prefix = compact[:2]
    for code in (OTHER_CODES.get(prefix, prefix), country):
        module = _get_module(code)
        if module:
            return module.is_valid(compact) or (
                code != country and module.is_valid(compact[2:])
            )
    return len(compact) >= SHORTEST


def _get_module(code):
    if not code or len(code) != 2 or not code.isalpha():
        return None
    try:
        return get_cc_module(code.lower(), "vat")
    except ImportError:
        return None
