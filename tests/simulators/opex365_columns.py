"""Columns that several tables of the simulated Dataverse organization have. Data only.

They are written as in ``opex365_tables``.
"""

OWNED = """ownerid:O owninguser:L(systemuser) owningteam:L(team)
    owningbusinessunit:L(businessunit) statecode:P statuscode:P"""
STAMPS = """createdon:DT modifiedon:DT createdby:L(systemuser) modifiedby:L(systemuser)
    createdonbehalfby:L(systemuser) modifiedonbehalfby:L(systemuser)
    overriddencreatedon:DT importsequencenumber:I versionnumber:V
    timezoneruleversionnumber:I utcconversiontimezonecode:I"""
MONEY = "transactioncurrencyid:L(transactioncurrency) exchangerate:N"
ADDRESS = " ".join(
    f"address{number}_{part}"
    for number in (1, 2)
    for part in (
        "name:S200", "line1:S250", "line2:S250", "line3:S250", "city:S80", "stateorprovince:S50",
        "postalcode:S20", "country:S80", "composite:M", "latitude:N", "addressid:G",
        "addresstypecode:P", "shippingmethodcode:P", "freighttermscode:P", "county:S50",
        "postofficebox:S20", "telephone1:S50", "primarycontactname:S100", "utcoffset:I",
    )
)  # fmt: skip
OF_CUSTOMERS = """participatesinworkflow:B followemail:B marketingonly:B customersizecode:P
    shippingmethodcode:P processid:G stageid:G traversedpath:S1250 lastonholdtime:DT
    onholdtime:I"""
REFUSALS = """donotemail:B donotbulkemail:B donotphone:B donotfax:B donotpostalmail:B
    donotbulkpostalmail:B donotsendmm:B"""
REACH = """emailaddress1:S100 emailaddress2:S100 emailaddress3:S100 telephone1:S50
    telephone2:S50 telephone3:S50 fax:S50 websiteurl:S200"""
REGARDED = (
    "account|contact|lead|opportunity|incident|campaign|opex_machine|quote|salesorder"
    "|invoice|contract"
)
SOLD = """customerid:C accountid:L(account) contactid:L(contact)
    opportunityid:L(opportunity) pricelevelid:L(pricelevel) description:M totalamount:$ totalamountlessfreight:$
    totaltax:$ totallineitemamount:$ discountamount:$ discountpercentage:N
    freightamount:$ paymenttermscode:P freighttermscode:P shippingmethodcode:P
    billto_name:S200 billto_line1:S4000 billto_postalcode:S20 billto_city:S80
    billto_country:S80 shipto_name:S200 shipto_line1:S4000 shipto_postalcode:S20
    shipto_city:S80 shipto_country:S80"""
LINE = """productid:L(product) productdescription:S500 isproductoverridden:B quantity:N
    uomid:L(uom) priceperunit:$ baseamount:$ manualdiscountamount:$
    volumediscountamount:$ tax:$ extendedamount:$ lineitemnumber:I description:M"""
ACTIVITY = f"""subject:S200 description:M activitytypecode:E statecode:P statuscode:P
    prioritycode:P scheduledstart:DT scheduledend:DT actualstart:DT actualend:DT
    scheduleddurationminutes:I actualdurationminutes:I
    regardingobjectid:L({REGARDED}) ownerid:O owninguser:L(systemuser)
    owningteam:L(team) isbilled:B isworkflowcreated:B seriesid:G instancetypecode:P
    senton:DT sortdate:DT category:S250 subcategory:S250 {STAMPS} {MONEY}"""
INSTANCE = f"""bpf_name:S200 activestageid:L(processstage) activestagestartedon:DT
    completedon:DT traversedpath:S1250 processid:L(workflow) statecode:P statuscode:P
    {STAMPS}"""
PARTIES = "to:PL from:PL cc:PL bcc:PL"
PARTY_TARGETS = "account|contact|lead|systemuser|queue|equipment|incident|opportunity"
