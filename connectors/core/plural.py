"""Let the words of a sentence agree with the number that it names.

A template says both, or as many forms as its language has, in the order of CLDR::

    {count} [[count|record is|records are]] left out.
    {object}: {fields} [[fields,|is|are]] of an unknown type.

With a comma the value is a list of names: one name is one. What is no number ("several")
is many.
"""

import re

_FORMS = re.compile(r"\[\[(\w+)(,?)\|([^\[\]|]*(?:\|[^\[\]|]*)+)\]\]")


def agree(text, data, choose=None):
    """Return a sentence with one of the forms wherever it has several.

    :param data: what the sentence names
    :param choose: ``(number, how many forms) → place``; by default as in English

    >>> agree("1 [[count|record is|records are]] left out.", {"count": 1})
    '1 record is left out.'
    >>> agree("A, B [[fields,|is|are]] unknown.", {"fields": "A, B"})
    'A, B are unknown.'
    """
    if "[[" not in text:
        return text

    def form(found):
        forms = found[3].split("|")
        number = _number(data.get(found[1]), bool(found[2]))
        if number is None:
            return forms[-1]
        return forms[(choose or _in_english)(number, len(forms))]

    return _FORMS.sub(form, text)


def _number(value, is_list):
    if is_list:
        names = (
            value if isinstance(value, list | tuple) else str(value or "").split(",")
        )
        return len(names)
    try:
        return abs(int(str(value).replace(",", "")))
    except ValueError:
        return None


def _in_english(number, count):
    return 0 if number == 1 else count - 1
