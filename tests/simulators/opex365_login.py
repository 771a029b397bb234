"""The token endpoint of Microsoft Entra, as far as client credentials need it."""

import base64
import hashlib
import json
import secrets
import time

from .server import json_response

JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
# Of PKCS #1: what stands before a SHA-256 in a signature.
_SHA256 = bytes.fromhex("3031300d060960864801650304020105000420")
_STATUS = {7000215: 401, 7000222: 401, 700027: 401}


class Login:
    """One app registration with a secret, and certificates by thumbprint.

    certificates: base64url of the SHA-1 thumbprint → (modulus, exponent)
    refusal: an AADSTS number with which every request is refused
    lifetime: seconds that a token lives
    """

    def __init__(self, tenant, client_id, secret, *, lifetime=3599):
        self.tenant, self.client_id, self.secret = tenant, client_id, secret
        self.lifetime = lifetime
        self.clock = time.monotonic
        self.certificates = {}
        self.refusal = None
        self.tokens = {}
        self.assertions = set()

    def issue(self):
        token = f"eyJ0eXAiOiJKV1Qi.{secrets.token_urlsafe(48)}.c2ln-{len(self.tokens)}"
        self.tokens[token] = self.clock() + self.lifetime
        return token

    def is_valid(self, token):
        return self.tokens.get(token, 0) > self.clock()

    def revoke(self, token):
        self.tokens.pop(token, None)

    def answer(self, request, environment):
        """environment: address for which tokens are issued"""
        if request.method != "POST" or request.mimetype != "application/x-www-form-urlencoded":  # fmt: skip
            return self._refused(900144, "The request body must be form-urlencoded")
        form = request.form
        number = self.refusal or self._fault(request, form, environment)
        if number:
            return self._refused(number, "Simulated refusal")
        return json_response(
            {
                "token_type": "Bearer",
                "expires_in": int(self.lifetime),
                "ext_expires_in": int(self.lifetime),
                "access_token": self.issue(),
            }
        )

    def _fault(self, request, form, environment):
        tenant = request.path.strip("/").split("/")[0]
        if tenant != self.tenant:
            return 90002
        if form.get("grant_type") != "client_credentials":
            return 900144
        if form.get("client_id") != self.client_id:
            return 700016
        scope = form.get("scope", "")
        if not scope.endswith("/.default") or "/api/" in scope or " " in scope:
            return 70011
        if scope != f"{environment}/.default":
            return 500011
        if "client_assertion" in form:
            proven = form.get("client_assertion_type") == JWT_BEARER
            proven = proven and self._is_proven(form["client_assertion"], request.url)
            return None if proven else 700027
        return None if form.get("client_secret") == self.secret else 7000215

    def _is_proven(self, assertion, audience):
        try:
            head, claims, signature = assertion.split(".")
            header = json.loads(_decode(head))
            body = json.loads(_decode(claims))
            modulus, exponent = self.certificates[header["x5t"]]
        except (ValueError, KeyError):
            return False
        now = time.time()
        fresh = body["jti"] not in self.assertions
        self.assertions.add(body["jti"])
        about_us = body["iss"] == body["sub"] == self.client_id
        in_time = body["nbf"] - 5 <= now < body["exp"] <= now + 3600
        if header["alg"] != "RS256" or body["aud"] != audience:
            return False
        signed = hashlib.sha256(f"{head}.{claims}".encode()).digest()
        size = (modulus.bit_length() + 7) // 8
        padded = b"\x00\x01" + b"\xff" * (size - 54) + b"\x00" + _SHA256 + signed
        found = pow(int.from_bytes(_decode(signature), "big"), exponent, modulus)
        return fresh and about_us and in_time and found == int.from_bytes(padded, "big")

    def _refused(self, number, words):
        return json_response(
            {
                "error": "invalid_client" if number >= 700000 else "invalid_request",
                "error_description": f"AADSTS{number}: {words}. Trace ID: 0d0c6a52 "
                "Correlation ID: 5b9f8f34 Timestamp: 2025-03-04 09:15:00Z",
                "error_codes": [number],
                "timestamp": "2025-03-04 09:15:00Z",
                "trace_id": "0d0c6a52-1d1e-4b2f-9a55-3b8e7f1c2a00",
                "correlation_id": "5b9f8f34-7c2c-4a5b-8a1a-91f0d6d4e901",
            },
            _STATUS.get(number, 400),
        )


def _decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
