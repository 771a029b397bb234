"""Say beforehand which amounts can be converted, and which will not count."""

from odoo import models
from odoo.tools import formatLang

from ..staging.part_values import part_values
from ..staging.references import CURRENCIES, MAP
from ..words.messages import agreed

CODES = ("odoo.amounts", "odoo.currency_assumed")


class CrmMigrationJobPreflightAmounts(models.AbstractModel):
    """Per currency: how many amounts there are, what they add up to, and at which rate."""

    _name = "crm.migration.job.preflight.amounts"
    _description = "Migration: Job Preflight Amounts"

    def _get_checks(self):
        return [*super()._get_checks(), *self._check_all_amounts()]

    def _renew_amounts_check(self):
        """Look again, now that values are known; a reason that a person gave stays."""
        found = self.check_ids.filtered(lambda check: check.code in CODES)
        reasons = {check.code: check.accepted_reason for check in found}
        found.unlink()
        self.check_ids.create(
            [
                self._as_check(check, reasons.get(f"odoo.{check[0]}"))
                for check in self._check_all_amounts()
            ]
        )

    def _check_all_amounts(self):
        """Return the checks, none before anything with an amount has been read."""
        fetched = [
            (mapping, self._fetch_sums(mapping))
            for mapping in self.mapping_ids.filtered("selected")
        ]
        return [*self._check_amounts(fetched), *self._check_silent(fetched)]

    def _check_silent(self, fetched):
        """Tell of amounts that name no currency beside others that do.

        Who chose a currency for the migration has decided about them.
        """
        lines = []
        for mapping, rows in fetched if not self.currency_id else ():
            count = sum(count for key, _rated, count, _total in rows if not key)
            if count and count < sum(row[2] for row in rows):
                sentence = self.env._(
                    "%(stream)s: %(count)s [[count|amount|amounts]] without a currency, where others "
                    "name one. [[count|It is|They are]] taken as %(own)s.",
                    stream=mapping.stream_id.label or mapping.stream,
                    count=count,
                    own=self.company_id.currency_id.name,
                )
                lines.append(agreed(self.env, sentence, {"count": count}))
        if not lines:
            return []
        cure = self.env._(
            "If that is wrong, choose the currency in the options of the migration, or "
            "correct the amounts in the review."
        )
        return [("currency_assumed", "warning", "\n".join(lines), cure)]

    def _check_amounts(self, fetched):
        sums = self._sum_amounts(fetched)
        if not sums:
            return []
        lines, is_lossy = [], False
        for (currency, name, rated), (count, total) in sorted(
            sums.items(), key=lambda each: -each[1][0]
        ):
            lossy, sentence = self._format_rate(currency, rated)
            is_lossy |= lossy
            amount = (
                currency.format(total)
                if currency
                else f"{formatLang(self.env, total, digits=2)} {name}".strip()
            )
            lines.append(
                agreed(
                    self.env,
                    self.env._(
                        "%(currency)s: %(count)s [[count|amount|amounts]], %(total)s. %(rate)s",
                        currency=name,
                        count=count,
                        total=amount,
                        rate=sentence,
                    ),
                    {"count": count},
                )
            )
        level = "warning" if is_lossy else "passed"
        return [("amounts", level, "\n".join(lines))]

    def _format_rate(self, currency, rated):
        """Return whether amounts of a currency are left out, and what is done with them."""
        own = self.company_id.currency_id
        if not currency:
            return True, self.env._(
                "Nobody decided which currency this is: they will count as 0. Decide it "
                "in the value maps."
            )
        if currency == own:
            return False, self.env._("Taken as they are.")
        if rated:
            return False, self.env._("Converted at the rates of the source.")
        companies = (self.company_id.root_id, self.env["res.company"])
        if any(rate.company_id in companies for rate in currency.sudo().rate_ids):
            return False, self.env._("Converted at Odoo's rate of the day.")
        if currency.active:
            return True, self.env._(
                "Odoo has no exchange rate to %(own)s: they will count as 0. Enter the rates "
                "first.",
                own=own.name,
            )
        return True, self.env._(
            "This currency is not active in Odoo and has no rate to %(own)s: they will "
            "count as 0. Activate it and enter the rates first.",
            own=own.name,
        )

    # -- what was staged -------------------------------------------------------

    def _sum_amounts(self, fetched):
        """Return (currency, name, is it rated) → (count, sum) of all staged amounts."""
        found = {}
        known = self._get_currencies()
        for _mapping, rows in fetched:
            for key, rate_currency, count, total in rows:
                currency, name = self._get_currency(key, known)
                rated = rate_currency == self.company_id.currency_id.name
                before = found.get((currency, name, rated), (0, 0))
                both = (before[0] + count, before[1] + float(total))
                found[currency, name, rated] = both
        return found

    def _fetch_sums(self, mapping):
        names = self._get_amount_names(mapping)
        if not names:
            return []
        self.env.flush_all()
        self.env.cr.execute(
            f"""
            SELECT v -> '@currency', upper(trim(v ->> '@rate_currency')), count(*),
                   sum(amount.value::numeric)
              FROM crm_migration_record AS record
              CROSS JOIN LATERAL (
                   SELECT {part_values()} AS v) AS merged
              CROSS JOIN LATERAL jsonb_each_text(v) AS amount
             WHERE record.stream_id = %(stream)s AND record.state <> 'skipped'
               AND record.values -> %(part)s ->> '@mapping' = %(mapping)s
               AND amount.key = ANY(%(names)s)
               AND jsonb_typeof(v -> amount.key) = 'number'
               AND amount.value::numeric <> 0
             GROUP BY 1, 2
            """,
            {
                "part": mapping.part or "",
                "stream": mapping.stream_id.id,
                "mapping": str(mapping.id),
                "names": names,
            },
        )
        return self.env.cr.fetchall()

    def _get_amount_names(self, mapping):
        """Return the targets of a mapping that Odoo keeps in the company's currency."""
        if mapping.model_name not in self.env:
            return []
        loader = self.env["crm.migration.target"]
        fields = loader._amount_fields(self.env[mapping.model_name])
        return sorted(set(fields) & set(mapping.line_ids.mapped("target")))

    def _get_currencies(self):
        # All of a list that people read; pylint: disable-next=no-search-all
        currencies = self.env["res.currency"].with_context(active_test=False).search([])
        by_name = {currency.name: currency for currency in currencies}
        decided = {
            (row.list, row.key): row.target_ref or row.choice
            for row in self.value_map_ids
            if row.decision == "map" and row.model_name in ("res.currency", False)
        }
        return by_name, decided

    def _get_currency(self, key, known):
        """Return the currency, none where it is not known, and what to call it."""
        by_name, decided = known
        unknown = self.env["res.currency"]
        if not key:
            currency = self.currency_id or self.company_id.currency_id
            return currency, currency.name
        name, text = key[MAP][:2] if isinstance(key, dict) else (CURRENCIES, str(key))
        found = decided.get((name, text)) or text
        if not isinstance(found, str):
            return found, found.name
        currency = by_name.get(found.strip().upper(), unknown)
        if isinstance(key, dict) and (name, text) not in decided:
            currency = unknown
        return currency, currency.name or text
