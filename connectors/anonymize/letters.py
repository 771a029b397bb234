"""Of what invented words are made, in the scripts that people's names are written in.

Made up for this purpose: syllables and endings that sound like names, and signs of scripts
that have no letters. A word of five letters or more has a thousand million neighbors, so
that two people hardly ever get the same name who had different ones.
"""

import unicodedata

LATIN = {
    "onsets": "b br d dr f fl fr g gl gr h j k kl kr l m n p pl r s sch st t tr v w z qu c",
    "vowels": "a e i o u ei",
    "codas": "l n r s t nd rk lm st ld m k",
    "ends": (
        "berg dal ek el en er ero eva felt gard hof holm ian ida ika in ina ino ira is iva"
        " ka ko kov la land le lia lin lo man mar mer mo na ner nik no ola on ora os ova"
        " park ra rat ren ric rin ro sen ska stad ström ta tal ter tin to vald van vic ya"
    ),
}
CYRILLIC = {
    "onsets": "б бр в г гр д др ж з к кл кр л м н п пр р с ст т тр ф х ц ч ш",
    "vowels": "а е и о у ы ю я",
    "codas": "л н р с т ль нь рк ст м к й",
    "ends": "ев ова ин ина ский ко ук ова ман ова дзе ян ко ич ун ой ра ло на ма",
}
GREEK = {
    "onsets": "β γ δ ζ θ κ κρ λ μ ν π πρ ρ σ στ τ τρ φ χ ψ",
    "vowels": "α ε η ι ο ου ει ω",
    "codas": "λ ν ρ ς μ κ ρν στ",
    "ends": "ιδης ακης ου όπουλος ας ης ος ια ινα άκη έα ίνη ανός ίδη",
}
HEBREW = {
    "onsets": "ב ג ד ה ז ח ט כ ל מ נ ס ע פ צ ק ר ש ת",
    "vowels": "א ו י וי או אי ה ע",
    "codas": "ל מ נ ר ס ת ק ב ד",
    "ends": "ני ון רי לי ית אל מן סקי ובר ער זון דן",
}
ARABIC = {
    "onsets": "ب ت ث ج ح خ د ر ز س ش ص ط ع غ ف ق ك ل م ن ه",
    "vowels": "ا و ي وا يا او اي ى",
    "codas": "ل م ن ر س د ب ت ق ف",
    "ends": "ان ين اد ير ور يل ات يم اف ون ري لي",
}
SYLLABLES = {
    "latin": LATIN,
    "cyrillic": CYRILLIC,
    "greek": GREEK,
    "hebrew": HEBREW,
    "arabic": ARABIC,
}
SYLLABLES = {
    script: {part: texts.split() for part, texts in parts.items()}
    for script, parts in SYLLABLES.items()
}
SIGNS = {
    "hiragana": "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわ",
    "katakana": "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ",
    "han": (
        "安白柏波采长辰成川春大丹道东冬恩方丰风峰福刚高谷光桂海禾和河恒红宏华怀欢慧吉季佳嘉建江"
        "金锦京景静菊君康可兰乐雷礼立良林玲龙路绿梅美孟民明牧南宁农平齐奇千青清晴秋泉然仁荣瑞"
        "山杉尚少深生石双水思松泰天田庭同万望文希夏先贤祥晓新兴星秀雪雅燕阳叶一艺英永友宇玉元园"
        "月云泽展昭正之知志中舟洲竹子梓"
    ),
    "hangul": (
        "가강건경고광구권규근기길나남노다달대덕도동라래로류리린마만명모무문미민박배백범별보복봉"
        "부빈산상새서석선설성세소솔송수순슬승시식신아안애연영예오옥온용우욱운원월유윤은의이인일"
        "자재정제조종주준중지진찬창채천철초춘치태택하학한해향현혜호홍화환효훈희"
    ),
    "thai": "กขคงจชซดตถทนบปผพฟมยรลวสหอ",
    "devanagari": "कखगघचछजझटठडढतथदधनपफबभमयरलवशसह",
}
RANGES = (
    ("latin", 0x0041, 0x024F),
    ("greek", 0x0370, 0x03FF),
    ("cyrillic", 0x0400, 0x052F),
    ("hebrew", 0x0590, 0x05FF),
    ("arabic", 0x0600, 0x06FF),
    ("devanagari", 0x0900, 0x097F),
    ("thai", 0x0E00, 0x0E7F),
    ("latin", 0x1E00, 0x1EFF),
    ("greek", 0x1F00, 0x1FFF),
    ("hiragana", 0x3040, 0x309F),
    ("katakana", 0x30A0, 0x30FF),
    ("han", 0x3400, 0x9FFF),
    ("hangul", 0xAC00, 0xD7A3),
)
ACCENTS = "\u0301\u0308\u0302\u0300\u0303"


def script_of(word):
    """Return the script of a word by its first letter, ``latin`` for those we have none of.

    >>> script_of("Ana"), script_of("Ольга"), script_of("山田"), script_of("ᚠ")
    ('latin', 'cyrillic', 'han', 'latin')
    """
    sign = ord(word[0])
    return next((name for name, low, high in RANGES if low <= sign <= high), "latin")


def make_word(number, script, length):
    """Return a word in lower case that a number stands for.

    :param length: letters of the word it takes the place of
    """
    if script in SIGNS:
        return _pick_signs(number, SIGNS[script], length)
    parts = SYLLABLES[script]
    text = ""
    order = ["onsets", "vowels", "codas"]
    if length == 1:
        order = ["onsets"]
    elif length <= 3:
        order += ["vowels", "codas"]
    elif length <= 8:
        order = [*order, "onsets", "vowels", "codas", "ends"]
    else:
        order = [*order, *order, "onsets", "vowels", "ends"]
    for part in order:
        number, place = divmod(number, len(parts[part]))
        text += parts[part][place]
    return text[:1] if length == 1 else text


def _pick_signs(number, signs, length):
    """Return as many signs as there were, of a long word the first twelve."""
    text = ""
    for _place in range(min(max(length, 2), 12)):
        number, place = divmod(number, len(signs))
        text += signs[place]
    return text


def with_accent(word, number):
    """Return a word with an accent on its first vowel.

    >>> with_accent("tolven", 1)
    'tölven'
    """
    for place, sign in enumerate(word):
        if sign in "aeiou":
            accent = ACCENTS[number % len(ACCENTS)]
            marked = unicodedata.normalize("NFC", sign + accent)
            return word[:place] + marked + word[place + 1 :]
    return word


def to_ascii(word):
    """Return a word of Latin letters without accents.

    >>> to_ascii("tölven")
    'tolven'
    """
    plain = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in plain if sign.isascii())
