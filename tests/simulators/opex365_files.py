"""Downloads of the simulated Web API: one column at once, or block by block."""

import base64
import secrets

from werkzeug.wrappers import Response

from .opex365_query import Refused

BLOBS = {"annotation": ("documentbody", "filename"), "activitymimeattachment": ("body", "filename")}  # fmt: skip


class Files:
    """The downloads that are under way, by their continuation token."""

    def __init__(self, simulator):
        self.sim = simulator
        self.open = {}

    def value(self, request, table, row, name):
        """Return ``<row>/<column>/$value``: base64 as text, or the bytes of a file."""
        column = table.columns.get(name)
        if column is None or column.attribute_of:
            raise Refused(404, "0x8006088a", f"Resource not found for the segment '{name}'.")  # fmt: skip
        content = row.get(name)
        if content is None:
            return Response(status=204)
        if not isinstance(content, bytes):
            return Response(str(content), mimetype="text/plain")
        if len(content) > self.sim.column_limit:
            raise Refused(413, "0x80044a02", "Maximum size exceeded")
        if column.kind == "F":
            return self._binary(request, content, row.get(f"{name}_name"))
        if column.kind == "IMG":
            # Without ``size=full`` only a thumbnail comes.
            full = request.args.get("size") == "full"
            content = content if full else content[:16]
            return Response(content, mimetype="application/octet-stream")
        return Response(base64.b64encode(content), mimetype="text/plain")

    def _binary(self, request, content, name):
        headers = {
            "x-ms-file-size": str(len(content)),
            "x-ms-file-name": base64.b64encode((name or "").encode()).decode(),
            "mimetype": "application/octet-stream",
        }
        wanted = request.range
        if wanted and (place := wanted.range_for_length(len(content))):
            content, headers["x-ms-chunk-size"] = content[slice(*place)], "4194304"
            return Response(content, 206, headers, mimetype="application/octet-stream")
        return Response(content, 200, headers, mimetype="application/octet-stream")

    def begin(self, name, body):
        """Answer ``Initialize…BlocksDownload``."""
        if self.sim.blocks_refused:
            raise Refused(400, "0x80090017", "Chunked download is not supported")
        target = body.get("Target") or {}
        kind = str(target.get("@odata.type", "")).removeprefix("Microsoft.Dynamics.CRM.")  # fmt: skip
        if kind not in self.sim.org.schema.tables:
            raise Refused(400, "0x80040203", "Target is not valid")
        table = self.sim.org.schema.tables[kind]
        row = self.sim.org.tables[kind].get(target.get(table.id))
        if row is None:
            raise Refused(404, "0x80040217", f"{kind} With Id does not exist")
        column, label = BLOBS.get(kind, (body.get("FileAttributeName"), None))
        content = row.get(column)
        if content is None:
            raise Refused(400, "0x80040203", "There is no file")
        token = base64.b64encode(secrets.token_bytes(18)).decode()
        self.open[token] = content
        file_name = row.get(label) if label else row.get(f"{column}_name")
        answer = {
            "FileContinuationToken": token,
            "FileSizeInBytes": len(content),
            "FileName": file_name,
        }
        if name == "InitializeFileBlocksDownload":
            answer["IsChunkingSupported"] = True
        return answer

    def block(self, body):
        content = self.open.get(body.get("FileContinuationToken"))
        if content is None:
            raise Refused(400, "0x80040203", "The continuation token is not valid")
        start, size = int(body["Offset"]), int(body["BlockLength"])
        if not 0 < size <= 4 * 1024 * 1024 or start > len(content):
            raise Refused(400, "0x80040203", "BlockLength is not valid")
        piece = content[start : start + size]
        return {"Data": base64.b64encode(piece).decode()}
