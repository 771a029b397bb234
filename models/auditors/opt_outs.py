"""Who wants no mail: the words of the payload against Odoo's blacklist."""

import re
from functools import lru_cache

from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ..coverage.alike import NO, read_flag
from ..coverage.sight import any_of
from .auditor import Auditor

_lt = LazyTranslate(__name__)

_REFUSES = re.compile(
    r"(?:e[ _-]*mail|bulk|marketing|news[ _-]*letter|has)?[ _-]*opt(?:ed)?[ _-]*out"
    r"(?:[ _-]*of)?[ _-]*(?:e[ _-]*mails?)?"
    r"|do[ _-]*not[ _-]*(?:allow[ _-]*)?(?:bulk[ _-]*)?e[ _-]*mails?"
    r"|no[ _-]*e[ _-]*mails?|unsubscribed",
    re.I,
)


@lru_cache(maxsize=4096)
def _is_refusal(member):
    """Tell whether a member is called so; all records of an object have the same."""
    return _REFUSES.fullmatch(member) is not None


class NotBlocked(Auditor):
    """An entry that a person has archived is an answer: who wants to be written to again."""

    code = "not_blocked"
    sentence = _lt(
        "The source says that it must not be mailed, and nothing blocks that."
    )
    models = ("res.partner", "crm.lead")

    def suspects(self, sight):
        if sight.plan.is_left_to_people("mail.blacklist"):
            return SQL("FALSE")
        return any_of(
            SQL("lower(btrim(%s)) NOT IN %s", said, ("", *NO))
            for key, said in sight.list_members()
            if _is_refusal(key)
        )

    def prepare(self, look, cases):
        addresses = {
            part.record.email_normalized
            for case in cases
            if self._refuses(case)
            for part in case.parts.values()
            if self.sees(part)
        }
        self.blocked = look.blocked_among(addresses - {False})

    def audit(self, case, part):
        address = part.record.email_normalized
        key = self._refuses(case)
        if key and address and address not in self.blocked:
            yield key, address, ""

    def _refuses(self, case):
        """Return the member that says so, None where none does or a person left it out."""
        if case.look.plan.is_left_to_people("mail.blacklist"):
            return None
        for key, value in case.payload.items():
            if _is_refusal(key) and read_flag(value):
                if key not in {path for path, _why in case.look.plan.left_out}:
                    return key
        return None
