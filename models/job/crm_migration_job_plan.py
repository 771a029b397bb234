"""A migration as a plan: what was decided, without secrets, to be replayed elsewhere."""

from odoo import api, fields, models

from ...connectors.core.secrets import find_secrets
from .crm_migration_options import OPTIONS
from .plan_applied import Applied
from .plan_members import (
    MEMBERS,
    NAMED,
    VERSION,
    as_named,
    is_later_part,
    parse_moment,
)

PLAIN_OPTIONS = tuple(name for name in OPTIONS if name not in NAMED)


BY_NAME = {name: key for name, key in NAMED.items() if name != "company_id"}
"""Written into a plan; the company is the one of the database it is replayed on, unless
the plan names another."""


MADE = {
    "kind": "custom_kind",
    "label": "custom_label",
    "options": "custom_options",
    "relation": "custom_relation",
}
"""Of a field that is made: member of a plan → column of a line."""


class CrmMigrationJobPlan(models.AbstractModel):
    """Rehearse on one database, replay on another."""

    _name = "crm.migration.job.plan"
    _description = "Migration: Job Plan"

    def _export_plan(self, with_sign_offs=True):
        """Return everything that was decided as JSON data, credentials left out.

        :param with_sign_offs: they travel as information
        """
        self.ensure_one()
        sudo = self.sudo()
        options = {name: sudo[name] for name in PLAIN_OPTIONS}
        options["since"] = sudo.since and fields.Datetime.to_string(sudo.since)
        for name, key in BY_NAME.items():
            options[name] = sudo[name][key] if sudo[name] else None
        return {
            "plan": VERSION,
            "name": self.name,
            "source": self.source,
            "settings": {
                name: value
                for name, value in (sudo.settings_open or {}).items()
                # What was entered before such texts were looked through stays here.
                if not find_secrets(value)
            },
            "options": options,
            "streams": {stream.name: stream.selected for stream in sudo.stream_ids},
            "filters": {
                stream.name: stream.filter_domain
                for stream in sudo.stream_ids.filtered("filter_domain")
            },
            "mapping": [
                {
                    "stream": line.mapping_id.stream,
                    "part": line.mapping_id.part or "",
                    "model": line.mapping_id.model_name,
                    "key": line.mapping_id.key or "",
                    "source": line.source_paths or None,
                    "target": line.target or None,
                    "steps": line.steps or [],
                    "state": line.state,
                    "ignore_reason": line.ignore_reason or None,
                    **({"label": line.source_label} if line.joined_line_ids else {}),
                    **self._export_made(line),
                }
                for line in sudo.mapping_ids.line_ids
            ],
            "objects": [
                {
                    "stream": mapping.stream,
                    "part": mapping.part or "",
                    "model": mapping.model_name,
                    "key": mapping.key or "",
                    "selected": mapping.selected,
                }
                for mapping in sudo.mapping_ids
            ],
            "lists": [item for item in sudo.value_lists or [] if item.get("made")],
            "values": [
                {
                    "list": row.list,
                    "key": row.key,
                    **({"within": row.scope} if row.scope else {}),
                    "decision": row._get_planned_decision() or None,
                    "choice": row.choice or None,
                    "name": row.target_ref.display_name if row.target_ref else None,
                    **({"model": row.target_ref._name} if row.target_ref else {}),
                    **row._get_planned_place(),
                }
                for row in sudo.value_map_ids
            ],
            "owners": [
                {
                    "key": owner.key,
                    "decision": owner.decision or None,
                    "login": owner.user_id.login or None,
                }
                for owner in sudo.owner_ids
            ],
            **({"sign_offs": sudo._export_sign_offs()} if with_sign_offs else {}),
        }

    def _export_made(self, line):
        """Return what a line and its mapping say of fields and models to be made."""
        label = line.mapping_id.object_label
        made = {"object_label": label} if label else {}
        if (line.target or "").startswith("@custom."):
            made["field"] = {
                name: line[column] or None for name, column in MADE.items()
            }
        return made

    @api.model
    def _import_plan(self, plan, secrets=None, files=None, is_elsewhere=False):
        """Create a migration from a plan.

        :param secrets: values of the secret settings by name
        :param files: ``ir.attachment`` records that hold the files of the source
        :param is_elsewhere: see ``crm.migration.plan``
        :raises UserError: the plan cannot be meant; says all that is wrong with it
        """
        checker = self.env["crm.migration.plan"]
        checker._check(plan, is_elsewhere=is_elsewhere)
        given = plan.get("options") or {}
        options = {name: given[name] for name in PLAIN_OPTIONS if given.get(name)}
        if options.get("since"):
            options["since"] = parse_moment(options["since"])
        company = self.env.company
        for name in NAMED:
            if given.get(name):
                found = self._find_planned(
                    self._fields[name].comodel_name,
                    NAMED[name],
                    as_named(name, given[name]),
                    company,
                )
                options[name] = found.id
                # The first of them: whose teams are meant by the names that follow.
                company = found if name == "company_id" else company
        job = self.create(
            {
                "name": plan.get("name") or self.env._("Migration"),
                "source": plan["source"],
                # What it says to connect is kept with the settings, encrypted in part.
                "plan": {name: plan[name] for name in MEMBERS if name in plan}
                | {"settings": {}},
                "predecessor_id": checker._find_continued(plan).id,
                **options,
            }
        )
        if files:
            job._take_files(files)
        job._set_settings({**(plan.get("settings") or {}), **(secrets or {})})
        job._disguise_plan()
        return job

    def _apply_plan(self):
        """Repeat the decisions of the plan on what was found so far; harmless twice.

        What a person has decided since it was applied last stays.
        """
        if not self.plan:
            return
        plan, applied = self.plan, Applied(self)
        streams = applied.get_free(self.stream_ids)
        mappings = applied.get_free(self.mapping_ids)
        lines = applied.get_free(self.mapping_ids.line_ids)
        changed = self.mapping_ids.line_ids - lines
        values = applied.get_free(self.value_map_ids)
        owners = applied.get_free(self.owner_ids)
        self._apply_plan_streams(plan, streams)
        self._apply_plan_lists(plan.get("lists") or [])
        self._apply_plan_objects(plan.get("objects") or [], mappings)
        self._apply_plan_mapping(plan.get("mapping") or [], lines)
        named = self._apply_plan_values(plan.get("values") or [], values)
        self._apply_plan_owners(plan.get("owners") or [], owners)
        # Also those that the plan has made: joined fields, parts.
        lines = self.mapping_ids.line_ids - changed
        if (limit := plan.get("accept_above")) is not None:
            lines.filtered(
                lambda line: (
                    line.state == "open" and line.target and line.confidence >= limit
                )
            ).state = "accepted"
        if plan.get("create_fields"):
            lines.filtered("is_custom")._accept_custom()
        applied.keep(streams, mappings, lines, named, owners)

    def _apply_plan_streams(self, plan, among):
        """Read what the plan reads, and only what its filters let pass."""
        chosen, filters = plan.get("streams") or {}, plan.get("filters") or {}
        for stream in among:
            if stream.name in chosen:
                stream.selected = chosen[stream.name]
            if domain := filters.get(stream.name):
                stream._set_filter(domain)

    def _apply_plan_mapping(self, decided, among):
        """Repeat what was decided line by line.

        A line is known by its mapping and its source; several lines of one source are
        taken in their order. Plans before the keys of mappings name stream and part
        alone, which then had to be enough.

        :param among: the lines that are meant
        """
        lines, by_part = {}, {}
        for line in among:
            stream, part, *rest = line.mapping_id._identify()
            paths = str(line._get_paths())
            lines.setdefault((stream, part, *rest, paths), []).append(line)
            by_part.setdefault((stream, part, paths), []).append(line)
        for item in decided:
            source = item["source"]
            paths = source if isinstance(source, list) else [source] if source else []
            where = (item["stream"], item.get("part") or "")
            if "model" in item:
                key = item.get("key") or ""
                found = lines.get((*where, item["model"], key, str(paths)))
            else:
                found = by_part.get((*where, str(paths)))
            if not found or is_later_part(item):
                found = self._make_planned_line(item, paths, among) or found
            if found:
                # The last one stays for whatever else the plan says of this source.
                line = found.pop(0) if len(found) > 1 else found[0]
                line.write(
                    {
                        name: item.get(name) or False
                        for name in ("target", "steps", "ignore_reason")
                    }
                    | {"state": item["state"]}
                    | self._import_made(line, item)
                )

    def _make_planned_line(self, item, paths, among):
        """Return, in a list, the line of joined fields or of a part; [] if there is none."""
        mapping = self.mapping_ids.filtered(
            lambda m: (
                (m.stream, m.part or "", m.model_name, m.key or "")
                == (
                    *(item["stream"], item.get("part") or ""),
                    *(item.get("model") or m.model_name, item.get("key") or ""),
                )
            )
        )[:1]
        there = (mapping.line_ids & among).exists()
        line = there._find_planned(paths, item.get("steps") or [])
        return [line] if line else []

    def _apply_plan_lists(self, decided):
        """Describe the lists of values that a person has made."""
        known = {item["name"] for item in self.value_lists or []}
        if new := [item for item in decided if item["name"] not in known]:
            self.value_lists = [*(self.value_lists or []), *new]

    def _apply_plan_objects(self, decided, among):
        """Include what the plan includes, and leave out what it leaves out."""
        wanted = {
            (
                each["stream"],
                each.get("part") or "",
                each["model"],
                each.get("key") or "",
            ): (each["selected"])
            for each in decided
        }
        for mapping in among:
            selected = wanted.get(mapping._identify(), mapping.selected)
            if mapping.selected != selected:
                mapping.selected = selected

    def _import_made(self, line, item):
        """Return what a plan says of the field to be made; the model gets its name."""
        if label := item.get("object_label"):
            if line.mapping_id.object_label not in (False, label):
                line.mapping_id.object_label = label
        made = item.get("field") or {}
        return {
            column: made[name] or False for name, column in MADE.items() if name in made
        }
