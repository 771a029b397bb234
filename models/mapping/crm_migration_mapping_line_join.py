"""Several fields that become one, and one field that becomes several."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .conversions import Conversion
from .field_kinds import in_order

_AS_TEXT = ("char", "text", "html")


class CrmMigrationMappingLineJoin(models.AbstractModel):
    """Joined fields are one line, of which the others are parts; parts are lines each."""

    _name = "crm.migration.mapping.line.join"
    _description = "Migration: Mapping Line Join"

    joined_line_id = fields.Many2one(
        "crm.migration.mapping.line",
        string="Joined Into",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    joined_line_ids = fields.One2many(
        "crm.migration.mapping.line", "joined_line_id", string="Joined Fields"
    )
    split_line_id = fields.Many2one(
        "crm.migration.mapping.line",
        string="Part Of",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    split_line_ids = fields.One2many(
        "crm.migration.mapping.line", "split_line_id", string="Further Parts"
    )
    is_several = fields.Boolean(compute="_compute_is_part")
    is_part = fields.Boolean(compute="_compute_is_part")
    own_source = fields.Json(readonly=True, help="What the line was before.")

    @api.depends(
        *("source_paths", "joined_line_id", "joined_line_ids"),
        *("split_line_id", "split_line_ids"),
    )
    def _compute_is_part(self):
        for line in self:
            joined = line.joined_line_id | line.joined_line_ids
            line.is_several = len(line._get_paths()) > 1
            line.is_part = bool(joined | line.split_line_id | line.split_line_ids)

    def _join(self, target, separator, first_filled=False):
        """Make one line of several, in their order; the first of them stays.

        :param first_filled: take the first that is filled, instead of putting them together
        :raises UserError: they are not of one mapping, or the target takes no text
        """
        line, others = self[0], self[1:]
        if not others or len(self.mapping_id) != 1:
            raise UserError(
                self.env._("Choose two or more fields of one object to join them.")
            )
        if joined := self.filtered("joined_line_id")[:1]:
            raise UserError(
                self.env._(
                    "“%(field)s” is joined with others already. Separate them first.",
                    field=joined.display_name,
                )
            )
        steps = line._get_steps_of_joined(target, separator, first_filled)
        self._take_together()
        line.write(
            {
                "target": target,
                "steps": steps,
                "state": "accepted",
                "confidence": 100,
                "reason": self.env._("Joined by %(name)s.", name=self.env.user.name),
                "ignore_reason": False,
                "custom_field": False,
            }
        )
        line._refuse_second()
        return line

    def _take_together(self):
        """Make the first line that of all their fields; the others are parts of it."""
        line, others = self[0], self[1:]
        paths = list(dict.fromkeys(path for each in self for path in each._get_paths()))
        label = " + ".join(each.source_label or each.source or "" for each in self)
        kept = {name: line[name] for name in ("source", "source_paths", "source_label")}
        others.write(
            {
                "target": False,
                "state": "ignored",
                "joined_line_id": line.id,
                "ignore_reason": self.env._("Joined: %(label)s.", label=label),
            }
        )
        line.write(
            {
                "own_source": line.own_source or kept,
                "source": ", ".join(paths),
                "source_paths": paths,
                "source_label": label,
            }
        )

    def _find_planned(self, paths, steps):
        """Return the line of a plan that these lines have no other for: joined, or a part.

        :return: an empty recordset where a field of it is not here
        """
        by_path = {}
        for line in self:
            if len(line._get_paths()) == 1 and not line.split_line_id:
                by_path.setdefault(line._get_paths()[0], line)
        found = self.browse([by_path[p].id for p in paths if p in by_path])
        if not paths or len(found) < len(paths):
            return self.browse()
        if len(paths) > 1:
            found._take_together()
            return found[0]
        number = steps[0][2] if steps and steps[0][0] == "part" else 1
        if number == 1:
            return found
        known = found.split_line_ids.filtered(
            lambda line: line.steps and line.steps[0][:3] == steps[0][:3]
        )
        return known or self.create(found._copy_for_part())

    def _copy_for_part(self):
        """Return the values of a line for a further part of this one's field."""
        same = ("source", "source_paths", "source_label", "source_kind", "samples")
        figures = ("fill_count", "record_count", "distinct_count")
        place = ("sequence", "position")
        copied = {name: self[name] for name in (*same, *figures, *place)}
        return {**copied, "mapping_id": self.mapping_id.id, "split_line_id": self.id}

    def _get_steps_of_joined(self, target, separator, first_filled):
        conversion = Conversion(self, target)
        if first_filled:
            steps = conversion.for_one()
            return [["coalesce"], *steps]
        if target != "@note" and conversion.type not in _AS_TEXT:
            raise UserError(
                self.env._(
                    "“%(target)s” takes no text that is put together. Take the first "
                    "field that is filled instead.",
                    target=conversion.get_label(),
                )
            )
        html = [["html"]] if target == "@note" or conversion.type == "html" else []
        return [["join", separator], *html]

    def _split(self, separator, targets, from_end=False):
        """Make several lines of one, a target for each part; the last keeps the rest.

        :param from_end: the first keeps the rest
        :raises UserError: nothing to divide at, or fewer than two targets
        """
        self.ensure_one()
        if not separator or len(targets) < 2:
            raise UserError(
                self.env._("Say what divides the parts, and what two of them become.")
            )
        if len(self._get_paths()) != 1:
            raise UserError(self.env._("Only a single field can be split."))
        if len(set(targets)) < len(targets):
            raise UserError(
                self.env._(
                    "Each part needs a target of its own: only one would arrive."
                )
            )
        self.split_line_ids.unlink()
        lines = self
        for number, target in enumerate(targets, 1):
            part = ["part", separator, number, len(targets), from_end]
            vals = {
                "target": target,
                "steps": [part, *Conversion(self, target).for_one()],
                "state": "accepted",
                "confidence": 100,
                "reason": self.env._("Split by %(name)s.", name=self.env.user.name),
                "ignore_reason": False,
                "custom_field": False,
            }
            if number == 1:
                self.write(vals)
                continue
            lines += self.create({**self._copy_for_part(), **vals})
        lines._refuse_second()
        return lines

    def action_separate(self):
        """Make the fields what they were before they were joined or split."""
        for line in self._as_reviewer():
            line = line.joined_line_id or line.split_line_id or line
            line.split_line_ids.unlink()
            if not line.joined_line_ids and not line.own_source:
                line._take_apart()
            line.joined_line_ids.write(
                {"state": "open", "ignore_reason": False, "joined_line_id": False}
            )
            line.write(
                {
                    **(line.own_source or {}),
                    "own_source": False,
                    "target": False,
                    "steps": False,
                    "state": "open",
                    "confidence": 0,
                    "reason": False,
                }
            )
        return True

    def _take_apart(self):
        """Give each field that was proposed together with others a line of its own."""
        first, *others = self._get_paths() or [None]
        sample = self.mapping_id.stream_id.sample or {}
        if not others:
            return
        places = {path: place for place, (path, _f) in enumerate(in_order(sample))}
        for path in dict.fromkeys((first, *others)):
            figures = sample.get(path) or {}
            vals = {
                "source": path,
                "source_paths": path,
                "source_label": figures.get("label") or path,
                "position": places.get(path, self.position),
                "source_kind": figures.get("kind"),
                "samples": figures.get("samples"),
                "record_count": figures.get("records") or 0,
                "fill_count": figures.get("filled") or 0,
                "distinct_count": figures.get("distinct") or 0,
            }
            if path == first:
                self.write({**vals, "proposed": False})
                continue
            more = {"mapping_id": self.mapping_id.id, "sequence": self.sequence}
            self.create({**vals, **more})

    def action_join(self):
        """Ask what the chosen fields become together."""
        return self._open_dialog(
            self.env._("Join Fields"),
            "crm.migration.mapping.join",
            default_line_ids=self.ids,
        )

    def action_split(self):
        """Ask what the parts of a field become.

        :raises UserError: several fields were chosen, or one that is several itself
        """
        if len(self) != 1 or len(self._get_paths()) != 1:
            raise UserError(self.env._("Only a single field can be split."))
        return self._open_dialog(
            self.env._("Split Field"),
            "crm.migration.mapping.split",
            default_line_id=self.id,
        )
