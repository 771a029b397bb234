"""What stands in the notes of a record: under which label, and what in no field's line."""

import re

from .alike import fold, has_digits, has_text, squeeze
from .probe import has_any_text

LOUD_ENOUGH = 20
"""Characters from which a text is no accident where no label says what it is."""
SPREAD = 40
"""Characters from which a text may have lines that look like those of other fields."""
LONGEST_LABEL = 80

_LINE_END = re.compile(
    r"<(?:br|hr)\s*/?>|</?(?:p|div|li|ul|ol|tr|table|h[1-6]|blockquote|pre|section)\b[^>]*>",
    re.I,
)
_CELL_END = re.compile(r"</t[dh]\s*>", re.I)
_NUMBER = re.compile(r"\+?[\d(](?:[\s()./-]?\d){6,}")
_PADDED = re.compile(r"-?\d+\.\d*0")
_ADDRESS = re.compile(r"\S+@\S+\.\S+|\w+://\S{4,}", re.I)


class Notes:
    """Notes line by line.

    :param texts: pairs (text, whether it is HTML)
    :param known: folded labels of the object's fields: what stands behind one of them
        in its line says nothing of another field
    """

    def __init__(self, texts, known):
        self._lanes, self._others, free, whole = {}, [], [], []
        for text, is_html in texts:
            lane = None
            for line in _lines_of(text, is_html):
                whole.append(line)
                labels = list(_labels_of(line))
                for label, rest in labels:
                    self._lanes.setdefault(label, []).append(rest)
                own = next((label for label, _rest in labels if label in known), None)
                if own:
                    lane = own
                    self._others.append(line)
                    continue
                free.append(line)
                if lane:
                    # A value of several lines, or a table below its heading.
                    self._lanes[lane].append(line)
        self._free, self._whole = " \n ".join(free), " ".join(whole)

    def has(self, value, labels):
        """Tell whether a value stands under one of its labels, or elsewhere for sure."""
        return self.has_under(value, labels) or self.has_apart(value)

    def has_under(self, value, labels):
        """Tell whether a value stands behind one of its own labels, however short."""
        for label in labels:
            lane = " \n ".join(self._lanes.get(label, ()))
            if lane and any(_has(form, lane) for form in _forms(value)):
                return True
        return False

    def has_apart(self, value, at_least=LOUD_ENOUGH):
        """Tell whether a text stands in lines of no field, and not by chance.

        An address is like no other text; a shorter word or a number may mean anything.
        """
        if not isinstance(value, str):
            return False
        is_address = len(value) < 200 and bool(_ADDRESS.fullmatch(value.strip()))
        wanted = fold(value)
        if len(wanted) < at_least and not is_address:
            return False
        if has_text(value, self._free):
            return True
        if is_address and has_any_text(value, None, lambda: self._free):
            return True
        if len(wanted) < SPREAD or not has_text(value, self._whole):
            return False
        return not any(has_text(value, line) for line in self._others)

    def has_words(self, value):
        """Tell whether a value stands in lines of no field, also as a single word."""
        if any(_has(form, self._free) for form in _forms(value)):
            return True
        return self.has_apart(value, SPREAD)


def _has(form, lane):
    folded = fold(form)
    if len(squeeze(folded)) < 4 or folded.isdecimal():
        # The number 12 is not in 12.50, nor the word in another.
        alone = rf"(?<![\w.,]){re.escape(folded)}(?!\w|[.,]\d)"
        return re.search(alone, lane) is not None
    if has_any_text(form, None, lambda: lane):
        return True
    return len(form) < 60 and any(
        has_digits(form, number) for number in _NUMBER.findall(lane)
    )


def _forms(value):
    """Return the texts as which notes may write a value.

    >>> _forms("1.08400000"), _forms("K-1.50"), _forms("10.00")
    (('1.08400000', '1.084'), ('K-1.50',), ('10.00', '10'))
    """
    if isinstance(value, bool):
        return ("true", "yes") if value else ("false", "no")
    if isinstance(value, int | float):
        whole = [str(int(value))] if float(value).is_integer() else []
        return (*whole, str(value), f"{value:.2f}", f"{value:,.2f}", f"{value:g}")
    text = str(value)
    if _PADDED.fullmatch(text):
        # A database gives all digits that the column has; the number has none of them.
        return (text, text.rstrip("0").rstrip("."))
    return (text,)


def _lines_of(text, is_html):
    if is_html:
        text = _CELL_END.sub(" ; ", text.replace("\r", " ").replace("\n", " "))
        text = _LINE_END.sub("\n", text)
    for line in text.split("\n"):
        if folded := fold(line):
            yield folded


def _labels_of(line):
    """Yield (label, what stands behind it) for each colon that may end a label.

    >>> list(_labels_of("call: result: none"))
    [('call', 'result: none'), ('call: result', 'none')]
    """
    for found in re.finditer(r":(?:\s|$)", line[: LONGEST_LABEL + 2]):
        if label := line[: found.start()].strip():
            yield label, line[found.end() :].strip()
