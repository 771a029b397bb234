"""Read a plan with suspicion: every mistake gets a sentence before anything begins."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from ...connectors import available_sources, get_source_class, is_source
from ...connectors.core.http import has_login
from ...connectors.core.secrets import find_secrets
from ...connectors.core.storable import is_storable
from ...connectors.mapping.values import TRANSFORMS
from ..phases.prepare import FIELD_TYPES
from ..staging.filter_sql import find_mistake
from ..words.messages import translate
from .crm_migration_options import OPTIONS
from .plan_members import (
    DECIDED,
    FIELD,
    MAX_SHOWN,
    MEMBERS,
    MOST,
    NAMED,
    NEEDED,
    OF_TEMPLATE,
    ROWS,
    SECRETS,
    VERSION,
    as_named,
    get_wanted,
    is_a,
    parse_moment,
    say,
    say_wanted,
)

_lt = LazyTranslate(__name__)


class CrmMigrationPlan(models.AbstractModel):
    """Checks a plan as a whole, so that all that is wrong is said at once."""

    _name = "crm.migration.plan"
    _description = "Migration Plan"

    @api.model
    def _check(self, plan, secrets=None, is_elsewhere=False):
        """Refuse a plan that cannot be meant.

        :param secrets: names of the secret settings that are given besides; None where
            they are entered later
        :param is_elsewhere: it comes from another database, whose users need not be here
        :raises UserError: with one sentence per mistake
        """
        if not isinstance(plan, dict):
            raise UserError(
                self.env._("A plan is a JSON object; this is %(kind)s.", kind=say(plan))
            )
        problems = list(self._check_members(plan))
        if not problems:
            problems += self._check_settings(plan, secrets)
            problems += self._check_options(plan)
            problems += self._check_decisions(plan)
            if not is_elsewhere:
                problems += self._check_logins(plan.get("owners") or [])
            problems += self._check_secrets(plan)
        self._refuse(problems)

    @api.model
    def _check_template(self, plan):
        """Refuse a file that is no template: a plan of decisions alone.

        :raises UserError: with one sentence per mistake
        """
        if not isinstance(plan, dict):
            raise UserError(
                self.env._(
                    "A template is a JSON object; this is %(kind)s.", kind=say(plan)
                )
            )
        problems = list(self._check_members(plan))
        if not problems:
            problems += [
                self.env._("“%(name)s” does not belong in a template.", name=name)
                for name in plan
                if name in MEMBERS and name not in OF_TEMPLATE
            ]
            problems += self._check_decisions(plan)
            problems += self._check_secrets(plan)
        self._refuse(problems)

    def _refuse(self, problems):
        if problems:
            more = len(problems) - MAX_SHOWN
            if more > 0:
                problems[MAX_SHOWN:] = [self.env._("And %(count)s more.", count=more)]
            raise UserError("\n".join(problems))

    # -- members -------------------------------------------------------------------

    def _check_members(self, plan):
        if not is_storable(plan):  # NaN, a number beyond all, a text with the sign 0
            yield self.env._("The file is not JSON that can be read.")
            return
        if plan.get("plan") != VERSION or isinstance(plan.get("plan"), bool):
            yield self.env._(
                "This is not a plan of this version: “plan” must be %(version)s, not "
                "%(value)s.",
                version=VERSION,
                value=say(plan.get("plan")),
            )
            return
        for name, value in plan.items():
            if name not in MEMBERS:
                if not name.startswith("_"):
                    yield self.env._(
                        "“%(name)s” is not a member of a plan. It knows: %(known)s.",
                        name=name,
                        known=", ".join(MEMBERS),
                    )
            elif value is not None and not is_a(value, MEMBERS[name]):
                yield self._say_wrong(name, value, MEMBERS[name])
        if not is_a(plan.get("source"), str) or not plan["source"]:
            yield self.env._("The plan does not say which source it reads.")
        elif not is_source(plan["source"]):
            yield self.env._(
                "The source “%(name)s” is not known. There are: %(known)s.",
                name=plan["source"],
                known=", ".join(sorted(available_sources())),
            )
        elif plan.get("continues") and not self._find_continued(plan):
            yield self.env._(
                "“continues”: there is no migration “%(name)s” from this kind of system.",
                name=plan["continues"],
            )
        limit = plan.get("accept_above")
        if is_a(limit, (int, float)) and not 0 <= limit <= 100:
            yield self.env._("“accept_above” must lie between 0 and 100.")

    @api.model
    def _find_continued(self, plan):
        """Return the earlier migration that a plan continues, closed ones included."""
        jobs = self.env["crm.migration.job"].with_context(active_test=False)
        name = plan.get("continues")
        domain = [("name", "=", name), ("source", "=", plan["source"])]
        return jobs.search(domain, order="id desc", limit=1) if name else jobs

    def _say_wrong(self, place, value, wanted):
        return self.env._(
            "“%(place)s” must be %(wanted)s, not %(value)s.",
            place=place,
            wanted=say_wanted(wanted),
            value=say(value),
        )

    def _check_settings(self, plan, secrets):
        settings = plan.get("settings") or {}
        known = {each.name: each for each in get_source_class(plan["source"]).settings}
        for name in settings:
            if name not in known and not name.startswith("_"):
                yield self.env._(
                    "The source has no setting “%(name)s”. It has: %(known)s.",
                    name=name,
                    known=", ".join(known) or "–",
                )
        for name, setting in known.items():
            value = settings.get(name)
            if setting.is_secret and value:
                yield self._say_secret(setting)
            elif value not in (None, ""):
                yield from self._check_setting(setting, value)
            elif (
                secrets is not None
                and setting.required
                and setting.default is None
                and name not in secrets
            ):
                yield self._say_missing(setting)

    def _say_secret(self, setting):
        """Plans are mailed around and kept; the value itself is not repeated either."""
        return self.env._(
            "“settings.%(name)s” is a secret and does not belong in a plan. Take it out, "
            "and give it as the environment variable CRM_MIGRATION_%(upper)s.",
            name=setting.name,
            upper=setting.name.upper(),
        )

    def _check_secrets(self, plan):
        """Say where secrets stand that nobody declared: in texts, headers, addresses."""
        known = {each.name: each for each in get_source_class(plan["source"]).settings}
        settings = {
            name: value
            for name, value in (plan.get("settings") or {}).items()
            if name not in known or not self._is_said_already(known[name], value)
        }
        for place, kind in find_secrets({**plan, "settings": settings}):
            yield self._say_found(place, kind)

    def _is_said_already(self, setting, value):
        with_login = setting.kind == "url" and is_a(value, str) and has_login(value)
        return setting.is_secret or with_login

    def _say_found(self, place, kind):
        return self.env._(
            "“%(place)s” holds what looks like a secret (%(kind)s). It would be kept and "
            "shown in the open: take it out, and enter it in the fields of the source "
            "that are meant for it.",
            place=place,
            kind=self.env._(SECRETS[kind]),
        )

    def _say_missing(self, setting):
        if setting.is_secret:
            return self.env._(
                "%(label)s is missing. Give it as the environment variable "
                "CRM_MIGRATION_%(name)s.",
                label=translate(self.env, setting.label),
                name=setting.name.upper(),
            )
        return self.env._(
            "%(label)s is missing: the plan has no setting “%(name)s”.",
            label=translate(self.env, setting.label),
            name=setting.name,
        )

    def _check_setting(self, setting, value):
        place = f"settings.{setting.name}"
        kinds = {"integer": int, "boolean": bool, "text": (str, dict, list)}
        wanted = kinds.get(setting.kind, str)
        number = setting.kind == "integer" and is_a(value, str) and value.isdecimal()
        if not is_a(value, wanted) and not number:
            yield self._say_wrong(place, value, wanted)
        elif setting.kind == "url" and has_login(value):
            yield self.env["crm.migration.job"]._say_login(setting)
        elif setting.kind == "selection":
            choices = [key for key, _label in setting.choices]
            if value not in choices:
                yield self._say_wrong(place, value, tuple(choices))
        elif setting.kind == "timezone":
            yield from self._check_zone(place, value)

    def _check_zone(self, place, value):
        zones = dict(self.env["crm.migration.job"]._selection_tz())
        if value not in zones:
            yield self.env._(
                "“%(value)s” is not a time zone for “%(place)s”. Write it like "
                "Europe/Lisbon.",
                value=value,
                place=place,
            )

    # -- options -------------------------------------------------------------------

    def _check_options(self, plan):
        job = self.env["crm.migration.job"]
        for name, value in (plan.get("options") or {}).items():
            place = f"options.{name}"
            if name.startswith("_") or value is None or value is False:
                continue
            if name not in OPTIONS:
                yield self.env._(
                    "There is no option “%(name)s”. There are: %(known)s.",
                    name=name,
                    known=", ".join(OPTIONS),
                )
            elif name in NAMED:
                yield from self._check_named(place, name, value)
            elif name == "tz":
                if is_a(value, str):
                    yield from self._check_zone(place, value)
                else:
                    yield self._say_wrong(place, value, str)
            elif name == "since":
                if parse_moment(value) is None:
                    yield self.env._(
                        "“%(value)s” is not a date for “%(place)s”. Write it like "
                        "2024-12-31 or 2024-12-31 18:00:00.",
                        value=value,
                        place=place,
                    )
                elif get_source_class(plan["source"]).takes_files:
                    yield self.env._(
                        "“%(place)s”: files are always read as a whole. Leave it out; "
                        "“filters” load only a part.",
                        place=place,
                    )
            elif name in MOST:
                if not is_a(value, int) or not 0 < value <= MOST[name]:
                    yield self._say_wrong(place, value, int)
            else:
                wanted = get_wanted(self.env, job._fields[name])
                if not is_a(value, wanted):
                    yield self._say_wrong(place, value, wanted)

    def _check_named(self, place, name, value):
        if not is_a(value, str):
            yield self._say_wrong(place, value, str)
            return
        job = self.env["crm.migration.job"]
        model_name = job._fields[name].comodel_name
        try:
            job._find_planned(model_name, NAMED[name], as_named(name, value))
        except UserError as error:
            yield f"“{place}”: {error}"

    # -- decisions -----------------------------------------------------------------

    def _check_decisions(self, plan):
        for name, value in (plan.get("streams") or {}).items():
            if not isinstance(value, bool):
                yield self._say_wrong(f"streams.{name}", value, bool)
        for name, value in (plan.get("filters") or {}).items():
            if value and (mistake := find_mistake(value)):
                text = self.env["crm.migration.stream"]._say_mistake(*mistake)
                yield f"“filters.{name}”: {text}"
        for member, columns in ROWS.items():
            for number, row in enumerate(plan.get(member) or [], 1):
                yield from self._check_row(f"{member}[{number}]", row, member, columns)

    def _check_row(self, place, row, member, columns):
        if not isinstance(row, dict):
            yield self._say_wrong(place, row, dict)
            return
        for name in NEEDED[member]:
            if name not in row:
                yield self.env._(
                    "“%(place)s” has no “%(name)s”.", place=place, name=name
                )
        for name, value in row.items():
            wanted = columns.get(name)
            if wanted is None:
                if not name.startswith("_"):
                    yield self.env._(
                        "“%(place)s” has “%(name)s”, which is not known.",
                        place=place,
                        name=name,
                    )
            elif value is not None and not is_a(value, wanted):
                yield self._say_wrong(f"{place}.{name}", value, wanted)
            elif name == "decision" and value:
                model = self.env[DECIDED[member]]
                choices = tuple(model._fields[name].get_values(self.env))
                if value not in choices:
                    yield self._say_wrong(f"{place}.{name}", value, choices)
            elif name in ("source", "steps") and value:
                yield from self._check_list(f"{place}.{name}", name, value)
            elif name == "field" and value:
                yield from self._check_field(f"{place}.{name}", value)

    def _check_field(self, place, value):
        for name, each in value.items():
            if name not in FIELD:
                yield self.env._(
                    "“%(place)s” has “%(name)s”, which is not known.",
                    place=place,
                    name=name,
                )
            elif each is not None and not is_a(each, FIELD[name]):
                yield self._say_wrong(f"{place}.{name}", each, FIELD[name])
        kind = value.get("kind")
        if is_a(kind, str) and kind not in FIELD_TYPES:
            yield self._say_wrong(f"{place}.kind", kind, tuple(FIELD_TYPES))
        for option in value.get("options") or []:
            pair = isinstance(option, list) and len(option) == 2
            if not pair or not all(is_a(text, str) for text in option):
                yield self.env._(
                    "“%(place)s.options”: %(value)s is not a choice. Write each as a list "
                    "of its value and its label.",
                    place=place,
                    value=say(option),
                )

    def _check_list(self, place, name, value):
        if name == "source":
            if isinstance(value, list) and not all(is_a(path, str) for path in value):
                yield self._say_wrong(place, value, str)
            return
        for step in value:
            known = isinstance(step, list) and step and is_a(step[0], str)
            if not known or step[0] not in TRANSFORMS:
                yield self.env._(
                    "“%(place)s”: %(value)s is not a conversion.",
                    place=place,
                    value=say(step[0] if known else step),
                )

    def _check_logins(self, owners):
        rows = [row for row in owners if isinstance(row, dict)]
        wanted = {
            row["login"]
            for row in rows
            if row.get("decision") == "assign" and is_a(row.get("login"), str)
        }
        users = self.env["res.users"].with_context(active_test=False)
        found = users.search([("login", "in", list(wanted))]).mapped("login")
        for login in sorted(wanted - set(found)):
            yield self.env._(
                "Odoo has no user with the login “%(login)s”.", login=login
            )
