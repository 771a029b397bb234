"""Everything that a migration left in Odoo, without ids: two ways to it can be compared."""

import re
from datetime import date, datetime

MODELS = (
    *("res.partner", "crm.lead", "calendar.event", "calendar.attendee"),
    *("mail.activity", "mail.message"),
)
NEVER_ALIKE = {
    *("id", "write_date", "write_uid", "access_token", "message_id", "color"),
    # Odoo's estimates, and what counts the days until today.
    *("automated_probability", "prorated_revenue", "probability"),
    *("res_name", "complete_name", "parent_path", "duplicate_lead_ids"),
}
LINK = re.compile(r'(?:href="[^"]*" )?data-oe-model="([^"]+)" data-oe-id="(\d+)"')


class Description:
    """Names records by their key in the source, others by their name.

    :param job: whose records are described
    """

    def __init__(self, job):
        self.env, self.keys = job.env, {}
        job.env.flush_all()
        job.env.invalidate_all()
        found = job.env["crm.migration.id.map"].search([("job_id", "=", job.id)])
        for row in found.sorted("id"):
            name = f"{row.stream} {row.source_id}"
            self.keys.setdefault((row.res_model, row.res_id), name)

    def tell(self):
        """Return (model, record) → field → text; what has no key counts how often."""
        told = {}
        for name in MODELS:
            model = self.env[name].with_context(active_test=False)
            about = [("model", "not =like", "crm.migration%")]
            for record in model.search(about if name == "mail.message" else []):
                row = self.tell_record(record)
                key = self.keys.get((name, record.id)) or str(sorted(row.items()))
                while (name, key) in told:
                    key += " again"
                told[name, key] = row
        return told

    def tell_record(self, record):
        row = {}
        for name, field in record._fields.items():
            if name in NEVER_ALIKE or not field.store or field.type == "one2many":
                continue
            if field.type == "binary" or field.type.startswith("properties"):
                continue
            if text := self.tell_value(record, field, record[name]):
                row[name] = text
        return row

    def tell_value(self, record, field, value):
        if field.type in ("many2one", "many2many"):
            return ", ".join(sorted(self.call(each) for each in value))
        if field.type == "many2one_reference":
            model = record[field.model_field]
            return value and self.call(self.env[model].browse(value))
        if isinstance(value, date | datetime):
            made = (
                value
                if isinstance(value, datetime)
                else datetime(*value.timetuple()[:3])
            )
            return "today" if (datetime.now() - made).days < 1 else str(value)
        if field.type == "html":
            return LINK.sub(self.tell_link, value or "")
        return str(value) if value else ""

    def tell_link(self, match):
        return self.call(self.env[match[1]].browse(int(match[2])))

    def call(self, record):
        key = self.keys.get((record._name, record.id))
        return key or f"{record._name} {record.display_name}"


def find_differences(one, other):
    """Return a line for each value that is not the same."""
    lines = []
    for key in sorted(one.keys() | other.keys(), key=str):
        mine, theirs = one.get(key), other.get(key)
        if mine is None or theirs is None:
            lines.append(f"{key}: only {'there' if mine is None else 'here'}")
            continue
        lines += [
            f"{key}, {name}: {mine.get(name)} | {theirs.get(name)}"
            for name in sorted(mine.keys() | theirs.keys())
            if mine.get(name) != theirs.get(name)
        ]
    return lines
