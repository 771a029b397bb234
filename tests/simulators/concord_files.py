"""Files of the invented company, with real bytes behind every media row but one."""

import random
import struct
import zlib

from .concord_settings import START


def png(color=(220, 38, 38), side=8):
    """Return a real picture of one color."""

    def chunk(kind, data):
        checksum = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)

    pixels = (b"\0" + bytes(color) * side) * side
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(pixels))
        + chunk(b"IEND", b"")
    )


def pdf(text="Quote"):
    """Return a small document that readers open."""
    stream = f"BT /F1 24 Tf 72 720 Td ({text}) Tj ET".encode("ascii")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    body = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 6\n0000000000 65535 f \n"
    body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return body + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start


BIG_SIZE = 3 * 1024 * 1024 + 17


def big():
    return random.Random(3).randbytes(BIG_SIZE)


AWKWARD_FILES = (
    # label, holder, file name, MIME type, bytes (None = missing) or what makes them
    ("file_png", "contacts", "photo.png", "image/png", png()),
    ("file_pdf", "deals", "quote.pdf", "application/pdf", pdf()),
    ("file_txt", "companies", "note.txt", "text/plain", "grüße\r\n".encode("latin-1")),
    ("file_empty", "contacts", "empty.txt", "text/plain", b""),
    ("file_big", "deals", "plan.bin", "application/octet-stream", big),
    ("file_accents", "contacts", "Résumé d'été – “final”.pdf", "application/pdf", pdf("CV")),
    ("file_cjk", "companies", "合同 最终版.pdf", "application/pdf", pdf("contract")),
    ("file_rtl", "companies", "عقد.txt", "text/plain", "نص".encode()),
    ("file_emoji", "activities", "party 🎉.png", "image/png", png((0, 128, 0))),
    ("file_apostrophe", "activities", "O'Brien's <b>list</b>.csv", "text/csv", b"a;b\r\n1;2\r\n"),
    ("file_no_extension", "deals", "LICENSE", "text/plain", b"free\n"),
    ("file_double_name", "contacts", "photo-1.png", "image/png", png((0, 0, 128))),
    ("file_svg", "contacts", "logo.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
    ("file_missing", "contacts", "lost.pdf", "application/pdf", None),
    ("file_truncated", "deals", "torn.pdf", "application/pdf", pdf("torn")),
)  # fmt: skip


class FileMaker:
    """Makes media rows. ``truncated`` rows announce more bytes than they send."""

    def __init__(self, company, rng):
        self.company = company
        self.rng = rng

    def add(
        self, holder, name, mime_type, content, label=None, inline=False, size=None
    ):
        """Add one file; the caller hangs it on a record. Return the media row.

        holder: class name in kebab case, as in the path on disk (``contact``)
        """
        company = self.company
        number = len(company["media"]) + 1
        token = f"{self.rng.getrandbits(32):08x}-0000-4000-8000-{number:012d}"
        company.files[token] = content
        if size is None:
            size = 48213 if content is None else BIG_SIZE if callable(content) else len(content)  # fmt: skip
        kind = mime_type.split("/")[0]
        return company.insert(
            "media",
            label,
            token=token,
            file_name=name,
            mime_type=mime_type,
            aggregate_type={"image": "image", "text": "document"}.get(kind, "pdf"),
            size=size,
            disk_path=f"editor/{token}.png" if inline else f"media/{holder}/1/{name}",
            via_text_attribute=inline,
            created_at=START,
        )

    def add_pictures(self):
        """Pictures pasted into texts; they must exist before the texts."""
        for label, color in (("inline_red", (200, 0, 0)), ("inline_blue", (0, 0, 200))):
            self.add(
                "note", f"{label}.png", "image/png", png(color), label, inline=True
            )
        for user_id in (1, 2):
            avatar = f"avatars/user-{user_id}.png"
            self.company.files[avatar] = png((user_id * 60, 90, 90))
            self.company["users"][user_id]["avatar"] = avatar

    def add_awkward(self):
        """Hang the awkward files on the first records of their kind."""
        places = {}
        for label, resource, name, mime_type, content in AWKWARD_FILES:
            rows = self.company.rows(resource)
            if not rows:
                continue
            place = places[resource] = places.get(resource, -1) + 1
            row = rows[min(place // 2, len(rows) - 1)]
            size = len(content) * 2 if label == "file_truncated" else None
            media = self.add(resource[:-1], name, mime_type, content, label, size=size)
            row["media_ids"].append(media["id"])

    def add_crowd(self):
        """One small text file for each 25th contact, and a few avatars."""
        for place, row in enumerate(self.company.rows("contacts")):
            if place % 25 == 24:
                text = f"Minutes of {row['id']}\n".encode()
                media = self.add("contact", "minutes.txt", "text/plain", text)
                row["media_ids"].append(media["id"])
            if place % 40 == 3:
                row["avatar"] = f"avatars/contact-{row['id']}.png"
                self.company.files[row["avatar"]] = png((place % 255, 40, 90))
