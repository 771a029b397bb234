"""What a person makes of a field: any field of Odoo, and any place that a loader knows."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..words.mapping import PLACES
from .conversions import NOT_PROPOSED, Conversion, is_named_after

COMMON = ("@created_at", "@updated_at", "@created_by", "@updated_by", "@note")
"""Places that every target has."""
NEW_FIELD = "@custom"
"""What stands for a place where a new field is to be created; nobody chooses it there."""


class CrmMigrationMappingLineChoice(models.AbstractModel):
    """A target chosen by hand is filled as a proposed one would be."""

    _name = "crm.migration.mapping.line.choice"
    _description = "Migration: Mapping Line Choice"

    place = fields.Selection(
        "_selection_place",
        compute="_compute_place",
        inverse="_inverse_place",
        string="Special Target",
        help="What is no field of its own: the record it belongs to, authors, dates.",
    )
    places = fields.Json(compute="_compute_places")

    @api.model
    def _selection_place(self):
        places = [(name, self.env._(words)) for name, words in PLACES.items()]
        return [*places, (NEW_FIELD, self.env._("New Field"))]

    @api.depends("target")
    def _compute_place(self):
        for line in self:
            if line._is_new_field():
                line.place = NEW_FIELD
            else:
                line.place = line.target if line.target in PLACES else False

    def _is_new_field(self):
        return (self.target or "").startswith(f"{NEW_FIELD}.")

    @api.depends("mapping_id.model_name")
    def _compute_places(self):
        targets = self.env["crm.migration.target"]
        for (job, model), lines in self.grouped(
            lambda line: (line.job_id, line.model_name)
        ).items():
            proposed = job.sudo().mapping_ids.filtered(
                lambda m, name=model: m.model_name == name
            )
            own = targets._for(model)._places if model in self.env else ()
            names = {*COMMON, *own, *proposed.line_ids.mapped("target")}
            lines.places = [name for name in PLACES if name in names]

    def _inverse_field_id(self):
        """Take the field that a person chose, with the conversion that it needs."""
        for line in self.sudo():
            field = line.field_id
            if field and field.model != line.model_name:
                raise UserError(
                    line.env._(
                        "%(field)s is not a field of this object.", field=field.name
                    )
                )
            if field:
                line._choose(field.name)
            elif line.target not in PLACES:
                line._choose(False)

    def _inverse_place(self):
        for line in self.sudo():
            if line.place == NEW_FIELD:
                continue
            if line.place:
                line._choose(line.place)
            elif line.target in PLACES or line._is_new_field():
                line._choose(False)

    def _choose(self, target):
        """Make something the target of a line, or nothing, as a person has decided.

        :param target: a field of the model, or a place
        :raises UserError: another line fills it, or it needs an object that is not there
        """
        self.ensure_one()
        if not target:
            self.write({"target": False, "state": "open", "confidence": 0})
            return
        paths, steps = Conversion(self, target).find()
        self.write(
            {
                "target": target,
                "source_paths": paths,
                "steps": steps or False,
                "state": "accepted",
                "confidence": 100,
                "reason": self.env._("Chosen by %(name)s.", name=self.env.user.name),
                "custom_field": False,
                "ignore_reason": False,
            }
        )
        self._refuse_second()

    def write(self, vals):
        """Give a target that is written alone the conversion that fits it."""
        target = vals.get("target")
        done = super().write(vals)
        if target and "steps" not in vals and not target.startswith("@custom."):
            for line in self.sudo():
                paths, steps = Conversion(line, target).find()
                line.write({"source_paths": paths, "steps": steps or False})
        if not self.env.su and {"target", "state"} & set(vals):
            self.sudo()._refuse_second()
        return done

    def _refuse_second(self):
        """Refuse that two lines of a mapping fill one target: only one would arrive.

        :raises UserError: says which line fills it already, and what to do
        """
        for line in self.filtered(lambda each: each.state == "accepted"):
            same = line.mapping_id.line_ids.filtered(
                lambda other, line=line: (
                    other != line
                    and other.state == "accepted"
                    and other.target
                    and other.target == line.target
                )
            )
            if same:
                raise UserError(
                    self.env._(
                        "“%(target)s” is filled from “%(other)s” already. Join both "
                        "fields, or leave one of them out: only one would arrive.",
                        target=line.target_label,
                        other=same[0].display_name,
                    )
                )

    # -- what the conversions ask of a line ------------------------------------------

    def _get_streams_of(self, model_name):
        """Return the objects that become a model, those that the field names first."""
        mappings = self.job_id.mapping_ids.filtered(
            lambda m: (
                (model_name is None or m.model_name == model_name)
                and not m.part
                and m.selected
            )
        )
        names = list(dict.fromkeys(mappings.sorted("sequence").mapped("stream")))
        path = (self.source or "").split(",")[0]
        return sorted(names, key=lambda name: not is_named_after(path, name))

    def _guess_stream(self, model_name):
        """Return the object whose records a field names: by its name, else by its values."""
        names = self._get_streams_of(model_name)
        own = (self.source or "").split(",")[0]
        if len(names) > 1 and not is_named_after(own, names[0]):
            known = self._count_known(names)
            names = sorted(names, key=lambda name: -known.get(name, 0))
        if not names:
            raise UserError(
                self.env._(
                    "“%(field)s” can only name records of this migration, and no object "
                    "of it becomes such records. Include that object first.",
                    field=self.display_name,
                )
            )
        return names[0]

    def _count_known(self, names):
        """Return object → how many of the samples are ids of its records."""
        keys = [sample.strip('"') for sample in self.samples or []]
        groups = self.env["crm.migration.record"]._read_group(
            [
                ("job_id", "=", self.job_id.id),
                ("stream", "in", names),
                ("source_id", "in", keys),
            ],
            ["stream"],
            ["__count"],
        )
        return dict(groups)

    def _get_link_steps(self, field):
        """Return a link to records of the migration, None where a list is meant.

        Persons and companies are always links: a list of all of them decides nothing.
        """
        several = field.type != "many2one"
        streams = self._get_streams_of(field.comodel_name)
        named = [name for name in streams if is_named_after(self.source or "", name)]
        if field.comodel_name == "res.partner":
            stream = self._guess_stream(field.comodel_name)
        elif len(named) == 1:
            (stream,) = named
        else:
            return None
        return [["lookup_all", stream, ""]] if several else [["lookup", stream]]

    def _get_list_steps(self, field):
        """Let every value be decided in a list of its own, which is made if need be."""
        choices = []
        if field.type == "selection":
            choices = field._description_selection(self.env)
        return self._make_list(
            model=field.comodel_name or None,
            choices=[list(choice) for choice in choices],
            create=bool(field.comodel_name) and field.comodel_name not in NOT_PROPOSED,
        )

    def _get_choice_steps(self, target, words, choices):
        """The same for a place that takes one of a few words."""
        for item in self.job_id.value_lists or []:
            if words and item.get("words") == words:
                return [["value_map", item["name"]]]
        labels = {
            "open": self.env._("Open"),
            "won": self.env._("Won"),
            "lost": self.env._("Lost"),
            "done": self.env._("Done"),
            "cancelled": self.env._("Cancelled"),
            "note": self.env._("Note"),
            "email": self.env._("Email"),
            "call": self.env._("Call"),
            "comment": self.env._("Comment"),
            "sent": self.env._("Sent"),
            "opened": self.env._("Opened"),
            "clicked": self.env._("Clicked"),
            "bounced": self.env._("Bounced"),
            "failed": self.env._("Failed"),
        }
        return self._make_list(
            choices=[[key, str(labels[key])] for key in choices],
            words=words,
            suffix=target.removeprefix("@"),
        )

    def _make_list(self, model=None, choices=(), create=False, words="", suffix=""):
        name = ".".join(filter(None, (self.mapping_id.stream, self.source, suffix)))
        definition = {
            "name": name,
            "label": f"{self.mapping_id.stream_id.label}: "
            f"{self.source_label or self.source}",
            "model": model,
            "choices": list(choices),
            "proposals": {},
            "otherwise": None,
            "create": create,
            "words": words,
            "made": True,
        }
        lists = [i for i in self.job_id.value_lists or [] if i["name"] != name]
        self.job_id.value_lists = [*lists, definition]
        return [["value_map", name]]
