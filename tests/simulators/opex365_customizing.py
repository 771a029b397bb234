"""Publishers, custom tables, processes, workflows and plug-ins of the organization."""

import json

from .opex365_classic import get_classic
from .opex365_flows import FLOWS


def add_customizing(org, machines):
    _add_publishers(org)
    _add_processes(org)
    _add_automations(org)
    _add_plugins(org)
    if "opex_machine" in org:
        _add_machines(org, machines)


def _add_publishers(org):
    for name, unique, prefix, readonly in (
        ("Microsoft", "microsoftdynamics", "msdyn", True),
        ("MicrosoftCorporation", "MicrosoftCorporation", "adx", True),
        ("OPEX Software ApS", "opexsoftware", "opex", False),
        ("CDS Default Publisher", "Cr7a1", "cr7a1", False),
    ):
        publisher = org.add("publisher", friendlyname=name, uniquename=unique, customizationprefix=prefix, customizationoptionvalueprefix=74120, isreadonly=readonly)  # fmt: skip
        if prefix == "opex":
            org.add("solution", uniquename="opex365core", friendlyname="OPEX 365 CRM", version="4.2.0.17", ismanaged=True, publisherid=("publisher", publisher))  # fmt: skip
        if prefix == "msdyn":
            org.add("solution", uniquename="msdynce_Sales", friendlyname="Sales", version="9.0.24", ismanaged=True, publisherid=("publisher", publisher))  # fmt: skip


def _add_processes(org):
    def process(known, name, table, unique):
        return org.add("workflow", known=known, name=name, category=4, type=1, statecode=1, statuscode=2, mode=0, scope=4, primaryentity=table, uniquename=unique, ismanaged=True)  # fmt: skip

    sales = process("sales_process", "Opportunity Sales Process", "opportunity", "opportunitysalesprocess")  # fmt: skip
    ids = [org.new_id() for _stage in range(4)]
    # The only place that tells the order of the stages.
    steps = [{"id": key, "description": "Stage"} for key in ids]
    org.tables["workflow"][sales]["clientdata"] = json.dumps({"steps": {"list": steps}})
    words = (("Qualify", 0), ("Develop", 1), ("Propose", 2), ("Close", 3))
    for number, (name, category) in enumerate(words):
        org.add("processstage", id=ids[number], stagename=name, stagecategory=category, primaryentitytypecode="opportunity", processid=("workflow", sales))  # fmt: skip
    org.known["sales_stages"] = ids
    # What comes with the Sales app: it begins with a lead, and goes on as a deal.
    first = process("lead_process", "Lead to Opportunity", "lead", "leadtoopportunitysalesprocess")  # fmt: skip
    for name, category in words:
        org.known["lead_stage"] = org.add("processstage", stagename=f"{name} (L)", stagecategory=category, primaryentitytypecode="opportunity" if category else "lead", processid=("workflow", first))  # fmt: skip
    case = process("case_process", "Phone to Case Process", "incident", "phonetocaseprocess")  # fmt: skip
    for name, category in (("Identify", 4), ("Research", 5), ("Résoudre", 6)):
        org.known["case_stage"] = org.add("processstage", stagename=name, stagecategory=category, primaryentitytypecode="incident", processid=("workflow", case))  # fmt: skip


def _add_automations(org):
    def automation(name, category, **values):
        values = {"type": 1, "statecode": 1, "statuscode": 2, "mode": 0, "scope": 4, "primaryentity": "none", **values}  # fmt: skip
        return org.add("workflow", name=name, category=category, **values)

    for name, definition in FLOWS:
        automation(name, 5, clientdata=json.dumps(definition))
    for name, values, definition in get_classic(list(org.tables["systemuser"])):
        automation(name, 0, xaml=definition, **values)
    automation("Grüße zum Geburtstag 🎂", 0, type=2, primaryentity="contact", xaml="<Activity/>")  # fmt: skip
    automation("Require VAT", 2, primaryentity="account", ismanaged=True)
    automation("Recalculate", 3, statecode=0, statuscode=1, mode=1)
    automation("Robot des factures", 6, statecode=2, statuscode=3)


def _add_plugins(org):
    message = org.add("sdkmessage", name="Update")
    target = org.add("sdkmessagefilter", primaryobjecttypecode="opportunity")
    for name, managed in (("Opex.Plugins", True), ("Kunde.Plugins", False)):
        assembly = org.add("pluginassembly", name=name, version="1.0.0.0", culture="neutral", isolationmode=2, sourcetype=0, content="TVqQAAMAAAAEAAAA", ismanaged=managed)  # fmt: skip
        kind = org.add("plugintype", name=f"{name}.Deal", typename=f"{name}.Deal", friendlyname="Deal", pluginassemblyid=("pluginassembly", assembly))  # fmt: skip
        org.add("sdkmessageprocessingstep", name=f"{name}.Deal: Update of opportunity", stage=40, mode=0, rank=1, filteringattributes="estimatedvalue,statecode", configuration="Password=hunter2-in-a-step;", ismanaged=managed, eventhandler=("plugintype", kind), sdkmessageid=("sdkmessage", message), sdkmessagefilterid=("sdkmessagefilter", target), statuscode=1)  # fmt: skip


def _add_machines(org, count):
    accounts, contacts = list(org.tables["account"]), list(org.tables["contact"])
    for number in range(count):
        owner = ("contact", contacts[number % len(contacts)]) if number % 2 else ("account", accounts[number % len(accounts)])  # fmt: skip
        machine = org.add("opex_machine", opex_name=f"CNC-7 “Žižka” {number}", opex_serialnumber=f"SN{number}", opex_condition=(741200000, 741200001, 741200099)[number % 3], opex_options="1,4" if number % 2 else None, opex_account=("account", accounts[0]), opex_owner2=owner, opex_price=45_000.1234, opex_hours=12.0000000001, opex_installed="2021-02-28", opex_warranty="2026-02-27T23:00:00Z", opex_shift="2025-03-04T06:00:00Z", opex_serviced="2025-03-03T23:30:00Z", opex_remote=number % 2 == 0, opex_remarks=None if number else "")  # fmt: skip
        if number < 2:
            org.link("opex_machine_contact", machine, contacts[0])
        if number == 0:
            org.known["machine"] = machine
            org.tables["opex_machine"][machine].update(opex_manual=bytes(range(256)) * 20, opex_manual_name="Handbuch ✓.bin")  # fmt: skip
    # Each leads to the other, and one lookup to tables that become different things.
    first = ("opex_machine", org.known["machine"])
    org.known["hall"] = org.add("opex_hall", opex_name="Halle Süd", opex_mainmachine=first, opex_about=first)  # fmt: skip
    org.tables["opex_machine"][first[1]]["opex_hall"] = ("opex_hall", org.known["hall"])
    org.tables["contact"][contacts[0]]["opex_machineid"] = ("opex_machine", org.known["machine"])  # fmt: skip
    org.add("opex_visit", subject="Visite annuelle", regardingobjectid=("account", accounts[0]), opex_outcome=741200001, statecode=1, statuscode=2)  # fmt: skip
    org.add("cr7a1_note", cr7a1_name="made in the maker portal", cr7a1_big="ß" * 2000)
    org.add("msdyn_insight", msdyn_name="of Microsoft")


def fill_added_columns(org):
    """Fill what a customer and an add-on added to tables of the product's own.

    Odoo's models for them get no fields of the customer's: they are told in the texts.
    """
    accounts, contacts = list(org.tables["account"]), list(org.tables["contact"])
    account = ("account", accounts[0])
    for contact in contacts[:2]:
        org.link("opex_account_partner", accounts[0], contact)
    if deals := list(org.tables.get("opportunity", ())):
        org.link("opex_deal_stakeholder", deals[1], contacts[2])
    for table, filled in (
        ("task", {"opex_effort": 2.5, "opex_plant": account}),
        ("phonecall", {"opex_mood": 741200001, "opex_urgent": True}),
        ("incident", {"opex_fault": "F-17 Überdruck"}),
        ("quote", {"opex_incoterm": 741200001}),
        ("campaign", {"opex_booth": "H3-B12"}),
        ("opportunity", {"msdyn_forecastcategory": 100000002}),
    ):
        for row in org.tables.get(table, {}).values():
            row.update(filled)
