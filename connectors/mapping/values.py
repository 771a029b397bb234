"""What every conversion is made of: its registry, its refusal, and values as text and list."""

import re
import unicodedata

TRANSFORMS = {}
"""Name of a step → the function behind it."""

# PostgreSQL keeps neither NUL nor half of a surrogate pair; staging counts them out.
# Nobody sees a blank of no width or a mark of byte order, and nobody finds the name.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff\u200b\u2060\ufeff]")


class BadValue(ValueError):
    """A value that does not fit; ``code`` says why, for Odoo's side to word."""

    def __init__(self, code, **data):
        self.code = code
        self.data = data
        super().__init__(code)


class InPart(BadValue):
    """Only a part of a value fits, which will do where not all of it is required.

    :ivar part: the value that fits
    :ivar in_part: the code of the problem where the part is taken
    """

    def __init__(self, code, in_part, part, **data):
        super().__init__(code, **data)
        self.in_part, self.part = in_part, part


def transform(function):
    """Make a function a step; a trailing underscore is not part of the name."""
    TRANSFORMS[function.__name__.rstrip("_")] = function
    return function


def is_blank(value):
    """Tell whether there is nothing to bring over: None, empty text, list or object.

    >>> is_blank(0), is_blank(False), is_blank("  "), is_blank([])
    (False, False, True, True)
    """
    if isinstance(value, str):  # nearly all are
        return not value.strip()
    return not value and (value is None or value in ([], {}, ()))


_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th"}
)

_APART = re.compile(r"[^0-9a-z]+")
_DIGIT = re.compile(r"[0-9]")


def fold_words(text):
    """Return the words of a text without case, accents and punctuation.

    >>> fold_words("Closed - Lost"), fold_words("Gagné !"), fold_words("Đã hủy"), fold_words("成約")
    ('closed lost', 'gagne', 'da huy', '成約')
    """
    text = str(text).casefold()
    if text.isascii():  # what is below is no other for these, and slow
        return " ".join(_APART.sub(" ", text).split())
    plain = unicodedata.normalize("NFKD", text).translate(_LETTERS)
    kept = (c for c in plain if not "\u0300" <= c <= "\u036f")
    return " ".join(
        "".join(
            c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in kept
        ).split()
    )


_NULL = frozenset(
    """
    null (null) <null> [null] \\n nil none (none) undefined nan n/a #n/a n.a. na n.v. k.a.
    #null! #ref! #value! #name? #div/0! - -- --- – — . ? (blank) (leer) (empty)
    0000-00-00 0000-00-00t00:00:00 0/0/00 0/0/0000 0.0.00 00.00.0000
    00/00/0000 0000/00/00 000000000000000aaa 000000000000000
    """.split()
) | {"0000-00-00 00:00:00", "no value"}
"""What programs and people write where they have nothing, folded."""
_NOT_GIVEN = frozenset(
    fold_words(word)
    for word in """
    not available; not given; no email; no e-mail; no phone; no website; unknown; same
    no mail; no mobile; no fax; no number; no telephone; no address; no web; no url; none given
    not provided; not known; not applicable; to follow; tbd; keine e-mail; keine mail; kein mail
    keine email; kein telefon; pas d’email; pas d'e-mail; pas de mail; pas de téléphone
    sans email; sin correo; sem email; sem e-mail; nessuna email; brak maila; brak e-mail
    geen email; geen e-mail; ingen e-post; ingen mail; ingen email; bez e-mailu
    keine; keiner; kein; keine angabe; keine angaben; nicht vorhanden; unbekannt; entfällt
    aucun; aucune; néant; inconnu; non renseigné; non communiqué; sans
    ninguno; ninguna; no tiene; sin datos; sin email; desconocido; no disponible
    nenhum; nenhuma; não tem; desconhecido; sem dados; não disponível
    nessuno; nessuna; sconosciuto; non disponibile; geen; onbekend; niet bekend
    brak; nie ma; nieznany; ingen; inget; okänd; ukendt; ukjent; žádný; není; nincs; ei ole
    yok; niciunul; nu are; нет; неизвестно; немає; なし; 不明; 无; 無; 未知; 없음
    """.replace("\n", ";").split(";")
    if word.strip()
)
"""What people write where somebody has no address, number or page, folded."""
_NULL_OF_PROGRAMS = re.compile(
    r"NULL|null|\(null\)|<null>|\[null\]|\\N|undefined|NaN|#N/A|#(REF|VALUE|NULL)!|#NAME\?"
    # The zero of .NET, of Windows, of SQL Server's datetime, of spreadsheets and Access.
    r"|(?:0000[-/]00[-/]00|(?:0001|1601|1753)-01-01|1899-12-3[01])"
    r"(?:[T ]00:00(?::00)?(?:\.0+)?Z?)?|00?[./]00?[./](?:00|0000)|0{15}(?:AAA)?"
    # The same as .NET writes it in a language, and the zero of a spreadsheet as it is shown.
    r"|0?1[./-]0?1[./-]0001(?: (?:0?0|12):00(?::00)?(?: AM)?)?"
    r"|(?:0?0[./-]0?1|0?1[./-]0?0)[./-]1900(?: (?:0?0|12):00(?::00)?(?: AM)?)?"
    # The end of all days, where nothing ends: .NET's and SQL Server's last one.
    r"|9999-12-31(?:[T ](?:00:00|23:59)(?::(?:00|59))?(?:\.\d+)?Z?)?"
    r"|(?:31[./-]12|12[./-]31)[./-]9999(?: \d\d?:\d\d(?::\d\d)?(?: [AP]M)?)?"
)


_NULL_BEGINS = frozenset("Nnu(<[\\#0139")
"""What any of these begins with: most texts need not be looked at any closer."""


PLAIN_BEGINS = frozenset(map(chr, range(ord("!"), ord("~") + 1))) - _NULL_BEGINS
"""What begins with one of these is not blank, and no word of a program for nothing."""


_ALSO_KEYS = frozenset(["na", "none", "nil", "?"])
"""Of these, what a list of choices may well have: Namibia, and "none" where one was chosen."""


def stands_for_nothing(value, keys=False):
    """Tell whether a text is a word for nothing where a number, day, address… is expected.

    :param keys: a key of a list is expected, or a name in it

    >>> [stands_for_nothing(v) for v in ("N/A", " - ", "0000-00-00", "Nora", 0)]
    [True, True, True, False, False]
    >>> stands_for_nothing("NA"), stands_for_nothing("NA", keys=True)
    (True, False)
    """
    if not isinstance(value, str):
        return False
    folded = value.strip().casefold()
    return folded in _NULL and not (keys and folded in _ALSO_KEYS)


def is_not_given(value):
    """Tell whether a text says that there is no address, number or page.

    >>> [is_not_given(v) for v in ("keine", "n/a", "-", "Sans", "k. A.", "Nora", 0)]
    [True, True, True, True, True, False, False]
    >>> is_not_given("No mail!"), is_not_given("nomail@example.com")
    (True, False)
    """
    if not isinstance(value, str) or len(value) > 40:
        return False
    bare = value.strip().casefold()
    if bare.replace(" ", "") in _NULL:
        return True
    # None of the words has a digit in it, as nearly all addresses and numbers do.
    return not _DIGIT.search(bare) and fold_words(bare) in _NOT_GIVEN


def is_written_null(value):
    """Tell whether a text is what a program writes for nothing, whatever it should be.

    A person may be called Null or None, so that only what no name is written like counts.

    >>> [is_written_null(v) for v in ("NULL", "#N/A", "Null", "None", "-", "n/a")]
    [True, True, False, False, False, False]
    >>> [is_written_null(v) for v in ("0000-00-00 00:00:00", "0/0/00", "000000000000000AAA", "0")]
    [True, True, True, False]
    >>> [is_written_null(v) for v in ("1899-12-30", "0001-01-01T00:00:00Z", "1900-01-01")]
    [True, True, False]
    >>> [is_written_null(v) for v in ("9999-12-31T23:59:59.9999999", "0001-05-01")]
    [True, False]
    """
    if not isinstance(value, str):
        return False
    bare = value.strip()
    return bare[:1] in _NULL_BEGINS and bool(_NULL_OF_PROGRAMS.fullmatch(bare))


def as_key(value):
    """Return a value as the text under which lists and ids are kept.

    >>> as_key(7.0), as_key(True), as_key(" 7 ")
    ('7', 'true', '7')
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def as_text(value):
    """Return one value as text that a database can keep.

    >>> as_text("\\ufeffAna\\u200b Silva")
    'Ana Silva'

    :raises BadValue: there are several
    """
    if isinstance(value, str):
        text = value.strip()
    elif isinstance(value, dict | list | tuple):
        raise BadValue("not_text")
    else:
        text = as_key(value)
    # Nothing of what has to go is printable, and of the ASCII signs it is NUL alone.
    if text.isprintable() or (text.isascii() and "\x00" not in text):
        return text
    return _UNSTORABLE.sub("", text).strip()


def as_list(value):
    return value if isinstance(value, (list, tuple)) else [value]


def as_objects(value):
    if not isinstance(value, list) or not all(isinstance(i, dict) for i in value):
        raise BadValue("not_a_list")
    return value


def beside(value, arguments):
    """Return pairs of each source's value and the argument that is meant for it.

    >>> beside([1, None], ["a", "b"]), beside([1, 2], ["a"])
    ([(1, 'a'), (None, 'b')], [([1, 2], 'a')])
    """
    values = as_list(value)
    if len(arguments) == 1 and len(values) != 1:
        values = [value]
    if len(values) != len(arguments):
        raise BadValue("not_a_list")
    return list(zip(values, arguments, strict=True))
