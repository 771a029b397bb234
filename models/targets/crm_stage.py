"""Stages, each in the teams that use it."""

from collections import Counter

from odoo import models
from odoo.fields import Command

from ...connectors.mapping.outcomes import outcome_of_stage
from ...connectors.mapping.vocabulary import MAP
from .lookup_list import fold_name

_MANY = 3
"""Deals from which on their outcome says what a stage is; of fewer its name alone."""
_STRAY = 0.1
"""Share of the deals won elsewhere that are slips."""
_PLACES = {"open": 0, None: 0, "won": 1, "lost": 2}


class CrmMigrationTargetCrmStage(models.AbstractModel):
    """A stage of the same name is used if the team may use it, else a new one is made."""

    _name = "crm.migration.target.crm.stage"
    _description = "Migration Target: Stages"
    _inherit = ["crm.migration.target.lookup.list"]
    _model = "crm.stage"

    def _find_entries(self, known, key, archived=False):
        """A stage for all teams, which stands under no team, serves the team as well."""
        own = super()._find_entries(known, key, archived)
        return own or super()._find_entries(known, (key[0], False), archived)

    def _entry_key(self, vals):
        ids = [
            res_id for command in vals.get("team_ids") or [] for res_id in command[2]
        ]
        return (fold_name(vals.get("name")), ids[0] if ids else False)

    def _record_keys(self, record):
        name = fold_name(record.name)
        return [(name, team_id) for team_id in record.team_ids.ids or [False]]

    def _label_scope(self, job):
        return {"team_ids": [Command.set(job.team_id.ids)]}

    # -- order ---------------------------------------------------------------------

    def _rank_rows(self, job, rows):
        """Order stages by probability, then by first use; the won one is marked.

        Won is a stage that is called so, or in which many deals were won and no other is;
        where deals are won in whatever stage they were, only its name tells.
        """
        for name, values in rows.grouped("list").items():
            new = values.filtered(lambda row: not row.sequence)
            if not new:
                continue
            figures, outcomes = self._get_use(job, name)
            outcomes = self._keep_telling(outcomes)
            for row in new:
                row.is_won = self._get_outcome(row, outcomes) == "won"
            nothing = (None, 0)
            ordered = sorted(
                new,
                key=lambda row: (
                    _PLACES[self._get_outcome(row, outcomes)],
                    figures.get(row.key, nothing)[0] is None,
                    figures.get(row.key, nothing)[0] or 0,
                    figures.get(row.key, nothing)[1],
                ),
            )
            last = max(values.mapped("sequence"), default=0)
            for number, row in enumerate(ordered, last + 1):
                row.sequence = number

    def _get_outcome(self, row, outcomes):
        seen = outcomes.get(row.key, Counter())
        if seen["open"] and seen["open"] >= seen["won"]:
            # Whatever it is called: in a won stage they could not be open.
            return "open"
        ended = {each for each in seen if each in ("won", "lost")}
        if len(ended) == 1 and not seen["untold"] and sum(seen.values()) >= _MANY:
            return ended.pop()
        return outcome_of_stage(row.label or row.key)

    def _keep_telling(self, outcomes):
        """Return the outcomes of stages of which the outcome of their deals says more.

        Many systems leave a deal in the stage in which it was won or lost: of such the
        stages say nothing.
        """
        ends = {key: {e for e in seen if seen[e]} for key, seen in outcomes.items()}
        for end in ("won", "lost"):
            mixed = sum(s[end] for key, s in outcomes.items() if ends[key] != {end})
            if mixed > _STRAY * sum(seen[end] for seen in outcomes.values()):
                outcomes = {
                    key: Counter() if ends[key] == {end} else seen
                    for key, seen in outcomes.items()
                }
        return outcomes

    def _get_use(self, job, name):
        """Return key → (probability, first use), and key → outcomes of its deals."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT deal.value #>> '{stage_id,$map,1}', deal.value -> '@state',
                   avg(CASE WHEN jsonb_typeof(deal.value -> 'probability') = 'number'
                            THEN (deal.value ->> 'probability')::numeric END),
                   count(deal.value ->> 'probability'), min(record.id), count(*)
              FROM crm_migration_record AS record,
                   jsonb_each(record.values) AS deal
             WHERE record.job_id = %s
               AND jsonb_typeof(record.values) = 'object'
               AND deal.value #>> '{stage_id,$map,0}' = %s
             GROUP BY 1, 2
            """,
            [job.id, name],
        )
        rows = self.env.cr.fetchall()
        keys = [tuple(state[MAP]) for _k, state, *_r in rows if isinstance(state, dict)]
        decided = self.env["crm.migration.value.map"]._resolve(job, keys)
        figures, outcomes = {}, {}
        for key, state, probability, told, first, count in rows:
            if isinstance(state, dict):
                state = decided.get(tuple(state[MAP]))
            outcomes.setdefault(key, Counter())[state or "untold"] += count
            total, number, least = figures.get(key, (0, 0, first))
            total += float(probability or 0) * told
            figures[key] = (total, number + told, min(least, first))
        return {
            key: (total / number if number else None, first)
            for key, (total, number, first) in figures.items()
        }, outcomes

    def _arrange(self, job, rows):
        """Put new stages behind those that are there, the won ones behind all others."""
        quiet = self._without_side_effects(job)
        stages = quiet.env["crm.stage"]
        own = rows.filtered("is_created").sorted("sequence")
        created = {row: stages.browse(row.target_ref.id) for row in own}
        others = stages.search([("id", "not in", [s.id for s in created.values()])])
        open_ones = others.filtered(lambda stage: not stage.is_won)
        place = max(open_ones.mapped("sequence"), default=0)
        for row in sorted(own, key=lambda row: row.is_won):
            if row.is_won:
                place = max([place, *others.mapped("sequence")])
            place += 1
            created[row].write({"sequence": place, "is_won": row.is_won})
