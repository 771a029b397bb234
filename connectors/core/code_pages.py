"""Which old code page a text is in, told by what its words look like in each of them."""

import codecs
import re

import chardet

_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_OF_WORDS = re.compile(r"[^\s,;|\t\"<>()/@:0-9]+")
_ALONE = 3
"""A word of so many bytes, half of them beyond ASCII, is of no Latin script."""
_SURE = 0.25
"""What chardet says of words that it does know; of the wrong script it says 0.12."""
_FOREIGN_SHARE = 0.2
"""Above this share of bytes beyond ASCII the text is in no Latin script."""
_WESTERN = """
    äöüß éèêëàâçîïôûùüœæÿ áéíóúüñ áàâãçéêíóôõúü àèéìîòóù æøåéöäü áðéíóúýþæö éëïöüèó
    àçèéíïòóúü äöõüšž
""".split()
_CENTRAL = """
    ąćęłńóśźż áčďéěíňóřšťúůýžöü áäčďéíĺľňóôŕšťúýž áéíóöőúüű ăâîşţșț čćđšžö äöüß
""".split()
_BALTIC = "ąčęėįšųūž āčēģīķļņšūžŗ äöõüšž".split()
_TURKISH = ["çğıöşüâîûi̇"]
PAGES = {
    "cp1252": _WESTERN,
    "cp1250": _CENTRAL,
    "cp1257": _BALTIC,
    # MS-DOS and the Macintosh; Excel still writes them, as "CSV (MS-DOS)", "(Macintosh)".
    "cp850": _WESTERN,
    "mac-roman": _WESTERN,
    "cp852": _CENTRAL,
    "mac-latin2": _CENTRAL,
    "cp857": _TURKISH,
}
"""Code page → the letters beyond ASCII of each language it is for."""
_BESIDE_WORDS = frozenset("’‘“”„–—…€«»‹›·°ªº®™£§¡¿²³µ½¼¾")
"""Signs that stand beside a word, though never within one."""
_AS_TURKISH, _ICELANDIC = frozenset("ÐÞðþýÝ"), frozenset("áíóúéæÁÍÓÚÉÆ")
"""Where Windows-1252 has the letters of the one, Windows-1254 has those of the other."""
_HUNGARIAN = _CENTRAL[3]


def known_encoding(name):
    """Return Python's name of an encoding, None if Python does not know it as text."""
    try:
        info = codecs.lookup(name)
    except (LookupError, TypeError):
        return None
    # rot13, hex and their like are codecs as well.
    return info.name if getattr(info, "_is_text_encoding", True) else None


def guess_code_page(lines):
    """Return the encoding of lines that are not UTF-8; Windows-1252 where nothing shows.

    :param lines: list of bytes, those beyond ASCII alone
    """
    data = b"\n".join(lines)
    runs = _WORD.findall(data)
    if _is_foreign(data, runs):
        # Columns in ASCII make chardet see a Latin language; whole lines tell more of
        # the scripts whose letters are two bytes, one of them often ASCII.
        of_words, of_lines = (chardet.detect(each) for each in (b" ".join(runs), data))
        guesses = [of_lines, of_words]
        if of_words["confidence"] >= _SURE:
            guesses.reverse()
        for guess in guesses:
            name = known_encoding(guess["encoding"] or "")
            if name and _is_script(data, name):
                return name
        if _is_arabic(data):
            return "cp1256"
    return _latin_page(data)


def _is_foreign(data, runs):
    if sum(byte > 127 for byte in data) > len(data) * _FOREIGN_SHARE:
        return True
    alone = sum(
        len(run) >= _ALONE
        and run[0] > 127
        and sum(byte > 127 for byte in run) * 2 >= len(run)
        for run in runs
    )
    return alone * 2 >= len(runs) > 0


def _is_script(data, name):
    """Tell whether a text can be read so, and its letters are of another script."""
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return False
    beyond = [sign for sign in text if sign > "\x7f"]
    # Beyond Latin and its diacritics.
    return sum(sign > "\u0300" and sign.isalpha() for sign in beyond) * 2 > len(beyond)


def _is_arabic(data):
    """Tell whether a text is Arabic, of which chardet knows nothing up to release 5.

    Windows-1256 has letters of French among its own: words of another script that were
    read so would have some of them.
    """
    letters = [
        sign for sign in data.decode("cp1256") if sign > "\x7f" and sign.isalpha()
    ]
    own = sum("\u0600" <= sign <= "\u06ff" for sign in letters)
    return own >= len(letters) * 0.95 > 0


def _latin_page(data):
    read = {name: _words(data, name) for name in PAGES}
    western = read["cp1252"]
    share = {name: _explained(read[name], PAGES[name]) for name in PAGES}
    best = max(share, key=share.get)
    if share[best] >= 0.9 and share["cp1252"] <= 0.8 * share[best]:
        return best
    if _is_turkish(data):
        return "cp1254"
    if _is_hungarian(western, read["cp1250"]):
        return "cp1250"
    return "cp1252"


def _words(data, name):
    """Return the words with a sign beyond ASCII of a text, as one code page reads it."""
    text = data.decode(name, "replace")
    return [word for word in _OF_WORDS.findall(text) if not word.isascii()]


def _explained(words, languages):
    """Return the share of words that are of one language, and nothing odd in them.

    >>> data = "Zoé Brûlé".encode("cp850")
    >>> [_explained(_words(data, name), _WESTERN) for name in ("cp1252", "cp850")]
    [0.0, 1.0]
    """
    alphabets = [frozenset(language) for language in languages]
    good = sum(_is_of_one(word, alphabets) for word in words)
    return good / len(words) if words else 0.0


def _is_of_one(word, alphabets):
    if _is_odd(word):
        return False
    letters = {sign for sign in word.lower() if sign > "\x7f" and sign.isalpha()}
    return any(letters <= alphabet for alphabet in alphabets)


def _is_odd(word):
    """Tell whether there is a sign within a word, or a capital behind a small letter.

    >>> [_is_odd(word) for word in ("Br–l‚", "NoĎl", "Müller’s", "m²", "10°C")]
    [True, True, False, False, False]
    """
    for before, sign, after in zip(" " + word, word, word[1:] + " ", strict=False):
        if sign.isascii() or sign in "’–·":
            continue
        if sign.isalpha():
            if sign.isupper() and before.islower():
                return True
        elif before.isalpha() and after.isalpha():
            return True
        elif sign not in _BESIDE_WORDS and (before.isalpha() or after.isalpha()):
            return True
    return False


def _is_turkish(data):
    """Tell whether what Windows-1252 shows is Turkish: "Iþýl Çað", and nothing Icelandic.

    >>> _is_turkish("Işıl Çağ, Muğla".encode("cp1254")), _is_turkish("Guðmundur Þór".encode("cp1252"))
    (True, False)
    """
    text = data.decode("cp1252", "replace")
    letters = [sign for sign in text if sign > "\x7f" and sign.isalpha()]
    turkish = sum(sign in _AS_TURKISH for sign in letters)
    icelandic = sum(sign in _ICELANDIC for sign in letters)
    # In a Western list a person or two may be from Iceland.
    return turkish >= 3 and turkish * 4 >= len(letters) and icelandic * 4 <= turkish


def _is_hungarian(western, central):
    """Tell whether every word is Hungarian: ő and ű are letters of other languages else."""
    differing = [new for old, new in zip(western, central, strict=False) if old != new]
    if len(differing) < 2 or len(western) != len(central):
        return False
    alone = [_explained(western, [language]) for language in _WESTERN]
    hungarian = _explained(central, [_HUNGARIAN])
    return hungarian >= 0.95 and max(alone) < 0.9 * hungarian
