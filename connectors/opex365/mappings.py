"""Default mapping of OPEX 365 CRM. Copied into the job, where the user reviews it."""

from ..core.sentences import _lt
from ..mapping.vocabulary import (
    coalesce,
    constant,
    date,
    datetime,
    decimal,
    email,
    field,
    html,
    integer,
    is_none_of,
    is_one_of,
    is_set,
    is_unset,
    lookup,
    lookup_all,
    lookup_parent,
    lookup_typed,
    lower,
    mapping,
    owner,
    phone,
    replace_values,
    stage_steps,
    strip,
    url,
    value_map,
)
from . import (
    mappings_activities,
    mappings_addresses,
    mappings_calls,
    mappings_history,
    mappings_lists,
    mappings_papers,
    mappings_sales,
    mappings_service,
)
from .mappings_invoices import INVOICE_MAPPINGS
from .mappings_notes import COMPANY, DEAL, LEAD, PERSON
from .mappings_parts import (
    ADDRESS,
    CREATED,
    OWNER,
    STAMPS,
    UPDATED,
    WRITTEN_BY,
)
from .mappings_sales import IN_TABLE, TABLE
from .mappings_value_lists import VALUE_LISTS  # noqa: F401  # a part of the profile
from .vocabulary import noted, second_address, with_codes

CLOSE_DATE = field(
    "date_deadline", ("_days.estimatedclosedate", "estimatedclosedate"), coalesce, date
)
CURRENCY = (
    field("@currency", "_currency", strip),
    field("@rate", "_rate", decimal),
    field("@rate_currency", "_rate_currency", strip),
)
OF_AMOUNT = {
    "_currency": _lt("a deal without an amount needs no currency"),
    "_rate": _lt("converts the amount where it leads to the company's currency"),
    "_rate_currency": _lt(
        "converts the amount where it leads to the company's currency"
    ),
}
NAME_PARTS = dict.fromkeys(
    ("fullname", "firstname", "middlename", "lastname"),
    _lt("the name tells it, in the order of the organization"),
)

MAPPINGS = (
    mapping(
        "users",
        "res.users",
        field("name", "fullname", strip, required=True),
        field(
            "login",
            ("internalemailaddress", "domainname"),
            coalesce,
            email,
            lower,
            required=True,
        ),
        field("email", "internalemailaddress", email),
        CREATED,
        UPDATED,
        when=is_one_of("_is_person", "true"),
        ignored={
            "systemuserroles_association": _lt(
                "rights are never granted by a migration"
            ),
            "_businessunitid_value": _lt("rights are never granted by a migration"),
            "accessmode": _lt("rights are never granted by a migration"),
            "employeeid": _lt("belongs in the personnel records"),
            **dict.fromkeys(
                ("firstname", "lastname"), _lt("the full name tells it, in its order")
            ),
            **dict.fromkeys(
                (
                    *("isdisabled", "islicensed", "deletedstate", "domainname"),
                    *("title", "jobtitle", "mobilephone", "homephone"),
                    "personalemailaddress",
                    "azureactivedirectoryobjectid",
                    *("_parentsystemuserid_value", "_queueid_value"),
                ),
                _lt("a user of Odoo is chosen, and keeps what Odoo knows of them"),
            ),
        },
    ),
    mapping(
        "teams",
        "res.users",
        field("name", "name", strip, required=True),
        # A team that owns records is proposed to be its administrator.
        field("email", "administratorid.internalemailaddress", email),
        CREATED,
        UPDATED,
        after=("users",),
        # Teams for access alone own nothing.
        when=is_none_of("teamtype", "1"),
        ignored={
            "teammembership_association": _lt(
                "rights are never granted by a migration"
            ),
            "_businessunitid_value": _lt("rights are never granted by a migration"),
            **dict.fromkeys(
                (
                    *("teamtype", "isdefault", "description", "emailaddress"),
                    *("_administratorid_value", "_queueid_value", "administratorid"),
                ),
                _lt("a user of Odoo is chosen, who stands for the team"),
            ),
        },
    ),
    mapping(
        "pipelines",
        "crm.team",
        field("name", "name", strip, required=True),
        CREATED,
        UPDATED,
        when=is_one_of("_sales", "true"),
        ignored={
            "clientdata": _lt("the definition of the process, read for the order"),
            **dict.fromkeys(
                (
                    *("category", "type", "mode", "scope", "primaryentity", "runas"),
                    *("triggeroncreate", "triggerondelete", "ondemand", "subprocess"),
                    *("triggeronupdateattributelist", "uiflowtype", "ismanaged"),
                    *("uniquename", "description", "_parentworkflowid_value"),
                    *("solutionid", "statuscode"),
                ),
                _lt("how the process works, which no team of Odoo has"),
            ),
        },
    ),
    mapping(
        "stages",
        "crm.stage",
        field("name", "stagename", strip, required=True),
        field("sequence", "_sequence", integer),
        field("team_ids", "_processid_value", lookup_all("pipelines", "")),
        after=("pipelines",),
        when=is_one_of("_sales", "true"),
        ignored={
            "stagecategory": _lt("told by the order of the stages"),
            "primaryentitytypecode": _lt("told by the process"),
            "clientdata": _lt("the steps of the stage, which Odoo has not"),
            "_parentprocessstageid_value": _lt("told by the order of the stages"),
        },
    ),
    mapping(
        "campaigns",
        "utm.campaign",
        field("name", "name", strip, required=True),
        CREATED,
        UPDATED,
        ignored={
            **dict.fromkeys(
                (
                    *("codename", "typecode", "description", "statuscode"),
                    *("proposedstart", "proposedend", "actualstart", "actualend"),
                    *("budgetedcost", "othercost", "totalactualcost"),
                ),
                _lt("a campaign of Odoo has its name alone"),
            ),
        },
    ),
    mapping(
        "companies",
        "res.partner",
        field("name", "name", strip, required=True),
        field("is_company", None, constant(True)),
        field("parent_id", "_parentaccountid_value", lookup("companies")),
        field("ref", "accountnumber", strip),
        field("email", "emailaddress1", email),
        field("phone", "telephone1", phone),
        field("website", "websiteurl", url),
        field("industry_id", "_labels.industrycode", value_map("industries")),
        *ADDRESS,
        noted("comment", COMPANY),
        field("active", "statecode", replace_values(**{"0": True, "1": False})),
        OWNER,
        *STAMPS,
        after=("users",),
    ),
    second_address("companies", "accountid", ("name",)),
    mapping(
        "contacts",
        "res.partner",
        field("name", ("_name",), coalesce, strip),
        field("is_company", None, constant(False)),
        field("parent_id", "_parent_customer", lookup_parent),
        field("function", "jobtitle", strip),
        field("email", "emailaddress1", email),
        field("phone", ("telephone1", "mobilephone"), coalesce, phone),
        field("website", "websiteurl", url),
        *ADDRESS,
        noted("comment", PERSON),
        field("active", "statecode", replace_values(**{"0": True, "1": False})),
        OWNER,
        *STAMPS,
        after=("users", "companies"),
        ignored={
            **NAME_PARTS,
            "birthdate": _lt("noted as the day that it means"),
            "anniversary": _lt("noted as the day that it means"),
            "governmentid": _lt("belongs to nobody's CRM"),
            "employeeid": _lt("belongs in the personnel records"),
            "externaluseridentifier": _lt("a login of a portal, which never moves"),
        },
    ),
    second_address("contacts", "contactid", ("_name",)),
    *mappings_addresses.MAPPINGS,
    mapping(
        "leads",
        "crm.lead",
        field(
            "name",
            ("subject", "_name", "companyname"),
            coalesce,
            strip,
        ),
        field("type", None, constant("lead")),
        field("contact_name", ("_name",), coalesce, strip),
        field("partner_name", "companyname", strip),
        field("partner_id", "_customer", lookup_parent),
        field("function", "jobtitle", strip),
        field("email_from", "emailaddress1", email),
        field("phone", ("telephone1", "mobilephone"), coalesce, phone),
        field("website", "websiteurl", url),
        *ADDRESS,
        field("expected_revenue", "estimatedamount", decimal),
        *CURRENCY,
        CLOSE_DATE,
        field("source_id", "_labels.leadsourcecode", value_map("sources")),
        field("campaign_id", "_campaignid_value", lookup("campaigns")),
        field(
            "@state",
            "statecode",
            replace_values(**{"0": "open", "1": "won", "2": "lost"}),
        ),
        field("lost_reason_id", "_lost_reason", value_map("lost_reasons")),
        noted("@note", LEAD),
        OWNER,
        *STAMPS,
        after=("users", "companies", "contacts", "campaigns", "deals"),
        # One that became nothing else is still what it is.
        when=is_unset("_became"),
        ignored={
            **NAME_PARTS,
            **OF_AMOUNT,
            "_owner": _lt("named in the note on what the lead became"),
        },
    ),
    # A qualified lead goes on as the opportunity that it became: what it held is a note
    # there, and what hangs on it goes where that note is.
    mapping(
        "leads",
        "mail.message",
        field("@subtype", None, constant("note")),
        field("subject", ("subject", "_name", "companyname"), coalesce, strip),
        field("body", "_sheet", html, required=True),
        field("date", "createdon", datetime, required=True),
        field("@author", "_creator", owner),
        WRITTEN_BY,
        field(
            "@thread",
            ("_became",),
            lookup_typed(
                "stream",
                "contacts",
                deals="deals",
                contacts="contacts",
                companies="companies",
            ),
            required=True,
        ),
        *STAMPS,
        when=is_set("_became"),
        label=_lt("Qualified leads"),
        key="qualified",
        ignored={"_amounts_in": _lt("told by the note, beside the amounts")},
    ),
    mapping(
        "deals",
        "crm.lead",
        field("name", "name", strip),
        field("type", None, constant("opportunity")),
        field("team_id", "_stage.pipeline", lookup("pipelines")),
        field("stage_id", "_stage.id", lookup("stages")),
        field("@stage_history", "_stage.steps", stage_steps("stages")),
        field(
            "partner_id",
            "_customer",
            lookup_parent,
            lossy=_lt("Odoo knows one customer; the account is told by the contact"),
        ),
        field("expected_revenue", ("_amount", "estimatedvalue"), coalesce, decimal),
        *CURRENCY,
        field("probability", "closeprobability", decimal),
        CLOSE_DATE,
        field("campaign_id", "_campaignid_value", lookup("campaigns")),
        field(
            "@state",
            "statecode",
            replace_values(**{"0": "open", "1": "won", "2": "lost"}),
        ),
        field(
            "@closed_at",
            ("_closed_at", "actualclosedate"),
            coalesce,
            datetime,
        ),
        field("lost_reason_id", "_lost_reason", value_map("lost_reasons")),
        field("@note", "_lines", TABLE, instead_of="sale.order"),
        noted("description", DEAL),
        OWNER,
        *STAMPS,
        after=("users", "stages", "contacts", "companies", "campaigns"),
        ignored={
            **OF_AMOUNT,
            **IN_TABLE,
            **dict.fromkeys(
                ("_stage.id", "_stage.steps.stage"),
                _lt(
                    "a deal that was won stands in the stage for won deals; the notes name "
                    "the one that it was in"
                ),
            ),
            "opportunitycompetitors_association.competitorid": _lt(
                "the notes name the competitors"
            ),
            "stepname": _lt("tells the stage where no process does"),
            "salesstage": _lt("tells the stage where no process does"),
            "isrevenuesystemcalculated": _lt(
                "the amount is what it came to, either way"
            ),
            "finaldecisiondate": _lt("noted as the day that it means"),
            **dict.fromkeys(
                (
                    *("pricingerrorcode", "skippricecalculation", "resolvefeedback"),
                    *("captureproposalfeedback", "pursuitdecision", "confirminterest"),
                    *("completeinternalreview", "completefinalproposal"),
                    *("developproposal", "evaluatefit", "filedebrief"),
                    *("identifycompetitors", "identifycustomercontacts"),
                    *("identifypursuitteam", "presentproposal", "sendthankyounote"),
                    *("presentfinalproposal", "schedulefollowup_prospect"),
                ),
                _lt("a step of the process, which its stage tells"),
            ),
        },
    ),
    *mappings_lists.MAPPINGS,
    *mappings_service.MAPPINGS,
    *mappings_calls.MAPPINGS,
    *mappings_activities.MAPPINGS,
    *mappings_papers.MAPPINGS,
    *mappings_history.MAPPINGS,
    *mappings_sales.MAPPINGS,
    *INVOICE_MAPPINGS,
)
MAPPINGS = with_codes(MAPPINGS)
