"""Files: the bytes of the source, on the record they belong to."""

import hashlib

from ..target_common import TargetData, ref

PAGE = "Tæt på ✓\n".encode() * 300

TARGET = TargetData(
    model="ir.attachment",
    files={"a/1": PAGE, "a/2": b"\x00\xff" * 99},
    rows={
        "1": {
            "name": "Tilbud «2019» & <1>.txt",
            "description": "Sent twice",
            "@file": {
                "path": "a/1",
                "size": len(PAGE),
                "sha256": hashlib.sha256(PAGE).hexdigest(),
            },
            "@thread": [ref("deals", "1")],
        },
        "2": {
            "name": "raw.bin",
            "@file": {"path": "a/2"},
            "@thread": [ref("contacts", "1")],
        },
    },
    before={"name": "Tilbud «2019» & <1>.txt", "raw": PAGE},
    ends={"@file": ("file_size", "checksum"), "@thread": ("res_id",)},
    changed={"name": "Renamed by the source.txt", "description": "Sent once"},
    edit={"name": "Renamed by Anna.txt"},
)
