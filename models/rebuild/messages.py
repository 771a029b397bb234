"""The words of the rebuild guide, by the codes of triggers, steps, obstacles and kinds."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

KINDS = [
    ("workflow", "Workflow"),
    ("flow", "Flow"),
    ("sequence", "Sequence of E-mails"),
    ("follow_up", "Follow-up"),
    ("rule", "Rule of a Form"),
    ("approval", "Approval"),
    ("schedule", "Schedule"),
    ("campaign", "Campaign"),
    ("code", "Program"),
    ("library", "Library of Programs"),
    ("robot", "Robot"),
    ("action", "Action on Demand"),
]
STATES = [
    ("possible", "Draft Possible"),
    ("partly", "Draft Possible in Part"),
    ("drafted", "Draft Created"),
    ("drafted_partly", "Draft Created in Part"),
    ("manual", "By Hand"),
]
TRIGGERS = {
    "created": _lt("Created"),
    "changed": _lt("Changed"),
    "created_or_changed": _lt("Created or changed"),
    "deleted": _lt("Deleted"),
    "date": _lt("At a date"),
    "form": _lt("While somebody fills in the form"),
    "schedule": _lt("On a schedule"),
    "asked": _lt("When somebody asks for it"),
    "called": _lt("When another program calls"),
    "list": _lt("Somebody is on a list"),
    "other": _lt("By something else"),
}
BECOMES = _lt("%(field)s becomes “%(value)s”")
FIELDS = _lt("%(trigger)s: %(fields)s")
AFTER = _lt("%(delay)s after %(field)s")
BEFORE = _lt("%(delay)s before %(field)s")
DELAYED = _lt("After %(delay)s: %(step)s")
UNITS = {
    "minutes": _lt("%(count)s [[count|minute|minutes]]"),
    "hours": _lt("%(count)s [[count|hour|hours]]"),
    "days": _lt("%(count)s [[count|day|days]]"),
    "months": _lt("%(count)s [[count|month|months]]"),
}
STEPS = {
    "activity": _lt(
        "Create the activity “%(summary)s”, due in %(days)s [[days|day|days]]"
    ),
    "set": _lt("Set %(values)s"),
    "tag": _lt("Add the tag %(values)s"),
    "mail": _lt("Send the e-mail “%(subject)s” to %(to)s"),
    "webhook": _lt("Call %(url)s"),
    "outcome": _lt("Mark as %(outcome)s"),
    "complete_activities": _lt("Mark its open activities as done"),
    "delete_activities": _lt("Delete its open activities"),
    "other": "",
}
RECIPIENTS = {
    "self": _lt("the contact"),
    "owner": _lt("the person in charge"),
}
REASONS = {
    # why no rule, or not all of it
    "trigger_form": _lt("Odoo's rules run when a record is saved, not in its form."),
    "trigger_schedule": _lt(
        "It is about no record: Odoo's rules run for records, scheduled actions do not."
    ),
    "trigger_asked": _lt("Somebody starts it by hand."),
    "trigger_called": _lt(
        "Another program starts it: that one must learn Odoo's address first."
    ),
    "trigger_list": _lt("Mails to a list are sent by Email Marketing, not by a rule."),
    "trigger_other": _lt("Odoo has no such trigger."),
    "no_steps": _lt("What it does is not known."),
    "no_model": _lt("Its object “%(stream)s” becomes nothing in Odoo that has rules."),
    "no_field": _lt("The field “%(field)s” has no field in Odoo of its own."),
    "no_value": _lt("“%(value)s” of the field “%(field)s” has no counterpart in Odoo."),
    "not_here": _lt(
        "What “%(value)s” of the field “%(field)s” refers to is not in Odoo (yet)."
    ),
    "no_date": _lt("The field “%(field)s” is not a date in Odoo."),
    "condition": _lt("A condition that cannot be said in Odoo's words: %(text)s"),
    "step": _lt("No action of Odoo's rules does this: %(text)s"),
    "delay_after_change": _lt(
        "Odoo does not keep when such a field was changed, hence cannot wait from there."
    ),
    "delay_mixed": _lt("Odoo cannot wait for such a time."),
    "no_activities": _lt("%(model)s has no activities in Odoo."),
    "no_mail": _lt("%(model)s has no chatter in Odoo, from which mails are sent."),
    "no_owner": _lt("%(model)s has no person in charge in Odoo."),
    "no_recipient": _lt("%(model)s has no address in Odoo to which it could be sent."),
    "no_type": _lt("There is no type of activity in Odoo."),
    "no_url": _lt("The address that it calls is not known."),
    "refused": _lt("Odoo did not take the draft: %(reason)s"),
    # in what it differs
    "told": "%(text)s",
    "stage_on_create": _lt(
        "In Odoo it runs as well for what is created in that stage."
    ),
    "first_run": _lt(
        "Its first run takes what has become due since the draft was created, not what "
        "was migrated."
    ),
    "user_unknown": _lt(
        "“%(value)s” has no active user in Odoo: whoever causes the rule gets the activity."
    ),
    "tags_left": _lt("These merge tags stay as text: %(tags)s"),
    "webhook_body": _lt(
        "The call sends fields of Odoo by Odoo's names: whoever takes it must be adapted."
    ),
}
NEEDS_APP = _lt("Install the app Automation Rules to have the draft created.")
NEEDS_LOAD = _lt(
    "Load first: a rule names stages, users and types that the load brings."
)
RECOMMENDED = {
    "rule_automation": (
        _lt("Automation rule “%(trigger)s” on %(model)s: %(actions)s"),
        _lt("Odoo starts at the same moment and does the same."),
    ),
    "sequence": (
        _lt("Email Marketing: a mailing for each step, or Marketing Automation"),
        _lt(
            "Mails to many with a way to unsubscribe and statistics belong there; a rule "
            "sends one mail for one record."
        ),
    ),
    "campaign": (
        _lt("Email Marketing, with A/B testing where it is needed"),
        _lt("It is sent to lists, and its success is measured."),
    ),
    "rule": (
        _lt(
            "Required, read-only and invisible fields in the view, or a rule on UI change"
        ),
        _lt("What happens while a form is filled in is part of the form in Odoo."),
    ),
    "approval": (
        _lt(
            "A stage for what waits, moved on by managers; or approvals of Odoo Studio"
        ),
        _lt("Odoo Community has no approvals; a stage shows who has to decide what."),
    ),
    "schedule": (
        _lt("A scheduled action, or a saved dashboard with its filters"),
        _lt("It runs by the clock for no record in particular."),
    ),
    "code": (
        _lt("An automation rule with Python code, or a module"),
        _lt("A program can only be written again, from what it is for."),
    ),
    "library": (
        _lt("Nothing by itself: rebuild the steps that call it"),
        _lt("It holds programs and runs nothing by itself."),
    ),
    "robot": (
        _lt("Keep the robot and let it work Odoo, or replace it by a webhook"),
        _lt("It works the screens of other programs, which Odoo does not do."),
    ),
    "action": (
        _lt("A server action in the Actions menu"),
        _lt("It runs when somebody asks for it."),
    ),
    "called": (
        _lt("An automation rule “On webhook”"),
        _lt("Odoo gives such a rule an address that other programs can call."),
    ),
    "other": (
        _lt("An automation rule, written by hand from the steps below"),
        _lt("Parts of it have no counterpart that could be written by itself."),
    ),
}
"""Kind → (equivalent, why)."""
