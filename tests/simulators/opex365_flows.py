"""Cloud flows of the invented organization, as ``clientdata`` holds them.

Their form is that of public solutions: triggers and actions of Logic Apps, the parameters
of the Dataverse and the Outlook connector under names with a slash.
"""

DATAVERSE = "/providers/Microsoft.PowerApps/apis/shared_commondataserviceforapps"
OUTLOOK = "/providers/Microsoft.PowerApps/apis/shared_office365"
CREATE, DELETE, UPDATE, CREATE_OR_UPDATE = 1, 2, 3, 4
OF_RECORD = "@triggerOutputs()?['body/{}']"


def flow(trigger, actions):
    return {
        "properties": {
            "connectionReferences": {
                "shared_office365": {"api": {"name": "shared_office365"}}
            },
            "definition": {
                "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
                "contentVersion": "1.0.0.0",
                "triggers": trigger,
                "actions": in_order(actions),
            },
        },
        "schemaVersion": "1.0.0.0",
    }


def in_order(actions):
    """Each runs after the one before; written down the other way round, as may be."""
    names = list(actions)
    for before, name in zip(names, names[1:], strict=False):
        actions[name]["runAfter"] = {before: ["Succeeded"]}
    return dict(reversed(actions.items()))


def on_row(message, table, **more):
    said = {f"subscriptionRequest/{name}": value for name, value in more.items()}
    said |= {"subscriptionRequest/message": message, "subscriptionRequest/entityname": table, "subscriptionRequest/scope": 4}  # fmt: skip
    host = {"apiId": DATAVERSE, "connectionName": "shared_commondataserviceforapps", "operationId": "SubscribeWebhookTrigger"}  # fmt: skip
    return {"When_a_row_changes": {"type": "OpenApiConnectionWebhook", "inputs": {"host": host, "parameters": said}}}  # fmt: skip


def call(api, operation, **parameters):
    host = {"apiId": api, "connectionName": api.rpartition("/")[2], "operationId": operation}  # fmt: skip
    return {"type": "OpenApiConnection", "runAfter": {}, "inputs": {"host": host, "parameters": parameters}}  # fmt: skip


def mail(to, subject, body):
    return call(OUTLOOK, "SendEmailV2", **{"emailMessage/To": to, "emailMessage/Subject": subject, "emailMessage/Body": body})  # fmt: skip


def update(table, key, **columns):
    said = {f"item/{name}": value for name, value in columns.items()}
    return call(DATAVERSE, "UpdateOnlyRecord", entityName=table, recordId=OF_RECORD.format(key), **said)  # fmt: skip


def task(subject, table, key, days, kind="tasks"):
    bind = f"item/regardingobjectid_{table}_task@odata.bind"
    return call(DATAVERSE, "CreateRecord", entityName=kind, **{
        "item/subject": subject, "item/description": "Made by a flow",
        "item/scheduledend": f"@addDays(utcNow(), {days})",
        bind: f"{table}s(@{{triggerOutputs()?['body/{key}']}})"})  # fmt: skip


def wait(count, unit):
    return {"type": "Wait", "runAfter": {}, "inputs": {"interval": {"count": count, "unit": unit}}}  # fmt: skip


def if_greater(column, value, actions, otherwise=None):
    return {
        "type": "If",
        "runAfter": {},
        "expression": {"and": [{"greater": [OF_RECORD.format(column), value]}]},
        "actions": actions,
        "else": {"actions": otherwise or {}},
    }


FLOWS = (
    ("Notify on big deal", flow(
        on_row(UPDATE, "opportunity", filteringattributes="estimatedvalue"),
        {"Is_it_big": if_greater("estimatedvalue", 100000, {
            "Send_mail": mail(OF_RECORD.format("_ownerid_value"), "Big deal: @{triggerOutputs()?['body/name']}", "<p>@{triggerOutputs()?['body/name']} has grown.</p>")})})),
    ("Call new contacts", flow(
        on_row(CREATE, "contact"),
        {"Add_a_call": task("Introduce <yourself>", "contact", "contactid", 2, "phonecalls")})),
    ("Neue Firmen an das ERP", flow(
        on_row(CREATE, "account"),
        {"HTTP": {"type": "Http", "runAfter": {}, "inputs": {"method": "POST", "uri": "https://erp.example.com/in?code=invented-secret"}}})),
    ("Follow up after three days", flow(
        on_row(CREATE, "opportunity"),
        {"Delay": wait(3, "Day"), "Add_a_task": task("Follow up", "opportunity", "opportunityid", 1)})),
    ("Hot deals have a high probability", flow(
        on_row(UPDATE, "opportunity", filteringattributes="estimatedvalue", filterexpression="estimatedvalue gt 50000"),
        {"Update_a_row": update("opportunities", "opportunityid", closeprobability=70)})),
    ("Welcome of new customers", flow(
        on_row(CREATE, "contact"),
        {"Send_mail": mail(OF_RECORD.format("emailaddress1"), "Welcome", "<p>Dear @{triggerOutputs()?['body/fullname']}</p>")})),
    ("Changed addresses", flow(
        on_row(UPDATE, "account", filteringattributes="address1_line1, address1_city"),
        {"Add_a_task": task("Check the address", "account", "accountid", 0)})),
    ("Won deals to the ERP", flow(
        on_row(UPDATE, "opportunity", filteringattributes="statecode", filterexpression="statecode eq 1"),
        {"HTTP": {"type": "Http", "runAfter": {}, "inputs": {"method": "POST", "uri": "https://erp.example.com/won"}}})),
    ("Lost deals: ask why", flow(
        on_row(UPDATE, "opportunity", filteringattributes="statecode", filterexpression="statecode eq 2"),
        {"Add_a_task": task("Ask why", "opportunity", "opportunityid", 5)})),
    ("New leads", flow(
        on_row(CREATE, "lead"),
        {"Add_a_call": task("Call the lead", "lead", "leadid", 1, "phonecalls"),
         "Send_mail": mail("sales@firm.example", "A lead", "<p>@{triggerOutputs()?['body/subject']}</p>")})),
    ("Neuer Fall ⚠", flow(
        on_row(CREATE, "incident"),
        {"Add_a_task": task("Answer the customer", "incident", "incidentid", 1)})),
    ("People who move", flow(
        on_row(UPDATE, "contact", filteringattributes="address1_city"),
        {"HTTP": {"type": "Http", "runAfter": {}, "inputs": {"method": "POST", "uri": "https://maps.example.com/in"}}})),
    ("Deals without an end", flow(
        on_row(CREATE, "opportunity", filterexpression="estimatedclosedate eq null"),
        {"Add_a_task": task("Ask when they decide", "opportunity", "opportunityid", 2)})),
    ("Remind after a week, and again", flow(
        on_row(CREATE, "lead"),
        {"Delay": wait(7, "Day"), "First": task("Call again", "lead", "leadid", 0, "phonecalls"),
         "Delay_2": wait(7, "Day"), "Second": task("Last call", "lead", "leadid", 0, "phonecalls")})),
    ("Discounts are approved", flow(
        on_row(UPDATE, "opportunity", filteringattributes="discountpercentage"),
        {"Start_and_wait": call("/providers/Microsoft.PowerApps/apis/shared_approvals", "StartAndWaitForAnApproval")})),
    ("Weekly numbers ✉", flow(
        {"Recurrence": {"type": "Recurrence", "recurrence": {"frequency": "Week", "interval": 1}}},
        {"Send_mail": mail("boss@firm.example", "Numbers", "<p>…</p>")})),
    ("Form of the web site", flow(
        {"manual": {"type": "Request", "kind": "Http", "inputs": {"schema": {}}}},
        {"Add_a_row": call(DATAVERSE, "CreateRecord", entityName="leads")})),
)  # fmt: skip
