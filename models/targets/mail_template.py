"""E-mail templates, each to be reviewed before it is used."""

import re

from lxml import etree, html
from markupsafe import escape

from odoo import models

from ...connectors.mapping.merge_tags import inert

MAILED = "res.partner"
"""Who gets the mail where the source does not say it."""
RENDERED = (
    *("subject", "email_from", "email_to", "email_cc", "reply_to", "partner_to"),
    *("lang", "scheduled_date"),
)
"""Texts in which Odoo puts the values of a record (``mail.template``, 19.0)."""
RECIPIENTS = ("email_to", "partner_to")
"""Whom a template names itself."""
_EXPRESSION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_HARMLESS = re.compile(r"object((?:\.[a-z][a-z0-9_]*)+)(?:\s+or\s+'(?:[^'\\]|\\')*')?")
_ACTING = ("t-", "on")


class CrmMigrationTargetMailTemplate(models.AbstractModel):
    """Nothing of the source is evaluated: only a field, or a text in its place, stays live.

    ``@review`` is a list of merge tags that have no counterpart: they stay to be read in
    the template, and are told. A template has no button and no action, and is attached to
    nothing that sends by itself; Odoo renders it once when it is created, for a contact.
    """

    _name = "crm.migration.target.mail.template"
    _description = "Migration Target: E-Mail Templates"
    _inherit = ["crm.migration.target"]
    _model, _app = "mail.template", "mail"

    def _note_field(self, batch):
        return "description"

    def _get_named_field(self, model):
        return "name"

    def _default_name(self, batch, item):
        return item.vals.get("subject") or self.env._("E-mail template")

    def _derive(self, batch, item):
        vals = item.vals
        if not vals.get("model_id"):
            vals["model_id"] = self.env["ir.model"]._get_id(MAILED)
        model = self.env["ir.model"].browse(vals["model_id"]).model
        left = [self._as_text(tag) for tag in item.targets.get("@review") or ()]
        if vals.get("email_cc") and not any(vals.get(name) for name in RECIPIENTS):
            self._address_customer(item, model)
        # Odoo prefers the record's own addresses to all of these (19.0).
        vals["use_default_to"] = not any(vals.get(name) for name in RECIPIENTS)
        for name in RENDERED:
            if vals.get(name):
                vals[name] = self._tame_text(model, vals[name], left)
        if vals.get("body_html"):
            vals["body_html"] = self._tame_body(model, vals["body_html"], left)
        self._flag(item, list(dict.fromkeys(left)))

    def _address_customer(self, item, model):
        """Say whom a template goes to that names but who gets a copy.

        By the record's own addresses alone Odoo would leave the copy out (19.0).
        """
        hints = self.env["crm.migration.target"]._for(model)._rule_hints
        if hints.customer:
            item.vals["partner_to"] = f"{{{{ object.{hints.customer}.id }}}}"
        elif "commercial_partner_id" in self.env[model]._fields:
            item.vals["partner_to"] = "{{ object.id }}"
        else:
            item.report("copy_left", "warning", "email_cc", item.vals["email_cc"])

    def _flag(self, item, left):
        """Write into the description, and tell, what a person has to look at."""
        review = [self.env._("Migrated: to be reviewed before it is used.")]
        if left:
            review.append(self.env._("Left as text: %(tags)s", tags=", ".join(left)))
        own = item.vals.get("description")
        item.vals["description"] = "\n".join(filter(None, [*review, own]))
        code = "template_tags_left" if left else "template_review"
        severity = "warning" if left else "info"
        name = item.vals.get("name") or item.vals.get("subject")
        item.report(code, severity, "name", name, tags=", ".join(left))

    # -- what Odoo would act on ----------------------------------------------------

    def _tame_text(self, model, text, left):
        """Return a text of which only harmless expressions are evaluated."""
        pieces, end = [], 0
        for found in _EXPRESSION.finditer(text):
            pieces.append(inert(text[end : found.start()]))
            if self._is_harmless(model, found[1]):
                pieces.append(f"{{{{ {found[1].strip()} }}}}")
            else:
                left.append(found[0])
                pieces.append(inert(found[0]))
            end = found.end()
        return "".join([*pieces, inert(text[end:])])

    def _is_harmless(self, model, expression):
        """Tell whether it is a field of the record, or a text where that is empty."""
        found = _HARMLESS.fullmatch(expression.strip())
        if not found:
            return False
        record = self.env[model]
        for name in found[1].strip(".").split("."):
            field = getattr(record, "_fields", {}).get(name)
            if field is None or name == "env":
                return False
            record = self.env[field.comodel_name] if field.comodel_name else None
        return True

    def _tame_body(self, model, source, left):
        """Return a body in which nothing acts but ``t-out`` of a harmless expression."""
        # Odoo acts on these in a subject only: in a body they would be sent as they are.
        left += [found[0] for found in _EXPRESSION.finditer(self._as_text(source))]
        body = html.fragment_fromstring(self._as_text(source), create_parent="div")
        for node in list(body.iter()):
            if isinstance(node, etree._ProcessingInstruction):
                node.drop_tree()
            if not isinstance(node.tag, str):
                continue
            for name in list(node.attrib):
                if name == "t-out" and self._is_harmless(model, node.attrib[name]):
                    continue
                if name.startswith(_ACTING):
                    left.append(f"{name}={node.attrib[name]}")
                    del node.attrib[name]
            if node.tag == "script":
                node.drop_tree()
        inner = (html.tostring(child, encoding="unicode") for child in body)
        return "".join([str(escape(body.text or "")), *inner])
