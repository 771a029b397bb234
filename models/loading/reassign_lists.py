"""Lists of users and followers: who goes gives their place to who comes."""

from dataclasses import dataclass

from odoo import models
from odoo.tools import SQL

from .followers import FOLLOWERS


@dataclass(frozen=True)
class UserList:
    """The rows of a table that say who is on the list of a record."""

    name: str
    table: str
    record: str
    """Column of the record."""
    member: str
    """Column of the member."""
    of_partners: bool = False
    model: str = ""
    """Where rows of several models stand in one table, that of the record."""
    keeps_absent: bool = False
    """Whoever could not be on the list comes all the same: placeholders follow nothing."""
    kind: str = "list"
    """``along``: it follows from another field, and is no reference of its own."""

    @property
    def condition(self):
        return SQL("rel.res_model = %s", self.model) if self.model else SQL("TRUE")


class CrmMigrationLoadingReassignLists(models.AbstractModel):
    _name = "crm.migration.loading.reassign.lists"
    _description = "Migration: Loading Reassign Lists"

    def _get_user_list(self, model, field):
        """Return the list behind a field of several users, or the followers."""
        if field.name == FOLLOWERS:
            return UserList(
                *(FOLLOWERS, "mail_followers", "res_id", "partner_id"),
                of_partners=True,
                model=model._name,
                keeps_absent=True,
            )
        return UserList(field.name, field.relation, field.column1, field.column2)

    def _get_user_lists(self, model):
        """Return name → list of all that a reassignment may have changed."""
        fields = [
            field
            for field in model._fields.values()
            if field.type == "many2many"
            and (field.name == FOLLOWERS or field.comodel_name == "res.users")
            and (field.name == FOLLOWERS or field.store)
        ]
        return {field.name: self._get_user_list(model, field) for field in fields}

    def _find_in_list(self, job, model, users, targets):
        """Say what becomes of each who is to be on a list.

        ``move`` gives the place away, ``drop`` leaves it to who is there, ``add`` comes
        where nobody goes.
        """
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO reassign_move
                WITH given AS MATERIALIZED (
                    SELECT DISTINCT naming.res_id, pair.key, %(old)s AS old, %(new)s AS new,
                           naming.is_own, pair.new AS new_user, pair.old AS old_user,
                           old_user.active AS was_active, new_user.active AS is_active
                      FROM reassign_naming AS naming
                      JOIN reassign_pair AS pair ON pair.key = naming.key
                      LEFT JOIN res_users AS old_user ON old_user.id = pair.old
                      LEFT JOIN res_users AS new_user ON new_user.id = pair.new
                     WHERE naming.res_model = %(model)s AND naming.target = ANY(%(targets)s)
                ), seen AS (
                    SELECT given.*, pair.has_old, pair.has_new, %(outside)s AS is_outside,
                           (given.res_id, given.old) IN (
                               SELECT other.res_id, other.new FROM given AS other
                                WHERE other.new IS NOT NULL) IS TRUE AS comes_back,
                           row_number() OVER (PARTITION BY given.res_id, given.new
                                              ORDER BY NOT has_old, given.key) AS place
                      FROM given
                      JOIN %(model_table)s AS record ON record.id = given.res_id
                     CROSS JOIN LATERAL (
                           SELECT given.new_user AS new,
                                  EXISTS (SELECT FROM %(table)s AS rel
                                           WHERE rel.%(record)s = given.res_id
                                             AND rel.%(member)s = given.old
                                             AND %(condition)s) AS has_old,
                                  EXISTS (SELECT FROM %(table)s AS rel
                                           WHERE rel.%(record)s = given.res_id
                                             AND rel.%(member)s = given.new
                                             AND %(condition)s) AS has_new) AS pair
                )
                SELECT %(model)s, %(field)s, %(kind)s, res_id, key, old, new,
                       CASE WHEN NOT is_own THEN 'foreign'
                            WHEN old IS NOT DISTINCT FROM new THEN 'already'
                            WHEN is_outside AND NOT has_new THEN 'company'
                            WHEN %(absent)s AND NOT is_active AND NOT has_old THEN 'already'
                            WHEN has_old AND NOT comes_back
                            THEN CASE WHEN has_new OR place > 1 OR (%(absent)s AND NOT is_active)
                                      THEN 'drop' ELSE 'move' END
                            WHEN has_new OR place > 1 THEN 'already'
                            WHEN has_old OR old_user IS NULL OR (%(absent)s AND NOT was_active)
                            THEN 'add'
                            ELSE 'changed' END
                  FROM seen
                """,
                model=model._name,
                field=users.name,
                kind=users.kind,
                old=self._get_member(users, SQL("old_user"), SQL("pair.old")),
                new=self._get_member(users, SQL("new_user"), SQL("pair.new")),
                targets=targets,
                table=SQL.identifier(users.table),
                model_table=SQL.identifier(model._table),
                record=SQL.identifier(users.record),
                member=SQL.identifier(users.member),
                condition=users.condition,
                outside=self._is_outside(model),
                absent=users.keeps_absent,
            )
        )

    def _get_member(self, users, user, user_id):
        return SQL("%s.partner_id", user) if users.of_partners else user_id

    # -- there and back --------------------------------------------------------

    def _write_list(self, model, users, moves):
        """Write what becomes of the members of a list.

        :param moves: SQL of a query with ``res_id``, ``old``, ``new`` and ``verdict``
        """
        names = {
            "table": SQL.identifier(users.table),
            "record": SQL.identifier(users.record),
            "member": SQL.identifier(users.member),
            "condition": users.condition,
            "moves": moves,
        }
        same = SQL(
            "rel.%(record)s = m.res_id AND rel.%(member)s = m.old AND %(condition)s",
            **names,
        )
        self.env.cr.execute(
            SQL(
                "DELETE FROM %(table)s AS rel USING (%(moves)s) AS m"
                " WHERE m.verdict = 'drop' AND %(same)s",
                **names,
                same=same,
            )
        )
        self.env.cr.execute(
            SQL(
                "UPDATE %(table)s AS rel SET %(member)s = m.new FROM (%(moves)s) AS m"
                " WHERE m.verdict = 'move' AND %(same)s",
                **names,
                same=same,
            )
        )
        self._add_members(model, users, moves)

    def _add_members(self, model, users, moves):
        extra = SQL(", res_model") if users.model else SQL("")
        value = SQL(", %s", users.model) if users.model else SQL("")
        self.env.cr.execute(
            SQL(
                "INSERT INTO %(table)s (%(record)s, %(member)s%(extra)s)"
                " SELECT m.res_id, m.new%(value)s FROM (%(moves)s) AS m"
                " WHERE m.verdict = 'add' ON CONFLICT DO NOTHING RETURNING %(given)s",
                table=SQL.identifier(users.table),
                record=SQL.identifier(users.record),
                member=SQL.identifier(users.member),
                extra=extra,
                value=value,
                moves=moves,
                given=SQL("id") if users.model else SQL.identifier(users.record),
            )
        )
        if users.name == FOLLOWERS and (ids := [i for (i,) in self.env.cr.fetchall()]):
            self._follow_as_usual(model, ids)

    def _follow_as_usual(self, model, ids):
        """Let new followers hear of what everybody hears of by default."""
        self.env.cr.execute(
            """
            INSERT INTO mail_followers_mail_message_subtype_rel
            SELECT follower, subtype.id
              FROM unnest(%s) AS follower, mail_message_subtype AS subtype
             WHERE subtype.default
               AND (subtype.res_model IS NULL OR subtype.res_model = %s)
            ON CONFLICT DO NOTHING
            """,
            [ids, model._name],
        )
