"""Invented digits for numbers that tell who somebody is: phones, codes, postal codes, days."""

import re

LONGEST_STEP = 3000
"""How often a code is exchanged until it is as valid, or invalid, as it was."""
SUBSCRIBER = 6
"""Digits at the end of a phone number that are exchanged."""
SHORTEST_PHONE = 4
_SEVERAL = re.compile(r"([,;|\n]|\s/\s|\s+(?:or|oder|ou|und|and|o|e|y|et)\s+)")
_EXTENSION = re.compile(
    r"\s*(?:ext\.?|x|#|dw|poste|durchwahl)\s*:?\s*\d{1,6}\s*$", re.I
)
_DIGIT = re.compile(r"[0-9]")
_GROUPS = re.compile(r"[0-9]+")


class Numbers:
    """
    :param keyed: ``Keyed``
    """

    def __init__(self, keyed):
        self.keyed = keyed

    def phone(self, text):
        """Exchange the digits at the end of a number, or of each of several.

        What stands before them (country, network or area), the length and the format
        stay. Two numbers that are the same however they are written stay the same.
        """
        parts = _SEVERAL.split(text)
        if not all(len(_DIGIT.findall(part)) >= 7 for part in parts[::2]):
            parts = [text]
        return "".join(
            part if place % 2 else self._phone(part) for place, part in enumerate(parts)
        )

    def _phone(self, text):
        if found := _EXTENSION.search(text):
            return self._phone(text[: found.start()]) + self.digits(found[0], least=1)
        digits = [int(sign) for sign in _DIGIT.findall(text)]
        if len(digits) < SHORTEST_PHONE:
            return text
        if len(digits) > 15:  # no phone: nothing of it tells where it is
            return self.digits(text, least=1)
        count = SUBSCRIBER if len(digits) >= 9 else len(digits) - (len(digits) > 6)
        tweak = f"phone{digits[-9:-count]}"
        return put_digits(
            text, digits[:-count] + self.keyed.permute(digits[-count:], 10, tweak)
        )

    def digits(self, text, least=5):
        """Exchange each run of at least ``least`` digits."""

        def exchange(found):
            if len(found[0]) < least:
                return found[0]
            made = self.keyed.permute([int(sign) for sign in found[0]], 10, "digits")
            return "".join(map(str, made))

        return _GROUPS.sub(exchange, text)

    def code(self, text, is_valid=None):
        """Exchange letters and digits of a number of a document, a tax office or a bank.

        A country at the beginning stays, and so do separators.

        :param is_valid: tells whether such a number can be one; it stays one then
        """
        if sum(sign.isalnum() for sign in text) < 5:
            return text
        if is_valid is None:
            return self._exchange(text)
        wanted, made = is_valid(text), text
        for _step in range(LONGEST_STEP):
            made = self._exchange(made)
            if is_valid(made) == wanted and made != text:
                return made
        return made

    def iban(self, text):
        """Return another account of the country, as valid as the one given."""
        plain = re.sub(r"[\s-]", "", text)
        made = self._exchange(plain[:2] + plain[4:])
        number = int("".join(str(int(sign, 36)) for sign in f"{made[2:]}{made[:2]}00"))
        signs = iter(f"{made[:2]}{98 - number % 97:02}{made[2:]}")
        return "".join(next(signs) if sign.isalnum() else sign for sign in text)

    def _exchange(self, text):
        country = re.match(r"\s*[A-Za-z]{2}(?=[\s.-]*[0-9])", text)
        start = country.end() if country else 0
        head, rest = text[:start], text[start:]
        digits = [int(sign) for sign in _DIGIT.findall(rest)]
        tweak = f"code{head.strip().upper()}"
        if digits:
            rest = put_digits(rest, self.keyed.permute(digits, 10, tweak))
        return head + self._letters(rest, tweak)

    def _letters(self, text, tweak):
        letters = [ord(sign) - 97 for sign in text.lower() if "a" <= sign <= "z"]
        if not letters:
            return text
        made = iter(self.keyed.permute(letters, 26, tweak))
        signs = []
        for sign in text:
            if "a" <= sign.lower() <= "z":
                new = chr(next(made) + 97)
                sign = new.upper() if sign.isupper() else new
            signs.append(sign)
        return "".join(signs)

    def postal_code(self, text):
        """Keep the first two signs, which tell the region, and invent the others."""
        head, rest = text[:2], text[2:]
        digits = [int(sign) for sign in _DIGIT.findall(rest)]
        if digits:
            rest = put_digits(rest, self.keyed.permute(digits, 10, f"zip{head}"))
        return head + self._letters(rest, f"zip{head}")

    def birthday(self, text):
        """Move a day of birth by up to two years; how it is written stays."""
        number = self.keyed.number("birthday", text.strip()[:10])
        places = [number % 12 + 1, number // 12 % 12 + 1]

        def move(found):
            run = found[0]
            if len(run) == 4:
                return str(int(run) + number // 144 % 5 - 2).zfill(4)
            if len(run) > 2 or not places:
                return "0" * len(run)
            return str(places.pop()).zfill(len(run))[-2:]

        return _GROUPS.sub(move, text)


def put_digits(text, digits):
    """Return a text with other digits in the places of its own.

    >>> put_digits("+1 (23)", [4, 5, 6])
    '+4 (56)'
    """
    digits = iter(digits)
    return _DIGIT.sub(lambda _found: str(next(digits)), text)


def is_iban(text):
    """
    >>> is_iban("DE89 3704 0044 0532 0130 00"), is_iban("DE90370400440532013000")
    (True, False)
    """
    plain = re.sub(r"[\s-]", "", text).upper()
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", plain):
        return False
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1
