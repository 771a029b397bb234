"""E-mails of Net-Results as records, with what Odoo's template needs beside the original."""

from ..core.errors import ConfigurationError, RecordError
from ..core.source import Record
from ..mapping.merge_tags import convert_html, convert_text
from .people import as_sent
from .responses import is_object, member

ROWS_ONE_BY_ONE = 50
"""Rows of a page where each may cost a call of its own for the body."""


class TemplateReader:
    """Completes the rows of ``Email.getMultiple``, which may leave the bodies out."""

    def __init__(self, rpc):
        self.rpc = rpc
        self.endpoint = rpc.profile["objects"]["email"]
        self._asks = bool(self.endpoint.get("one")) and (
            rpc.description.offers(self.endpoint, "one") is not False
        )

    def ask(self, row, key):
        """Return (the body of an e-mail that came without, why it cannot be had)."""
        bodies = {name for k in ("html", "text") for name in self.endpoint["fields"][k]}
        if not self._asks or bodies & set(row):
            return {}, None
        return self.rpc.for_one(lambda: self._whole(key))

    def expand(self, row, key, asked):
        """Return ``(records, errors, warnings)`` of a row.

        :param asked: what ``ask`` returned
        """
        whole, refusal = asked
        if refusal:
            about = {"stream": "email_templates", "source_id": key}
            return [], [RecordError("bad_record", reason=refusal, **about)], []
        row = {**row, **whole}
        return [Record("email_templates", key, {**row, **self._converted(row)})], [], []

    def _whole(self, key):
        endpoint = self.endpoint
        params = {endpoint["one_param"]: as_sent(key)}
        try:
            answer = self.rpc.call(
                endpoint["controller"], endpoint["one"], params, stream="email_templates"
            )  # fmt: skip
        except ConfigurationError as error:
            if error.code != "no_method" or not endpoint.get("one_optional"):
                raise
            self._asks = False
            return {}
        found = answer.get("result")
        return found if is_object(found) else {}

    def _converted(self, row):
        fields = self.endpoint["fields"]
        subject, unknown = convert_text(str(member(row, fields["subject"]) or ""))
        source = member(row, fields["html"])
        if source is None and (plain := member(row, fields["text"])) is not None:
            source = _as_html(str(plain))
        body, more, pictures = convert_html(str(source or ""))
        unknown = sorted({*unknown, *more})
        review = []
        if source is None:
            review.append("Net-Results gave no body.")
        if pictures:
            review.append(
                f"{len(pictures)} pictures lie on other servers; those of Net-Results "
                f"end with the account: {', '.join(pictures)}"
            )
        return {
            "_subject": subject,
            "_body": body,
            "_review": "\n".join(review),
            "_unknown": [f"{{{tag}}}" for tag in unknown],
            "_pictures": pictures,
        }


def _as_html(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"<p>{line}</p>" for line in escaped.splitlines())
