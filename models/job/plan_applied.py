"""What a plan has decided so far: what was changed since is a person's decision.

A plan is applied whenever something new may have come to light, and decides about that.
"""

import hashlib
import json

DECIDED = {
    "crm.migration.stream": ("selected", "filter_domain"),
    "crm.migration.mapping": ("selected",),
    "crm.migration.mapping.line": (
        *("source_paths", "target", "steps", "state", "ignore_reason"),
        *("custom_label", "custom_options", "custom_relation"),
    ),
    "crm.migration.value.map": (
        *("decision", "target_ref", "choice", "sequence", "is_won"),
    ),
    "crm.migration.owner": ("decision", "user_id"),
}
"""What a plan says of a record, and a person may change."""


class Applied:
    """Remembers how the plan of a job left each record, by its digest."""

    def __init__(self, job):
        self.job, self.left = job, dict(job.plan_applied or {})

    def get_free(self, records):
        """Return those about which the plan decides: nobody has changed them since."""
        return records.filtered(self._is_free)

    def keep(self, *all_records):
        """Remember how the plan leaves these."""
        for records in all_records:
            for record in records:
                self.left[_name(record)] = [_describe(record), _get_proposed(record)]
        if self.left != (self.job.plan_applied or {}):
            self.job.plan_applied = self.left

    def _is_free(self, record):
        left = self.left.get(_name(record))
        if not left or left[0] == _describe(record):
            return True
        # What nobody decided about was proposed anew: the plan has not seen that.
        proposed = _get_proposed(record)
        return bool(proposed) and proposed != left[1] and not record._is_decided()


def _name(record):
    return f"{record._name},{record.id}"


def _describe(record):
    return _digest([record[name] or False for name in DECIDED[record._name]])


def _get_proposed(record):
    """Return the digest of what was proposed for a line; nothing is for other records."""
    proposed = "proposed" in record._fields and record.proposed
    return _digest(proposed) if proposed else False


def _digest(value):
    text = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
