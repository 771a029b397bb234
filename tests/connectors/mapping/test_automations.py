"""What runs by itself, as each source tells it."""

import pytest

from connectors.concord.automations import tell_workflow
from connectors.mapping.automations import Automation, Delay, Trigger
from connectors.net_results.automations import tell_campaign
from connectors.opex365.automations import AUTOMATIONS, tell_flow


def test_a_word_of_no_vocabulary_is_refused():
    with pytest.raises(ValueError, match="spell"):
        Automation("x", "spell", Trigger("created"))


def test_months_and_days_are_not_added():
    with pytest.raises(ValueError, match="months"):
        Delay(1, "months") + Delay(1)


@pytest.mark.parametrize("tell", [tell_workflow, tell_campaign, *AUTOMATIONS.values()])
def test_a_row_that_says_nothing_is_listed_all_the_same(tell):
    (found,) = tell({})
    assert found.as_json()["kind"]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"properties": []}', '{"properties": {"definition": {"triggers": [], "actions": {"a": 1}}}}'])  # fmt: skip
def test_a_broken_definition_of_a_flow_is_told(text):
    (found,) = tell_flow({"name": "Broken", "category": 5, "clientdata": text})
    assert (found.name, found.trigger.kind) == ("Broken", "other")


def test_a_placeholder_of_concord_becomes_a_merge_tag():
    kind = "Modules\\MailClient\\Workflow\\Actions\\SendEmailAction"
    tag = '<input class="_placeholder" data-tag="contact.first_name" value="" />'
    (found,) = tell_workflow(
        {"action_type": kind, "data": {"subject": "Hi", "message": tag}}
    )
    assert found.steps[0].data["body"] == "{{ contact.first_name }}"
