"""What the tests of workbooks share."""

import io
import re
import zipfile


def altered(data, part, *changes):
    """Return a workbook with the XML of one part changed: pairs (pattern, new)."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            text = old.read(name)
            for pattern, replacement in changes if re.search(part, name) else ():
                text, count = re.subn(pattern, replacement, text)
                assert count, pattern
            new.writestr(name, text)
    return stream.getvalue()
