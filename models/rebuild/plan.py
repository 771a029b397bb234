"""How an automation of a source is said in Odoo: rules, each with its actions."""

from dataclasses import dataclass, field

from ...connectors.mapping.automations import Delay
from ..words.messages import translate
from .dictionary import Unsaid
from .steps import StepWriter
from .triggers import TriggerWriter

NEVER_DRAFTED = frozenset({"form", "schedule", "asked", "called", "list", "other"})
"""Triggers that Odoo's rules do not have, or that need a person's choice."""


@dataclass
class Rule:
    """Values of a ``base.automation``, and of its actions, in their order."""

    vals: dict
    actions: list = field(default_factory=list)


@dataclass
class Plan:
    """What can be said, and why not everything can.

    :ivar rules: empty where nothing can
    :ivar obstacles: (code, data) why no rule is written, or not all of it
    :ivar remarks: (code, data) in what the rules differ from the source
    """

    rules: list = field(default_factory=list)
    obstacles: list = field(default_factory=list)
    remarks: list = field(default_factory=list)
    model: str = ""


def name_automation(env, automation):
    """Return what people call an automation; a name of the product can be translated."""
    return str(translate(env, automation.name)) or automation.kind


def make_plan(dictionary, automation):
    """Return the ``Plan`` of an ``Automation``."""
    plan = Plan()
    if automation.trigger.kind in NEVER_DRAFTED:
        plan.obstacles.append((f"trigger_{automation.trigger.kind}", {}))
        return plan
    if not automation.steps:
        plan.obstacles.append(("no_steps", {}))
        return plan
    try:
        mapping = dictionary.get_mapping(automation.about)
        plan.model = mapping.model_name
        triggers = TriggerWriter(dictionary, mapping, automation, plan)
        triggers.ensure_possible()
    except Unsaid as reason:
        plan.obstacles.append((reason.code, reason.data))
        return plan
    _write_rules(plan, automation, triggers, StepWriter(dictionary, mapping, plan))
    return plan


def _write_rules(plan, automation, triggers, steps):
    """Odoo waits before a rule, not between its actions: a rule for each delay."""
    by_delay = {}
    for step in automation.steps:
        try:
            action = steps.say(step)
        except Unsaid as reason:
            plan.obstacles.append((reason.code, reason.data))
            continue
        by_delay.setdefault(step.delay, []).append(action)
        if step.gap:
            plan.obstacles.append(("told", {"text": step.gap}))
        if step.note:
            plan.remarks.append(("told", {"text": step.note}))
    for delay, actions in by_delay.items():
        try:
            vals = triggers.say(delay)
        except Unsaid as reason:
            plan.obstacles.append((reason.code, reason.data))
            continue
        vals["name"] = name_automation(steps.env, automation)
        if len(by_delay) > 1 and delay != Delay():
            vals["name"] += f" (+{delay.amount} {delay.unit})"
        plan.rules.append(Rule(vals, actions))
