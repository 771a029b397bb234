"""Numbers out of a secret and a text: the same ones for the same text, for nobody else."""

import hashlib

ROUNDS = 8


class Keyed:
    """
    :param salt: bytes, the secret of a migration
    """

    def __init__(self, salt):
        self.salt = salt

    def number(self, purpose, text):
        """Return a whole number below 2**128.

        :param purpose: short ASCII; for each another number comes out of the same text
        """
        data = f"{purpose}\0{text}".encode("utf-8", "surrogatepass")
        digest = hashlib.blake2b(data, digest_size=16, key=self.salt).digest()
        return int.from_bytes(digest, "big")

    def permute(self, digits, radix=10, tweak=""):
        """Exchange digits such that no two texts of a length become the same one.

        A Feistel network: what is left follows from what is right, in turns.

        :param digits: list of whole numbers below ``radix``
        :param tweak: text; for each the exchange is another one
        """
        half = len(digits) // 2
        left, right = _as_number(digits[:half], radix), _as_number(digits[half:], radix)
        sizes = half, len(digits) - half
        for turn in range(ROUNDS):
            if turn % 2 and half:
                left += self.number(f"p{turn}", f"{tweak}|{sizes}|{right}")
                left %= radix ** sizes[0]
            else:
                right += self.number(f"p{turn}", f"{tweak}|{sizes}|{left}")
                right %= radix ** sizes[1]
        return [*_as_digits(left, sizes[0], radix), *_as_digits(right, sizes[1], radix)]


def _as_number(digits, radix):
    number = 0
    for digit in digits:
        number = number * radix + digit
    return number


def _as_digits(number, count, radix):
    """
    >>> _as_digits(42, 4, 10)
    [0, 0, 4, 2]
    """
    digits = []
    for _place in range(count):
        number, digit = divmod(number, radix)
        digits.append(digit)
    return digits[::-1]
