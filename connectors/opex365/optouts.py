"""Who must not be written to: an address that the mailings of Odoo then leave out."""

from ..core.source import Record

FLAGS = ("donotbulkemail", "donotemail")
STREAMS = frozenset({"contacts", "companies", "leads"})
ADDRESSES = ("emailaddress1", "emailaddress2", "emailaddress3")


def opt_outs_of(data, stream, key):
    """Yield a record of ``opt_outs`` for each address of who asked not to be mailed."""
    said = [flag for flag in FLAGS if data.get(flag) is True]
    if stream not in STREAMS or not said:
        return
    for column in ADDRESSES:
        address = str(data.get(column) or "").strip()
        if address:
            yield Record(
                "opt_outs",
                f"{stream}-{key}-{column}",
                {
                    "_parent": {"stream": stream, "id": key},
                    "email": address,
                    "reason": said[0],
                    "modifiedon": data.get("modifiedon"),
                },
            )
