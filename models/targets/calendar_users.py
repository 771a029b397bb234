"""Who takes over a meeting attends it: Odoo's calendar shows people what they attend."""

import dataclasses

from odoo import models
from odoo.tools import SQL

from ..loading.reassign_lists import UserList

ATTENDING = "partner_ids"


class CrmMigrationTargetCalendarUsers(models.AbstractModel):
    """Attendees stand in two tables; what somebody answered goes with their place."""

    _name = "crm.migration.target.calendar.users"
    _description = "Migration: Users of Meetings"

    def _get_user_lists(self, model):
        field = model._fields[ATTENDING]
        attending = UserList(
            *(ATTENDING, field.relation, field.column1, field.column2),
            of_partners=True,
            keeps_absent=True,
            kind="along",
        )
        return {**super()._get_user_lists(model), ATTENDING: attending}

    def _find_in_model(self, job, model, places):
        super()._find_in_model(job, model, places)
        users = self._get_user_lists(model)[ATTENDING]
        targets = sorted({target for _s, _p, target in places})
        attending = [t for t in targets if t in ("user_id", "@partners")]
        self._find_in_list(job, model, users, attending)
        self.env.cr.execute("ANALYZE reassign_move")
        # Whose meeting stays with somebody else does not attend it.
        self.env.cr.execute(
            """
            DELETE FROM reassign_move AS along
             WHERE along.kind = 'along' AND along.res_model = %(model)s
               AND NOT EXISTS (
                   SELECT FROM reassign_move AS move
                    WHERE move.kind = 'column' AND move.res_model = %(model)s
                      AND move.res_id = along.res_id AND move.key = along.key
                      AND move.verdict = 'move')
               AND NOT EXISTS (
                   SELECT FROM reassign_naming AS naming
                    WHERE naming.res_model = %(model)s AND naming.res_id = along.res_id
                      AND naming.key = along.key AND naming.target = '@partners')
            """,
            {"model": model._name},
        )

    def _write_list(self, model, users, moves):
        super()._write_list(model, users, moves)
        if users.name == ATTENDING:
            attendees = dataclasses.replace(
                users, name="attendee_ids", table="calendar_attendee", record="event_id"
            )
            attendees = dataclasses.replace(attendees, member="partner_id")
            super()._write_list(model, attendees, moves)
            self._name_attendees(moves)

    def _add_members(self, model, users, moves):
        if users.name != "attendee_ids":
            return super()._add_members(model, users, moves)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO calendar_attendee (
                    event_id, partner_id, state, access_token,
                    create_uid, write_uid, create_date, write_date)
                SELECT m.res_id, m.new, 'accepted', replace(gen_random_uuid()::text, '-', ''),
                       %(uid)s, %(uid)s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                  FROM (%(moves)s) AS m
                 WHERE m.verdict = 'add' AND NOT EXISTS (
                       SELECT FROM calendar_attendee AS there
                        WHERE there.event_id = m.res_id AND there.partner_id = m.new)
                """,
                uid=self.env.uid,
                moves=moves,
            )
        )

    def _name_attendees(self, moves):
        """Work out the name of an attendee, as Odoo does (``_compute_common_name``, 19.0)."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE calendar_attendee AS attendee
                   SET common_name = COALESCE(NULLIF(partner.name, ''), partner.email)
                  FROM (%s) AS m, res_partner AS partner
                 WHERE attendee.event_id = m.res_id AND attendee.partner_id = m.new
                   AND partner.id = m.new AND m.verdict IN ('move', 'add')
                """,
                moves,
            )
        )
