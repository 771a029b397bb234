"""Which values of meetings SQL compares, and who is to attend them."""

import json
import re
from dataclasses import dataclass

from odoo import models
from odoo.tools import SQL

from ..loading.batch import OWNER, REF
from ..loading.verify_columns import DAY
from ..loading.verify_kinds import MISSING, OTHER, Kind

ANSWERS = {
    **dict.fromkeys(("accepted", "yes", "attended"), "accepted"),
    **dict.fromkeys(("declined", "no"), "declined"),
    **dict.fromkeys(("tentative", "maybe"), "tentative"),
}

UNANSWERED = "needsAction"

GUESTS = "g"
"""The letter of a list of contacts, each with what they answered at most."""

_ANSWER = "^[A-Za-z]*$"

COMPARED = 7
"""Values of an attendee: the answer, the name, the availability, and four of origin."""


@dataclass(frozen=True)
class Guests(Kind):
    """``@partners``: contacts, looked up in a join called ``guests``."""

    def get_flag(self, number, users):
        return self.get_flag_where(SQL("guests.is_plain"), GUESTS)

    def read_flag(self, batch, targets):
        if self.target not in targets:
            return MISSING
        entries = targets[self.target]
        is_plain = isinstance(entries, list) and all(map(self._is_guest, entries))
        return GUESTS if is_plain else OTHER

    def _is_guest(self, entry):
        if not isinstance(entry, dict) or entry.keys() - {REF, "state"}:
            return False
        key, state = entry.get(REF), entry.get("state")
        is_answer = state is None or (
            isinstance(state, str) and re.match(_ANSWER, state)
        )
        return isinstance(key, list) and len(key) == 2 and bool(is_answer)


class CrmMigrationTargetCalendarVerifySql(models.AbstractModel):
    """Who attends stands in two tables: all of their rows are compared at once."""

    _name = "crm.migration.target.calendar.verify.sql"
    _description = "Migration: Verify Meetings by SQL"

    _plain_targets = frozenset(
        {"name", "description", "location", "start", "stop", "user_id"}
    )
    _shaping_targets = frozenset({"start", "stop", "user_id"})
    _known_columns = {
        "start_date": "NOT record.allday AND record.start_date IS NULL",
        "stop_date": "NOT record.allday AND record.stop_date IS NULL",
        "duration": (
            "NOT record.allday AND abs(record.duration"
            " - EXTRACT(epoch FROM record.stop - record.start) / 3600) <= 0.00501"
        ),
        "res_model": (
            "record.res_model IS NOT DISTINCT FROM (SELECT known.model"
            " FROM ir_model AS known WHERE known.id = record.res_model_id)"
        ),
        "videocall_location": "record.videocall_location IS NULL",
    }

    def _list_kinds(self, batch):
        return (*super()._list_kinds(batch), Guests("@partners", None))

    def _list_found(self, kinds):
        return SQL(
            "%s guests.ids AS guest_ids, guests.answers AS guest_answers,"
            " guests.is_led AS is_led, ",
            super()._list_found(kinds),
        )

    def _join_found(self, job, kinds):
        """Add who is to attend: the contacts of the source, and whose meeting it is."""
        lineage = job._get_lineage().ids
        return SQL(
            """
            %(joins)s
              LEFT JOIN res_users AS leader
                ON leader.id = (owners.ids ->> (given.v -> 'user_id' ->> %(owner)s))::int
               AND leader.active
              LEFT JOIN LATERAL (
                   SELECT array_agg(guest.id ORDER BY guest.id) AS ids,
                          array_agg(guest.answer ORDER BY guest.id) AS answers,
                          jsonb_typeof(given.v -> '@partners') = 'array'
                          AND COALESCE(bool_and(guest.is_plain), TRUE)
                          AND count(*) = count(DISTINCT guest.id) AS is_plain,
                          leader.id IS NOT NULL AS is_led
                     FROM (%(guests)s
                            UNION ALL
                           SELECT leader.partner_id, 'accepted', TRUE
                            WHERE leader.id IS NOT NULL AND NOT EXISTS (
                                  SELECT FROM (%(guests)s) AS invited
                                   WHERE invited.id = leader.partner_id)
                          ) AS guest
                   ) AS guests ON TRUE
            """,
            joins=super()._join_found(job, kinds),
            owner=OWNER,
            guests=self._read_guests(lineage),
        )

    def _read_guests(self, lineage):
        """Return the query (id, answer, whether that is sure) of the contacts named."""
        return SQL(
            """
            SELECT map.res_id AS id,
                   COALESCE(%(answers)s::jsonb ->> lower(entry ->> 'state'),
                            %(unanswered)s) AS answer,
                   COALESCE(entry - ARRAY[%(ref)s, 'state'] = '{}'
                            AND jsonb_array_length(entry -> %(ref)s) = 2
                            AND jsonb_typeof(COALESCE(entry -> 'state', 'null'))
                                IN ('null', 'string')
                            AND COALESCE(entry ->> 'state', '') ~ %(answer)s
                            AND map.res_model = 'res.partner', FALSE) AS is_plain
              FROM (SELECT CASE WHEN jsonb_typeof(item) = 'object'
                                 AND jsonb_typeof(item -> %(ref)s) = 'array'
                                THEN item ELSE '{}' END AS entry
                      FROM jsonb_array_elements(
                           CASE WHEN jsonb_typeof(given.v -> '@partners') = 'array'
                                THEN given.v -> '@partners' END) AS item) AS named
              LEFT JOIN LATERAL (
                   SELECT found.res_id, found.res_model
                     FROM crm_migration_id_map AS found
                    WHERE found.job_id = ANY(%(lineage)s) AND found.part = ''
                      AND found.stream = entry -> %(ref)s ->> 0
                      AND found.source_id = entry -> %(ref)s ->> 1
                    -- What this migration knows itself counts most.
                    ORDER BY array_position(%(lineage)s, found.job_id) LIMIT 1
                   ) AS map ON TRUE
            """,
            answers=json.dumps(ANSWERS),
            unanswered=UNANSWERED,
            answer=_ANSWER,
            ref=REF,
            lineage=lineage,
        )

    def _tell_apart(self):
        """Whose user is active attends, so that there is one more value to compare."""
        return SQL("given.is_led")

    def _count_beside(self):
        return SQL("%s * COALESCE(cardinality(given.guest_ids), 0)", COMPARED)

    def _expect_beside(self, batch, shapes, item, more):
        """Return the conditions of who attends, and how; see ``_compare_attendees``."""
        flag = shapes.kinds[-1].read_flag(batch, item.targets)
        is_known = not item.threads and not item.targets.get("@addresses")
        compared = COMPARED * len(item.attendees)
        if flag == OTHER or not is_known or more.count("attendee_ids") != compared:
            return None
        field = batch.model._fields["partner_ids"]
        conditions = {
            "partner_ids": SQL(
                "ARRAY(SELECT %s FROM %s WHERE %s = record.id ORDER BY 1)"
                " = COALESCE(given.guest_ids, '{}')",
                SQL.identifier(field.column2),
                SQL.identifier(field.relation),
                SQL.identifier(field.column1),
            ),
            "attendee_ids": self._are_attendees(batch.job),
        }
        return conditions, [name for name in more if name != "attendee_ids"]

    def _are_attendees(self, job):
        """Return the condition that just they attend, and that nobody changed their row."""
        return SQL(
            """
            (SELECT COALESCE(array_agg(attendee.partner_id ORDER BY attendee.partner_id)
                             = given.guest_ids
                             AND array_agg(attendee.state::text
                                           ORDER BY attendee.partner_id)
                             = given.guest_answers
                             AND bool_and(COALESCE(
                                 attendee.common_name IN (person.name, person.email)
                                 AND attendee.availability IS NULL
                                 AND attendee.create_uid = %(uid)s
                                 AND attendee.write_uid = %(uid)s
                                 AND attendee.create_date
                                     BETWEEN %(earliest)s AND given.loaded_at
                                 AND attendee.write_date
                                     BETWEEN %(earliest)s AND given.loaded_at, FALSE)),
                             given.guest_ids IS NULL)
               FROM calendar_attendee AS attendee
               JOIN res_partner AS person ON person.id = attendee.partner_id
              WHERE attendee.event_id = record.id)
            """,
            uid=self.env.uid,
            earliest=job.create_date - DAY,
        )
