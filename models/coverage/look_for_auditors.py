"""What only the auditors ask of Odoo and of all that is staged, each read when it is met."""

from odoo.tools import escape_psql

from .alike import fold


class LookForAuditors:
    """The part of a ``Look`` that tells wrong values from right ones."""

    def is_told(self, case, codes):
        """Tell whether a message says of a record what stood in the way, in any phase.

        Only where something is wrong already: it costs a query.
        """
        domain = [("record_id", "=", case.row["id"]), ("code", "=like", f"{codes}%")]
        domain.append(("solved_run_id", "=", False))
        return bool(self.env["crm.migration.message"].search_count(domain, limit=1))

    def currency_named(self, text):
        """Return the code of the currency that a text names, None for none."""
        if not hasattr(self.plan, "currencies"):
            self.plan.currencies = {}
            for currency in self.env["res.currency"].search([]):
                for word in (currency.name, currency.full_name, currency.symbol):
                    # "$" and "kr" are signs of many.
                    if word and (len(word) > 2 or word in "€£¥₹₽₺₫₪฿"):
                        self.plan.currencies.setdefault(fold(word), currency.name)
        return self.plan.currencies.get(fold(text))

    def groups(self, path, mark):
        """Tell whether the column shows that a mark groups digits: 1.250,00 beside 1.250."""
        decimal = "," if mark == "." else "."
        digits = rf"\d{{1,3}}(\{mark}\d{{3}})*\{decimal}\d{{1,2}}"
        return self.shows(path, rf"^[^0-9]*{digits}[^0-9]*$")

    def shows(self, path, pattern):
        """Tell whether any value of a column is written so."""
        key = (path, pattern)
        if key not in self.plan.marks:
            self.env.cr.execute(
                """
                SELECT EXISTS (
                    SELECT FROM crm_migration_record
                     WHERE stream_id = %s AND COALESCE(payload ->> %s,
                           payload #>> string_to_array(%s, '.')) ~ %s)
                """,
                [self.plan.stream_id, path, path, pattern],
            )
            self.plan.marks[key] = self.env.cr.fetchone()[0]
        return self.plan.marks[key]

    def ids_among(self, texts):
        """Return those of the texts that are ids of staged records, and not their names."""
        if not texts:
            return set()
        self.env.cr.execute(
            """
            SELECT source_id FROM crm_migration_record
             WHERE stream_id = ANY(%s) AND source_id = ANY(%s)
               AND lower(source_id) IS DISTINCT FROM lower(name)
            """,
            [list(self.streams.values()), list(texts)],
        )
        return {row[0] for row in self.env.cr.fetchall()}

    def blocked_among(self, addresses):
        """Return those of the addresses that the blacklist has, or has had."""
        if not addresses:
            return set()
        Blacklist = self.env["mail.blacklist"].with_context(active_test=False)
        found = Blacklist.search_fetch([("email", "in", list(addresses))], ["email"])
        return set(found.mapped("email"))

    def shared_names_of(self, names):
        """Return those of (stream, member, name) that several staged records bear."""
        return {
            (stream, member, name)
            for stream, member, name in names
            if name in self._shared_names(stream, member)
        }

    def _shared_names(self, stream, member):
        """Return the names that several records of an object bear, read once a batch.

        Asked for each stretch, all records would be read a thousand times.
        """
        if not hasattr(self.plan, "shared_names"):
            self.plan.shared_names = {}
        key = (stream, member)
        if key not in self.plan.shared_names:
            self.env.cr.execute(
                """
                SELECT name FROM (
                    SELECT lower(trim(COALESCE(payload ->> %(member)s,
                           payload #>> string_to_array(%(member)s, '.')))) AS name
                      FROM crm_migration_record WHERE stream_id = %(stream)s
                       -- What has vanished before it was loaded, no name can mean.
                       AND (state = 'skipped' AND problem = 'vanished') IS NOT TRUE
                      ) AS record
                 WHERE name IS NOT NULL GROUP BY name HAVING count(*) > 1
                """,
                {"member": member, "stream": self.streams.get(stream)},
            )
            self.plan.shared_names[key] = {row[0] for row in self.env.cr.fetchall()}
        return self.plan.shared_names[key]

    def facts_of(self, model, res_id):
        """Return folded facts by which a record can be told from one of the same name."""
        key = ("facts", model, res_id)
        if key not in self._names:
            record = self.env[model].browse(res_id)
            facts, links = set(), ("parent_id", "partner_id", "country_id")
            for name in (*links, "company_name", "email"):
                if name in record._fields and record[name]:
                    value = record[name]
                    facts.add(fold(getattr(value, "name", value) or ""))
            for name in ("phone", "city", "partner_name", "email_from", "login"):
                if name in record._fields and record[name]:
                    facts.add(fold(record[name]))
            self._names[key] = facts
        return self._names[key]

    def is_alone_without_company(self, res_id):
        """Tell whether of all contacts of this name only this one is in no company."""
        partner = self.env["res.partner"].browse(res_id)
        alike = partner.search([("name", "=ilike", escape_psql(partner.name or ""))])
        apart = alike.filtered(
            lambda each: not each.parent_id and not each.company_name
        )
        return apart == partner and not partner.is_company

    def is_common_state(self, state):
        """Tell whether the name or the code of a state is that of another one as well."""
        if not hasattr(self.plan, "states"):
            self.plan.states = {}
            for each in self.env["res.country.state"].search([]):
                for word in (each.name, each.code):
                    self.plan.states.setdefault(fold(word or ""), set()).add(each.id)
        words = (fold(state.name or ""), fold(state.code or ""))
        return any(len(self.plan.states.get(word, ())) > 1 for word in words)
