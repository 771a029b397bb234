"""The contract of an auditor: one kind of wrong value, told from the payload alone."""


class Auditor:
    """Subclass, name the kind, and list it in ``AUDITORS``.

    An auditor knows nothing of what transform and load computed: it sees the payload,
    the lines of the mapping as declarations, and what stands in Odoo. It must be sure:
    each finding is a difference, and a verification with a difference fails.
    """

    code = None
    """Technical name of the kind; what ``crm.migration.difference.kind`` holds."""
    sentence = None
    """What is wrong, for people (lazily translated)."""
    models = ()
    """Odoo models it looks at; empty: every one."""

    def prepare(self, look, cases):
        """Fetch what it needs for all cases, at most a query or two."""

    def audit(self, case, part):
        """Yield (field, expected, found) of what is wrong with one Odoo record.

        :param part: a ``Part`` that the migration created, with ``record`` and ``given``
        """
        raise NotImplementedError

    def suspects(self, sight):
        """Return the SQL condition without which ``audit`` finds nothing in a record.

        It may be true of records that are in order: it only spares looking at most.

        :return: None where SQL cannot tell: then every record is looked at
        """
        return None

    def sees(self, part):
        return not self.models or part.record._name in self.models
