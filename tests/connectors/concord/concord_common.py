"""A simulated installation of Concord CRM, and a source that is connected to it."""

import json

from reading import records

from connectors.concord.source import ConcordSource
from connectors.mapping.apply import applies, apply, as_json
from simulators.concord import ConcordSimulator
from simulators.concord_data import make_company

SMALL = {
    "contacts": 26,
    "companies": 18,
    "deals": 16,
    "activities": 24,
    "notes": 18,
    "calls": 12,
    "emails": 30,
    "documents": 8,
    "products": 8,
}


def a_simulator(version="1.6.0", rate_limit=None, **sizes):
    company = make_company(**{**SMALL, **sizes})
    return ConcordSimulator(company, version=version, rate_limit=rate_limit)


def connect(simulator, **settings):
    return ConcordSource({"url": simulator.url, "token": simulator.token, **settings})


def read_stepwise(simulator, name, between, **settings):
    """Read one page at a time; ``between`` changes the data after the second one."""
    found, checkpoint, turn = [], None, 0
    while True:
        fresh = connect(simulator, per_page=5, **settings)
        page = next(iter(fresh.read_pages(fresh.get_stream(name), checkpoint)))
        found += [r.source_id for r in page.records if r.stream == name]
        checkpoint = json.loads(json.dumps(page.checkpoint))
        turn += 1
        if turn == 2:
            between(simulator.company)
        if checkpoint is None:
            return found


def values_of(source, name, model, part=""):
    """Return ``{source id: values}`` of a stream as the proposals would have it."""
    lists = {item.name: item for item in source.get_value_lists()}
    mapping = next(
        as_json(m)
        for m in source.get_mappings()
        if (m.stream, m.model, m.part) == (name, model, part)
    )
    kinds = lists["activity_kinds"]
    outcome = {}
    for record in records(source, name):
        if record.stream != name:
            continue
        key = record.data.get("_kind")
        decisions = {("activity_kinds", key): kinds.proposals.get(key, kinds.otherwise)}
        if applies(mapping, record.data, decisions):
            outcome[record.source_id] = apply(
                mapping["fields"], record.data, zone="Europe/Lisbon"
            )
    return outcome


def plan_of(simulator, label):
    """Return what becomes of an activity, as proposed: its model and its values."""
    source = connect(simulator)
    key = str(simulator.company.find(label)["id"])
    for model in ("calendar.event", "mail.activity", "project.task"):
        if found := values_of(source, "activities", model).get(key):
            return model, found.values
    return None, {}
