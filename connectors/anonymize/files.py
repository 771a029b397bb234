"""What stands in for the contents of a file: something of its kind that shows nothing."""

import base64

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)
GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
SENTENCE = (
    "The contents of this file were left out: this migration anonymizes people.\n"
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n'
HTML = f"<html><body><p>{SENTENCE.strip()}</p></body></html>\n"
PDF = """%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
BY_ENDING = {
    **dict.fromkeys(("png", "jpg", "jpeg", "webp", "bmp", "tif", "tiff", "heic"), PNG),
    "gif": GIF,
    "svg": SVG.encode(),
    "pdf": PDF.encode(),
    "html": HTML.encode(),
    "htm": HTML.encode(),
}
UNKNOWN = b"\0\n" + SENTENCE.encode()
"""Bytes that are no text, of which no program thinks that it knows them."""
ENDINGS = frozenset(
    """
    pdf doc docx xls xlsx ppt pptx odt ods odp txt csv tsv rtf md log jpg jpeg png gif svg
    webp bmp tif tiff heic zip rar 7z gz tar msg eml ics vcf html htm xml json mp3 mp4 m4a
    wav mov avi mkv
    """.split()
)
"""Of files: what stands behind the dot stays."""


def get_placeholder(name):
    """Return the bytes for a file of this name.

    >>> get_placeholder("offer.pdf")[:5], get_placeholder("notes.docx")[:12]
    (b'%PDF-', b'The contents')
    """
    ending = str(name or "").rpartition(".")[2].lower()
    if ending not in ENDINGS:
        return UNKNOWN
    return BY_ENDING.get(ending, SENTENCE.encode())


def get_picture():
    """Return the smallest picture as Base64."""
    return base64.b64encode(PNG).decode()
