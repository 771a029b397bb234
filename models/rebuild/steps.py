"""What a rule does: steps of a source in the words of ``ir.actions.server`` (19.0)."""

import re

from ...connectors.mapping.automations import OWNER_OF_RECORD
from ...connectors.mapping.merge_tags import FIELDS, convert_html, convert_text
from ..words.messages import translate
from .dictionary import Unsaid

ACTIVITY_TYPES = {
    "todo": "mail.mail_activity_data_todo",
    "call": "mail.mail_activity_data_call",
    "email": "mail.mail_activity_data_email",
    "meeting": "mail.mail_activity_data_meeting",
}
CODE = {
    "complete_activities": "records.activity_ids.action_done()",
    "delete_activities": "records.activity_ids.unlink()",
}
"""Nothing of the source is in it."""
FIELD = re.compile(r"\[\[(\w+(?:\.\w+)*)\]\]")
_OBJECT = re.compile(r"\bobject\.")
SENT = frozenset(
    {"char", "text", "integer", "float", "monetary", "date", "datetime"}
    | {"boolean", "selection", "many2one"}
)
"""Types of fields that a webhook can send."""


class StepWriter:
    """For one automation: its steps to values of server actions.

    What a mail needs besides, a template, stands under ``template`` in them.
    """

    def __init__(self, dictionary, mapping, plan):
        self.dictionary, self.mapping, self.plan = dictionary, mapping, plan
        self.env, self.model = dictionary.env, dictionary.env[mapping.model_name]
        self.hints = dictionary.get_hints(mapping)

    def say(self, step):
        """Return the values of one action, without its model.

        :raises Unsaid: Odoo has no such action, or what it is about is not here
        """
        vals = self._write(step)
        kinds = self.env["ir.actions.server"]._fields["state"]
        kind = dict(kinds._description_selection(self.env))[vals["state"]]
        about = step.data.get("summary") or step.data.get("subject")
        vals["name"] = f"{kind}: {translate(self.env, about)}" if about else kind
        return vals

    def _write(self, step):
        if step.kind == "other":
            raise Unsaid("step", text=step.text)
        if step.kind in CODE:
            self._ensure_activities()
            return {"state": "code", "code": CODE[step.kind]}
        if step.kind == "outcome":
            return self._write_outcome(step)
        return getattr(self, f"_write_{step.kind}")(step)

    def _write_outcome(self, step):
        code = self.hints.endings.get(step.data.get("outcome"))
        if not code:
            raise Unsaid("step", text=step.data.get("outcome") or "")
        return {"state": "code", "code": code}

    def _ensure_activities(self):
        if not hasattr(self.model, "activity_schedule"):
            raise Unsaid("no_activities", model=self.model._description)

    # -- activities --------------------------------------------------------------

    def _write_activity(self, step):
        self._ensure_activities()
        said = {value.path: value for value in step.values}
        vals = {
            "state": "next_activity",
            "activity_type_id": self._get_type(step, said),
            "activity_summary": translate(self.env, step.data.get("summary")) or False,
            "activity_note": step.data.get("note") or False,
            "activity_date_deadline_range": step.data.get("days") or 0,
            "activity_date_deadline_range_type": "days",
            "activity_user_type": "specific",
        }
        user = next((v for p, v in said.items() if "user" in p or "owner" in p), None)
        if user:
            vals["activity_user_id"] = self._get_user(user)
        elif step.data.get("user") == OWNER_OF_RECORD and self._has_owner():
            vals |= {
                "activity_user_type": "generic",
                "activity_user_field_name": self.hints.owner,
            }
        return vals

    def _has_owner(self):
        field = self.model._fields.get(self.hints.owner)
        return field is not None and field.comodel_name == "res.users"

    def _get_type(self, step, said):
        """Return the id of the type: what the mapping makes of it, else Odoo's own."""
        for value in said.values():
            try:
                found = self._convert(value)
            except Unsaid:
                continue
            if isinstance(found, tuple) and found[0] == "mail.activity.type":
                kind = self.env["mail.activity.type"].browse(found[1])
                if kind.res_model in (False, self.model._name):
                    return kind.id
        name = ACTIVITY_TYPES.get(step.data.get("kind"), ACTIVITY_TYPES["todo"])
        kind = self.env.ref(name, raise_if_not_found=False)
        if not kind:
            kind = self.env["mail.activity.type"].search(
                [("res_model", "=", False)], limit=1
            )
        if not kind:
            raise Unsaid("no_type")
        return kind.id

    def _get_user(self, value):
        """Return the id of the user; where nobody is, who the rule runs for gets it."""
        try:
            model, res_id = self._convert(value)
        except (Unsaid, TypeError, ValueError):
            self._remark("user_unknown", value=value.label or str(value.value))
            return False
        user = self.env[model].browse(res_id)
        if model != "res.users" or not user.active:
            self._remark("user_unknown", value=user.display_name)
            return False
        return res_id

    def _convert(self, value):
        stream = value.stream or self.mapping.stream
        mapping = None if value.stream else self.mapping
        place = self.dictionary.find(stream, value.path, mapping)
        return self.dictionary.convert(place, value.path, value.value)

    # -- values ------------------------------------------------------------------

    def _write_tag(self, step):
        return self._write_set(step)

    def _write_set(self, step):
        """Odoo's action sets one field: several are several actions."""
        (value, *more) = step.values
        place = self.dictionary.find(self.mapping.stream, value.path, self.mapping)
        if place.field == "@state":
            found = self._convert(value)
            code = self.hints.endings.get(found)
            if not code:
                raise Unsaid("no_value", field=value.path, value=str(value.value))
            vals = {"state": "code", "code": code}
        else:
            vals = self._set_field(place.field, value)
        if more:
            vals["more"] = [self.say(type(step)("set", (each,))) for each in more]
        return vals

    def _set_field(self, name, value):
        field = self.model._fields.get(name)
        if not field or field.readonly or not field.store:
            raise Unsaid("no_field", stream=self.mapping.stream, field=value.path)
        vals = {
            "state": "object_write",
            "update_path": name,
            "evaluation_type": "value",
        }
        if value.value is None or value.value == "":
            if field.type != "many2one":
                raise Unsaid("no_value", field=value.path, value="")
            return {**vals, "value": "0"}
        found = self._convert(value)
        if isinstance(found, tuple):
            if found[0] != field.comodel_name:
                raise Unsaid("no_value", field=value.path, value=str(value.value))
            found = found[1]
        elif field.comodel_name:
            raise Unsaid("no_value", field=value.path, value=str(value.value))
        if field.type == "boolean":
            return {**vals, "update_boolean_value": "true" if found else "false"}
        if field.type == "many2many":
            return {**vals, "update_m2m_operation": "add", "value": str(found)}
        if field.type == "html":
            return {**vals, "html_value": found}
        if field.type == "selection" and found not in field.get_values(self.env):
            raise Unsaid("no_value", field=value.path, value=str(value.value))
        return {**vals, "value": str(found)}

    # -- mails and calls ---------------------------------------------------------

    def _write_mail(self, step):
        if not hasattr(self.model, "message_post"):
            raise Unsaid("no_mail", model=self.model._description)
        data, left = step.data, []
        template = {
            "model_id": self.env["ir.model"]._get_id(self.model._name),
            # Else Odoo writes to the customer, whoever is named (19.0).
            "use_default_to": False,
        }
        template |= self._write_recipient(data.get("to") or "self")
        subject, unknown = self._fill_text(data.get("subject") or "", data)
        body, unplaced = self._fill_body(data.get("body") or "", data)
        target = self.env["crm.migration.target.mail.template"]
        template["subject"] = target._tame_text(self.model._name, subject, left)
        template["body_html"] = target._tame_body(self.model._name, body, left)
        template["name"] = data.get("subject") or self.env._("E-mail of a rule")
        if tags := list(dict.fromkeys([*unknown, *unplaced, *left])):
            self._remark("tags_left", tags=", ".join(tags))
        return {"state": "mail_post", "mail_post_method": "email", "template": template}

    def _write_recipient(self, to):
        if to == OWNER_OF_RECORD:
            if not self._has_owner():
                raise Unsaid("no_owner", model=self.model._description)
            return {"email_to": f"{{{{ object.{self.hints.owner}.email or '' }}}}"}
        if "@" in to:
            return {"email_to": to}
        if self.hints.customer:
            return {"partner_to": f"{{{{ object.{self.hints.customer}.id }}}}"}
        if "email" in self.model._fields:
            if self._is_contact():
                return {"partner_to": "{{ object.id }}"}
            return {"email_to": "{{ object.email or '' }}"}
        raise Unsaid("no_recipient", model=self.model._description)

    def _of_customer(self, text):
        """Merge tags are of a contact: of other records, of theirs."""
        if self.hints.customer:
            return _OBJECT.sub(f"object.{self.hints.customer}.", text)
        return text

    def _fill_text(self, text, data):
        unknown = []
        if data.get("dialect"):
            text, unknown = convert_text(text, data["dialect"])
            text = self._of_customer(text)
        template = "{{ %s or '' }}"
        text = FIELD.sub(lambda found: self._tag(found[1], unknown, template), text)
        return text, unknown

    def _fill_body(self, body, data):
        unknown = []
        if data.get("dialect"):
            body, unknown, _pictures = convert_html(body, data["dialect"])
            body = self._of_customer(body)
        template = '<t t-out="%s"></t>'
        body = FIELD.sub(lambda found: self._tag(found[1], unknown, template), body)
        return body, unknown

    def _tag(self, path, unknown, template):
        try:
            name = self.dictionary.find(self.mapping.stream, path, self.mapping).field
        except Unsaid:
            # Of a contact, whatever the source calls it.
            common = FIELDS.get(path.lower().replace("_", "").rpartition(".")[2])
            if common and not self.hints.customer and self._is_contact():
                return template % common
            name = ""
        field = self.model._fields.get(name)
        if not field:
            unknown.append(path)
            return f"[{path}]"
        dotted = f"{name}.display_name" if field.relational else name
        return template % f"object.{dotted}"

    def _is_contact(self):
        return "commercial_partner_id" in self.model._fields

    def _write_webhook(self, step):
        if not step.data.get("url"):
            raise Unsaid("no_url")
        names = dict.fromkeys(line.target for line in self.mapping.line_ids)
        fields = [
            self.env["ir.model.fields"]._get(self.model._name, name).id
            for name in names
            if (field := self.model._fields.get(name))
            and field.type in SENT
            and not field.groups
            and field.store
        ]
        self._remark("webhook_body")
        return {
            "state": "webhook",
            "webhook_url": step.data["url"],
            "webhook_field_ids": [(6, 0, fields)],
        }

    def _remark(self, code, **data):
        if (code, data) not in self.plan.remarks:
            self.plan.remarks.append((code, data))
