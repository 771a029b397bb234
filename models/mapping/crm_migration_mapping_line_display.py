"""What a consultant sees of a mapping: plain words, real samples and their results."""

import json

from odoo import api, fields, models

from ...connectors.mapping.apply import apply, get_value
from ..words.mapping import DATE_ORDERS, KINDS, PLACES, STEPS, UNITS
from ..words.messages import format_message, format_value
from ..words.note_text import text_from_html
from .custom_objects import get_model

SHOWN = 120
"""Characters of a sample that the list shows."""


class CrmMigrationMappingLineDisplay(models.AbstractModel):
    """Nothing of this is stored: it follows the samples and the decisions."""

    _name = "crm.migration.mapping.line.display"
    _description = "Migration: Mapping Line Display"

    source_text = fields.Char(compute="_compute_source_text", string="In the Source")
    kind_text = fields.Char(compute="_compute_source_text", string="Type")

    @api.depends("source_label", "source", "source_paths", "source_kind")
    def _compute_source_text(self):
        for line in self:
            words = KINDS.get(line.source_kind or "")
            line.kind_text = line.env._(words) if words else line.source_kind
            line.source_text = line._format_source()

    def _format_source(self):
        """Name every field that a line takes together, as the source calls them."""
        paths = self._get_paths()
        # Members that begin with an underscore were put there by the connector.
        shown = [path for path in paths if not path.startswith("_")]
        if len(paths) < 2 or not shown:
            return self.source_label or self.source or self.env._("(fixed value)")
        sample = self.mapping_id.stream_id.sample or {}
        labels = ((sample.get(path) or {}).get("label") or path for path in shown)
        return ", ".join(dict.fromkeys(labels))

    @api.depends("source_label", "source", "target")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.source_label or line.source or line.target_label

    @api.depends("target", "field_id", "custom_label")
    def _compute_target_label(self):
        for line in self:
            target = line.target or ""
            if target.startswith("@custom."):
                label = line.custom_label or target.removeprefix("@custom.")
                line.target_label = line.env._("New field: %(label)s", label=label)
            elif words := PLACES.get(target):
                line.target_label = line.env._(words)
            else:
                line.target_label = line.field_id.field_description or target

    @api.depends("steps", "job_id.stream_ids.label")
    def _compute_steps_text(self):
        for line in self:
            streams = {stream.name: stream.label for stream in line.job_id.stream_ids}
            lists = {
                item["name"]: item["label"] for item in line.job_id.value_lists or []
            }
            words = [
                line._format_step(step, streams, lists)
                for step in line.steps or []
                if step[0] in STEPS
            ]
            line.steps_text = ", ".join(filter(None, words))

    def _format_step(self, step, streams, lists):
        name, *arguments = step
        argument = arguments[0] if arguments else ""
        if name in ("duration", "duration_of"):
            units = argument if isinstance(argument, list) else [argument]
            argument = ", ".join(str(self.env._(UNITS[unit])) for unit in units)
        if name in ("date_as", "datetime_as") and argument in DATE_ORDERS:
            argument = str(self.env._(DATE_ORDERS[argument]))
        if name == "part":
            separator, number, of, *_more = arguments
            argument = self.env._(
                "%(number)s of %(of)s, divided at “%(separator)s”",
                number=number,
                of=of,
                separator=separator,
            )
        if name == "split":
            marks = argument if isinstance(argument, list) else [argument]
            argument = " ".join(mark.replace("\n", "\\n").strip() for mark in marks)
        if isinstance(argument, bool):
            argument = self.env._("Yes") if argument else self.env._("No")
        elif isinstance(argument, list):
            argument = self._format_list(argument, streams)
        elif not isinstance(argument, dict):
            argument = streams.get(argument) or lists.get(argument) or argument
        if name == "datetime" and not argument:
            argument = self.job_id.tz or "UTC"
        words = self.env._(STEPS[name])
        return words % {"argument": argument}

    def _format_list(self, items, streams):
        """Return the names in ``items``, each once; an item may have parts of its own.

        Of a reference that has parts, the object comes first.
        """
        names = [item[0] if isinstance(item, list) else item for item in items]
        words = (str(streams.get(str(name), name)) for name in names)
        return ", ".join(dict.fromkeys(words))

    @api.depends("fill_count", "record_count")
    def _compute_fill_rate(self):
        for line in self:
            share = line.fill_count / line.record_count if line.record_count else 0
            line.fill_rate = 100.0 * share

    @api.depends("samples", "steps", "target", "source_paths")
    def _compute_samples(self):
        for job, lines in self.grouped("job_id").items():
            outcomes = [line._convert_sample() for line in lines]
            show = self.env["crm.migration.display"]._show
            texts = show(job, [raw for raw, _value, _problem in outcomes])
            results = show(job, [value for _raw, value, _problem in outcomes])
            rows = zip(lines, outcomes, texts, results, strict=True)
            for line, (_raw, _value, problem), text, result in rows:
                line.sample_text = text[:SHOWN]
                line.sample_result = (problem or line._format_result(result))[:SHOWN]

    def _format_result(self, text):
        """Show the label of a selection instead of its technical value."""
        if self.custom_options:
            labels = {str(key): label for key, label in self.custom_options}
            return ", ".join(labels.get(part, part) for part in text.split(", "))
        field = get_model(self.env, self.model_name)._fields.get(self.target or "")
        if self.target == "@note" or (field and field.type == "html"):
            return text_from_html(text).strip()
        if field and field.type == "selection":
            return self.env["crm.migration.display"]._show_choice(field, text)
        return text

    def _convert_sample(self):
        """Return (value in the source, converted value, what is wrong with it)."""
        self.ensure_one()
        paths = self._get_paths()
        sample = self.mapping_id.stream_id.sample or {}
        data = {}
        for path in paths:
            if path in sample:
                data[path] = self._first_sample(sample, path)
            else:
                top = path.split(".")[0]
                data[top] = self._first_sample(sample, top)
        raw = [get_value(data, path) for path in paths]
        raw = raw[0] if len(raw) == 1 else raw
        if not self.target or self.model_name not in self.env:
            return raw, None, None
        item = {
            "target": self.target,
            "source": self.source_paths or None,
            "steps": self.steps or [],
            "required": False,
        }
        outcome = apply([item], data, zone=self.job_id.tz)
        problem = next(iter(outcome.problems), None)
        words = problem and format_message(
            self.env,
            problem.code,
            {"value": format_value(raw), "field": self.display_name, **problem.data},
        )
        return raw, outcome.values.get(self.target), words and words[0]

    def _first_sample(self, sample, path):
        """Return the first sample of a member; its text where it had to be cut."""
        texts = (sample.get(path) or {}).get("samples") or []
        if not texts:
            return None
        try:
            return json.loads(texts[0])
        except ValueError:
            return texts[0].strip('"')
