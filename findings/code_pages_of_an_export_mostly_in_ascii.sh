#!/usr/bin/env bash
# chardet 5.2.0 and charset-normalizer 3.4.4 (PyPI) on an export of 60 contacts, of whom three
# have names beyond ASCII, as a company's address book in an old Windows or DOS code page has
#
# Usual guess: one of the two libraries tells the code page, or says by its confidence that it
# does not know; Turkish, Polish and Hebrew are common enough.
# Seen: chardet takes Polish and Turkish for ISO-8859-1 with 0.73 ("Ayþe Yýlmaz"), MS-DOS for
# MacRoman. charset-normalizer takes Turkish and Hebrew for Windows-1250, Greek for the
# Macintosh's; it tells nothing of its doubts. Nothing in either answer tells right from wrong:
# Polish is wrong at 0.73 and Greek right at 0.81.
# What follows for a reader: leave the ASCII out, and look at the words themselves: letters of
# one language together, no capital within a word, no sign of a currency at its begin.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check chardet==5.2.0 \
  charset-normalizer==3.4.4 2>/dev/null
cat > guess.py <<'PY'
import chardet
import charset_normalizer

NAMES = {
    "cp1251": ["Иван Петров", "Ольга Смирнова", "Сергей Кузнецов"],
    "cp1250": ["Łukasz Żak", "Małgorzata Wójcik", "Zdeněk Dvořák"],
    "cp1254": ["Ayşe Yılmaz", "Çağrı Öztürk", "Işıl Şahin"],
    "cp1255": ["דוד לוי", "שרה כהן", "רחל מזרחי"],
    "cp1253": ["Γιώργος Παππάς", "Ελένη Νικολάου", "Μαρία Ιωάννου"],
    "cp437": ["Jürgen Größe", "José Núñez", "Zoë Angström"],
}


def read(data, encoding):
    return data.decode(encoding).split("\n")[1].split(",")[1]


for encoding, names in NAMES.items():
    text = "Contact ID,Full Name,Email,Phone,Created At,Owner\n"
    for n in range(60):
        name = names[n] if n < 3 else "Ana Silva"
        text += f"{n},{name},user{n}@example.com,+49 30 12345{n},2025-03-{n % 28 + 1:02},"
        text += "sales.team@example.com\n"
    data = text.encode(encoding)
    first = chardet.detect(data)
    second = charset_normalizer.from_bytes(data).best().encoding
    print(encoding, names[0])
    print("   chardet", first["encoding"], f"{first['confidence']:.2f}", read(data, first["encoding"]))
    print("   charset-normalizer", second, read(data, second))
PY
PYTHONIOENCODING=utf-8 venv/bin/python guess.py | tee found.txt
cat > expected.txt <<'TXT'
cp1251 Иван Петров
   chardet windows-1251 0.88 Иван Петров
   charset-normalizer cp1251 Иван Петров
cp1250 Łukasz Żak
   chardet ISO-8859-1 0.73 £ukasz ¯ak
   charset-normalizer cp1250 Łukasz Żak
cp1254 Ayşe Yılmaz
   chardet ISO-8859-1 0.73 Ayþe Yýlmaz
   charset-normalizer cp1250 Ayţe Yýlmaz
cp1255 דוד לוי
   chardet windows-1255 0.99 דוד לוי
   charset-normalizer cp1250 ăĺă ěĺé
cp1253 Γιώργος Παππάς
   chardet ISO-8859-7 0.81 Γιώργος Παππάς
   charset-normalizer mac_greek Οιΰώψορ –αππήρ
cp437 Jürgen Größe
   chardet MacRoman 0.73 JÅrgen Grî·e
   charset-normalizer cp775 Jürgen Größe
TXT
diff found.txt expected.txt || { echo "the behavior has changed"; exit 1; }
