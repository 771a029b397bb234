"""What a contact or a lead is recognized by, read out of the source and out of Odoo."""

from odoo import models
from odoo.tools import SQL

from ..duplicates import folding
from ..duplicates.rules import COMPANY, LEAD, PERSON
from ..staging.part_values import part_values

COLUMNS = {
    "id": "integer",
    "is_odoo": "boolean",
    "is_lead": "boolean",
    "kind": "smallint",
    "stream": "varchar",
    "plain": "varchar",
    "joined": "varchar",
    "words": "varchar[]",
    "given": "varchar",
    "family": "varchar",
    "generation": "varchar",
    "digits": "varchar",
    "legal_form": "varchar",
    "email": "varchar",
    "is_mailbox": "boolean",
    "domain": "varchar",
    "vat": "varchar",
    "phone": "varchar",
    "zip": "varchar",
    "city": "varchar",
    "number": "varchar",
    "street": "varchar",
    "employer": "varchar",
    "contact": "varchar",
    "amount": "numeric",
}
"""Of the table of keys. ``plain`` is the name without blanks, ``joined`` with them."""

GENERATIONS = {"j": "jr|jun|junior|ii|iii|iv", "s": "sr|sen|senior"}
"""Signs behind a name that tell a son from his father."""


class CrmMigrationPhaseMatchKeys(models.AbstractModel):
    """Each query gives rows of the same shape; one more makes keys of them."""

    _name = "crm.migration.phase.match.keys"
    _description = "Migration Phase: Match, Keys"

    def _read_staged(self, job, bounds):
        """Return the query of contacts to be, and of leads that are not over."""
        return SQL(
            """
            SELECT record.id, FALSE AS is_odoo, mapping.model_name = 'crm.lead' AS is_lead,
                   record.stream, %(is_company)s AS is_company, v ->> 'name' AS name,
                   %(email)s AS email, NULL AS sanitized, v ->> 'phone' AS phone,
                   v ->> 'website' AS website, v ->> 'vat' AS vat, v ->> 'zip' AS zip,
                   v ->> 'city' AS city, concat_ws(' ', v ->> 'street', v ->> 'street2')
                       AS street,
                   COALESCE(v ->> 'parent_id', v ->> 'partner_name') AS employer,
                   v ->> 'parent_id' IS NULL AS is_alone,
                   v ->> 'contact_name' AS contact,
                   CASE WHEN v ->> 'expected_revenue' ~ '^[0-9]{1,15}(\\.[0-9]+)?$'
                        THEN (v ->> 'expected_revenue')::numeric END AS amount
              FROM crm_migration_record AS record
              JOIN crm_migration_mapping AS mapping
                ON mapping.stream_id = record.stream_id AND mapping.part = ''
               AND mapping.model_name IN ('res.partner', 'crm.lead')
               -- A record of several mappings is what the one says that took it.
               AND mapping.id = COALESCE(
                       (record.values -> '' ->> '@mapping')::integer, mapping.id),
                   -- Else they would be put together anew for each value.
                   LATERAL (SELECT %(values)s AS v OFFSET 0) AS merged
             WHERE record.job_id = %(job)s AND record.state = 'ready'
               AND record.id > %(after)s AND record.id <= %(last)s
               AND (mapping.model_name = 'res.partner'
                    OR v ->> '@closed_at' IS NULL AND v ->> 'date_closed' IS NULL
                   AND lower(COALESCE(v ->> 'active', 'true')) NOT IN ('false', '0'))
               -- What Odoo has is asked about new records only.
               AND NOT EXISTS (
                   SELECT FROM crm_migration_id_map AS map
                    WHERE map.job_id = ANY(%(lineage)s) AND map.stream = record.stream
                      AND map.source_id = record.source_id AND map.part = '')
            """,
            job=job.id,
            is_company=SQL(
                "(lower(COALESCE(v ->> 'is_company', '')) IN ('true', '1')"
                " OR COALESCE(v ->> 'company_type', '') = 'company')"
            ),
            email=folding.email(SQL("COALESCE(v ->> 'email', v ->> 'email_from')")),
            values=SQL(part_values(part="''")),
            lineage=job._get_lineage().ids,
            **bounds,
        )

    def _read_partners(self, job, bounds):
        return SQL(
            """
            SELECT partner.id, TRUE AS is_odoo, FALSE AS is_lead, NULL AS stream,
                   partner.is_company IS TRUE AS is_company, partner.name,
                   COALESCE(partner.email_normalized, %(email)s) AS email,
                   partner.phone_sanitized AS sanitized, partner.phone, partner.website,
                   partner.vat, partner.zip, partner.city,
                   concat_ws(' ', partner.street, partner.street2) AS street,
                   NULL AS employer, partner.parent_id IS NULL AS is_alone,
                   NULL AS contact, NULL::numeric AS amount
              FROM res_partner AS partner
             WHERE partner.active AND partner.id > %(after)s AND partner.id <= %(last)s
               AND (partner.company_id IS NULL OR partner.company_id = ANY(%(companies)s))
            """,
            email=folding.email(SQL("partner.email")),
            companies=job.company_id.parent_ids.ids,
            **bounds,
        )

    def _read_leads(self, job, bounds):
        """Return the query of the leads that are open: nothing is merged into the past."""
        return SQL(
            """
            SELECT lead.id, TRUE AS is_odoo, TRUE AS is_lead, NULL AS stream,
                   FALSE AS is_company, lead.name,
                   COALESCE(lead.email_normalized, %(email)s) AS email,
                   lead.phone_sanitized AS sanitized, lead.phone, lead.website,
                   NULL AS vat, lead.zip, lead.city,
                   concat_ws(' ', lead.street, lead.street2) AS street,
                   lead.partner_name AS employer, TRUE AS is_alone,
                   lead.contact_name AS contact, lead.expected_revenue AS amount
              FROM crm_lead AS lead
              LEFT JOIN crm_stage AS stage ON stage.id = lead.stage_id
             WHERE lead.active AND stage.is_won IS NOT TRUE
               AND lead.id > %(after)s AND lead.id <= %(last)s
               AND (lead.company_id IS NULL OR lead.company_id = ANY(%(companies)s))
            """,
            email=folding.email(SQL("lead.email_from")),
            companies=job.company_id.parent_ids.ids,
            **bounds,
        )

    def _make_keys(self, job, rows):
        """Return the query of keys, in the order of ``COLUMNS``, of rows that were read."""
        code = str((job.country_id or job.company_id.country_id).phone_code or "")
        signs = SQL("%s", f" ({'|'.join(GENERATIONS.values())})$")
        return SQL(
            """
            SELECT id, is_odoo, is_lead, kind, stream, NULLIF(%(plain)s, ''),
                   array_to_string(words, ' '), words, %(given)s,
                   CASE WHEN kind = %(person)s THEN words[cardinality(words)] END,
                   generation, NULLIF(regexp_replace(folded, '[^0-9]+', '', 'g'), ''),
                   CASE WHEN kind = %(company)s THEN %(legal_form)s END,
                   email, %(is_mailbox)s,
                   CASE WHEN kind <> %(lead)s THEN %(domain)s END,
                   CASE WHEN kind = %(company)s OR is_alone THEN %(vat)s END,
                   %(phone)s,
                   NULLIF(upper(regexp_replace(zip, '[^[:alnum:]]+', '', 'g')), ''),
                   NULLIF(%(city)s, ''), substring(street from '[0-9]+'),
                   NULLIF(regexp_replace(%(street)s, '[0-9 ]+|strass?e?\\M|str\\M', '', 'g'),
                          ''),
                   NULLIF(CASE WHEN kind = %(lead)s THEN %(employer)s ELSE employer END, ''),
                   NULLIF(%(contact)s, ''), NULLIF(amount, 0)
              FROM (SELECT one.*,
                           CASE WHEN kind = %(lead)s THEN string_to_array(folded, ' ')
                                ELSE %(words)s END AS words
                      FROM (SELECT named.*, generation,
                                   CASE WHEN generation IS NULL THEN whole
                                        ELSE regexp_replace(whole, %(signs)s, '') END
                                   AS folded
                              FROM (SELECT read.*, %(folded)s AS whole FROM (
                                       SELECT bare.*, %(dialed)s AS dialed,
                                              CASE WHEN is_lead THEN %(lead)s
                                                   WHEN is_company THEN %(company)s
                                                   ELSE %(person)s END AS kind
                                         FROM (%(rows)s) AS bare OFFSET 0) AS read
                                    OFFSET 0) AS named,
                                   LATERAL (SELECT %(generation)s AS generation
                                            OFFSET 0) AS sign
                            OFFSET 0) AS one
                    OFFSET 0) AS two
            """,
            rows=rows,
            person=PERSON,
            company=COMPANY,
            lead=LEAD,
            signs=signs,
            plain=SQL(
                "array_to_string(CASE WHEN kind = %s THEN ARRAY(SELECT unnest(words)"
                " ORDER BY 1) ELSE words END, '')",
                PERSON,
            ),
            given=SQL(
                "CASE WHEN kind = %s THEN %s END",
                PERSON,
                folding.call_in_full(SQL("words[1]")),
            ),
            folded=folding.fold(
                SQL(
                    "CASE WHEN kind = %s THEN %s ELSE name END",
                    PERSON,
                    folding.write_forwards(SQL("name")),
                )
            ),
            generation=SQL(
                "CASE WHEN kind = %s AND whole ~ '^[^ ]+ [^ ]+ '"
                " THEN CASE WHEN whole ~ %s THEN 'j' WHEN whole ~ %s THEN 's' END END",
                PERSON,
                f" ({GENERATIONS['j']})$",
                f" ({GENERATIONS['s']})$",
            ),
            words=folding.get_words(SQL("folded"), SQL("kind = %s", COMPANY)),
            legal_form=folding.get_legal_form(SQL("folded")),
            is_mailbox=folding.is_mailbox(SQL("email")),
            domain=folding.domain(SQL("website"), SQL("email")),
            vat=folding.vat(SQL("vat")),
            # What Odoo could not sanitize stands there as it was written.
            dialed=folding.dial(SQL("COALESCE(sanitized, phone)")),
            phone=folding.significant(SQL("dialed"), code),
            city=folding.fold(SQL("city")),
            street=folding.fold(SQL("street")),
            employer=folding.fold(SQL("employer")),
            contact=folding.fold(SQL("contact")),
        )
