"""An S3-compatible object store as NextCRM uses one: path style, AWS Signature 4."""

import datetime as dt
import hashlib
import hmac
import re

from werkzeug.wrappers import Response

from .server import Simulator

_HEADER = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[^/]+)/(?P<day>\d{8})/(?P<region>[^/]+)/s3"
    r"/aws4_request, ?SignedHeaders=(?P<names>[^,]+), ?Signature=(?P<signature>[0-9a-f]+)"
)


class Store(Simulator):
    """One bucket; ``files`` is ``{key: bytes}``. Addresses below ``/public`` are open."""

    region = "us-east-1"

    def __init__(self, files, *, bucket="nextcrm", access="minio", secret="store-secret", **more):  # fmt: skip
        super().__init__(**more)
        self.files, self.bucket = files, bucket
        self.access, self.secret = access, secret
        self.leaks = []

    def error(self, status, headers=None):
        return self._refuse(status, "InternalError" if status >= 500 else "SlowDown", headers)  # fmt: skip

    def _refuse(self, status, code, headers=None):
        body = f'<?xml version="1.0"?><Error><Code>{code}</Code></Error>'
        return Response(body, status, headers=headers, content_type="application/xml")

    def respond(self, request):
        if request.path.startswith("/public/"):
            if "Authorization" in request.headers:
                self.leaks.append(request.path)
            return self._serve(request.path.removeprefix("/public/"))
        if refusal := self._check(request):
            return self._refuse(403, refusal)
        bucket, _slash, key = request.path.lstrip("/").partition("/")
        if bucket != self.bucket:
            return self._refuse(404, "NoSuchBucket")
        if not key:
            listed = '<?xml version="1.0"?><ListBucketResult/>'
            return Response(listed, content_type="application/xml")
        return self._serve(key)

    def _serve(self, key):
        if key not in self.files:
            return self._refuse(404, "NoSuchKey")
        return Response(self.files[key], content_type="binary/octet-stream")

    def _check(self, request):
        """Return the code of what is wrong with the signature, None where nothing is."""
        match = _HEADER.fullmatch(request.headers.get("Authorization", ""))
        if not match:
            return "AccessDenied"
        if match["key"] != self.access:
            return "InvalidAccessKeyId"
        stamp = request.headers["X-Amz-Date"]
        sent = dt.datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.timezone.utc)  # fmt: skip
        if abs(dt.datetime.now(dt.timezone.utc) - sent) > dt.timedelta(minutes=15):
            return "RequestTimeTooSkewed"
        names = match["names"].split(";")
        # As it came over the wire: decoded and encoded again it might be another one.
        path = request.environ["RAW_URI"].partition("?")[0]
        query = "&".join(sorted(filter(None, request.query_string.decode().split("&"))))
        query = "&".join(p if "=" in p else f"{p}=" for p in query.split("&") if p)
        asked = "\n".join(
            (request.method, path, query)
            + tuple(f"{n}:{request.headers[n].strip()}" for n in names)
            + ("", ";".join(names), request.headers["X-Amz-Content-Sha256"])
        )
        scope = f"{match['day']}/{match['region']}/s3/aws4_request"
        digest = hashlib.sha256(asked.encode()).hexdigest()
        text = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{digest}"
        key = f"AWS4{self.secret}".encode()
        for part in scope.split("/"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        expected = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
        right = hmac.compare_digest(expected, match["signature"])
        return None if right and match["region"] == self.region else "SignatureDoesNotMatch"  # fmt: skip
