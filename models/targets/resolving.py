"""Which target takes a model: the one that describes it, what stands in, or none."""

import dataclasses

from odoo import api, models
from odoo.tools import ormcache

from ...connectors.mapping.parts import LeftOut
from ..mapping.custom_objects import is_custom_object
from ..mapping.profile_texts import relabeled
from .stand_in import restate

PREFIX = "crm.migration.target."


class CrmMigrationTargetResolving(models.AbstractModel):
    """What no target describes is never loaded: it would be without silence, duplicates
    and history. A model may have several descriptions (two applications call theirs
    ``helpdesk.ticket``); the first whose fields are here counts.
    """

    _name = "crm.migration.target.resolving"
    _description = "Migration: Resolving Targets"

    @ormcache()
    def _get_described(self):
        """Return model → names of the targets that describe it, here or not."""
        described = {}
        for name in sorted(self.env.registry):
            if name.startswith(PREFIX) and (
                model := getattr(self.env[name], "_model", None)
            ):
                described.setdefault(model, []).append(name)
        return described

    @ormcache("model_name")
    def _get_target_name(self, model_name):
        """Return the target that takes records of a model here, None without one."""
        if is_custom_object(model_name):
            return f"{PREFIX}custom.object"
        for name in self._get_described().get(model_name, ()):
            if self.env[name]._is_here():
                return name
        return None

    @api.model
    def _is_here(self):
        """Tell whether the described model is in this database, with its fields."""
        model = self.env.get(self._model)
        return model is not None and set(self._fields_needed) <= set(model._fields)

    @api.model
    def _for(self, model_name):
        """Return the target that describes a model.

        What an earlier version has loaded without one is taken back by the frame.
        """
        return self.env[self._get_target_name(model_name) or "crm.migration.target"]

    @api.model
    def _list_here(self):
        """Return the targets whose models are in this database."""
        names = map(self._get_target_name, self._get_described())
        return [self.env[name] for name in names if name]

    # -- mappings ----------------------------------------------------------------

    @api.model
    def _resolve_mappings(self, mappings, job=None):
        """Return the mappings that can be loaded here, and what is left out, and why.

        :param mappings: ``Mapping``s of a source
        :param job: whose options say what is asked for, and whose company may lack what
            an application needs; None: everything
        :return: (``Mapping``s, ``LeftOut``s), in the order of the source
        """
        resolved, left_out = [], []
        # What a field of another record tells needs no stand-in besides.
        told = {
            (mapping.stream, item.instead_of)
            for mapping in mappings
            for item in mapping.fields
            if item.instead_of and mapping.model != item.instead_of
        }
        for mapping in map(self._without_replaced, mappings):
            is_told = (mapping.stream, mapping.model) in told
            is_here = self._get_target_name(mapping.model)
            model, found = mapping.model, []
            if is_here or not is_told:
                found = self._resolve_optional(mapping, job)
            if not found and mapping.optional and mapping.part:
                continue  # what else the record would have become
            reason = "" if found else self._explain_missing(model, is_told)
            for needed in filter(None, (model, mapping.needs)):
                if not reason and (reason := self._explain_obstacle(needed, job)):
                    model = needed
            if reason:
                optional = mapping.optional or not self._is_asked_for(model, job)
                left_out.append(
                    LeftOut(mapping.stream, reason, mapping.when, model, optional)
                )
            else:
                resolved += found
        return resolved, left_out

    def _without_replaced(self, mapping):
        """Return the mapping without fields whose place records of their own take here."""
        fields = tuple(
            item
            for item in mapping.fields
            if not (item.instead_of and self._get_target_name(item.instead_of))
        )
        if len(fields) == len(mapping.fields):
            return mapping
        return dataclasses.replace(mapping, fields=fields)

    def _explain_obstacle(self, model_name, job):
        """Say why nothing can be loaded into a model; empty where something can.

        What stands in for a model has no need of it.
        """
        if name := self._get_target_name(model_name):
            return self.env[name]._get_obstacle(job) if job else ""
        names = self._get_described().get(model_name, ())
        stands_in = names and self.env[names[0]]._stand_ins
        return "" if stands_in else self._explain_missing(model_name)

    @api.model
    def _get_obstacle(self, job):
        """Return what the company of a migration lacks for this target, empty for nothing.

        A subclass says it as a sentence that tells what to do.
        """
        return ""

    def _resolve_optional(self, mapping, job):
        name = self._get_target_name(mapping.model)
        if mapping.optional and not name:
            return []
        if not self._is_asked_for(mapping.model, job):
            return []
        if chosen := self._get_chosen(mapping.model, job):
            fields = self._get_field_names(chosen.model)
            restated = restate(mapping, chosen, fields.__contains__)
            # Nothing is missing that might be installed one day.
            return [dataclasses.replace(restated, wanted="")]
        return self._resolve_mapping(mapping, frozenset())

    def _resolve_mapping(self, mapping, seen):
        if self._get_target_name(mapping.model):
            return [mapping]
        names = self._get_described().get(mapping.model, ())
        if not names or mapping.model in seen:
            return []
        found = []
        for chosen in self.env[names[0]]._stand_ins:
            fields = self._get_field_names(chosen.model)
            restated = restate(mapping, chosen, fields.__contains__)
            if restated and chosen.is_last:
                found += [restated] if self._get_target_name(chosen.model) else []
            elif restated:
                found += self._resolve_mapping(restated, seen | {mapping.model})
        if found and (label := self._name_app(mapping.model)):
            note = self.env._("instead of %(app)s", app=label)
            found = [
                each
                if mapping.wanted  # said already, by the first that was wanted
                else relabeled(self.env, each, note)
                for each in found
            ]
        return found

    def _get_chosen(self, model_name, job):
        """Return the stand-in that the options of a migration prefer to a model."""
        for name in self._get_described().get(model_name, ()) if job else ():
            if self.env[name]._chosen_by:
                option, choices = self.env[name]._chosen_by
                return choices.get(job[option])
        return None

    @api.model
    def _get_model_here(self, model_name, job=None):
        """Return a model, or what stands in for it here; None where nothing does."""
        if chosen := self._get_chosen(model_name, job):
            return chosen.model
        if not model_name or model_name in self.env:
            return model_name or None
        for name in self._get_described().get(model_name, ()):
            for chosen in self.env[name]._stand_ins:
                if found := self._get_model_here(chosen.model):
                    return found
        return None

    def _get_field_names(self, model_name):
        """Return the fields that can be filled; of a model that is not here, any."""
        if model_name in self.env:
            fields = self.env[model_name]._fields
            return {name for name, f in fields.items() if f.store or f.inverse}
        return _Anything()

    def _name_app(self, model_name):
        """Return what people call the application that brings a model."""
        names = self._get_described().get(model_name, ())
        app = names and self.env[names[0]]._app
        if not app:
            return ""
        module = self.env["ir.module.module"].sudo().search([("name", "=", app)])
        return module.shortdesc or app

    def _explain_missing(self, model_name, is_told=False):
        """Say why records of a model cannot be loaded, and what would help.

        :param is_told: what they hold stands in a field of another record
        """
        name = self._get_target_name(model_name)
        if name and (asked := self.env[name]._asked_for):
            option = self.env["crm.migration.job"]._fields[asked[0]]
            label = option.get_description(self.env, ["string"])["string"]
            return self.env._("Not asked for by the option %(name)s.", name=label)
        app = self._name_app(model_name)
        if app and is_told:
            return self.env._(
                "Stands in the notes. For records of its own install the app %(app)s,"
                " then discover again.",
                app=app,
            )
        if app:
            return self.env._(
                "Needs the app %(app)s. Install it, then discover again.", app=app
            )
        return self.env._(
            "Nothing in this version of the addon loads %(model)s.", model=model_name
        )

    @api.model
    def _has_become_possible(self, job):
        """Tell whether an app that came since takes what something else stands in for."""
        for stream in job.stream_ids:
            wanted = set(stream.mapping_ids.mapped("wanted_model"))
            wanted |= {each.get("needs") for each in stream.left_out or ()}
            # What was proposed anew has its mapping; what stood in stays beside it.
            wanted -= {None, False, "", *stream.mapping_ids.mapped("model_name")}
            if any(self._is_possible(name, job) for name in wanted):
                return True
        return False

    def _is_possible(self, model_name, job):
        """Tell whether a migration can load into a model, and its options ask for it."""
        name = self._get_target_name(model_name)
        if not name or self._explain_obstacle(model_name, job):
            return False
        return self._is_asked_for(model_name, job)

    def _is_asked_for(self, model_name, job):
        """Tell whether the options of a migration ask for what is loaded into a model."""
        name = self._get_target_name(model_name)
        asked = self.env[name]._asked_for if name and job else None
        return not asked or job[asked[0]] == asked[1]


class _Anything:
    """A set of names that has every one."""

    def __contains__(self, name):
        return True
