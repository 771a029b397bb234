"""The tables of the simulated Dataverse organization: columns, choices, apps. Data only.

Columns are ``name:TYPE`` in the shorthand of the reference: ``S100`` text, ``M`` memo,
``I`` integer, ``N`` decimal, ``$`` money, ``B`` boolean, ``P`` choice, ``MS`` multi-choice,
``DT`` instant, ``D`` day, ``LD`` instant shown as a day, ``TZ`` instant without a zone,
``G`` GUID, ``E`` table name, ``L(a|b)`` lookup, ``C`` customer,
``O`` owner, ``PL`` party list, ``F`` file, ``IMG`` picture, ``V`` big integer, ``X`` managed
property. A capital letter within a name is its schema name.
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

ALWAYS, SALES, SERVICE, MARKETING, OPEX = (
    "", "sales", "service", "marketing", "opex",
)  # fmt: skip

# logical name: (entity set, object type code, id, name, app, columns)
TABLES = {
    "account": ("accounts", 1, "accountid", "name", ALWAYS, f"""name:S160
        accountnumber:S20 {REACH} ftpsiteurl:S200 parentaccountid:L(account)
        primarycontactid:L(contact) industrycode:P sic:S20 revenue:$
        numberofemployees:I marketcap:$ sharesoutstanding:I ownershipcode:P
        tickersymbol:S10 stockexchange:S20 customertypecode:P accountcategorycode:P
        territorycode:P territoryid:L(territory) paymenttermscode:P creditlimit:$
        creditonhold:B preferredcontactmethodcode:P
        preferredsystemuserid:L(systemuser) originatingleadid:L(lead)
        defaultpricelevelid:L(pricelevel) primarytwitterid:S128 description:M
        entityimage:IMG merged:B masterid:L(account) opendeals:I openrevenue:$
        preferredappointmentdaycode:P preferredappointmenttimecode:P
        yominame:S160 businesstypecode:P accountclassificationcode:P accountratingcode:P
        {OF_CUSTOMERS} opex_Segment:P opex_Contract:F {ADDRESS} {REFUSALS} {OWNED} {STAMPS} {MONEY}"""),
    "contact": ("contacts", 2, "contactid", "fullname", ALWAYS, f"""firstname:S50
        middlename:S50 lastname:S50 fullname:S160 salutation:S100 suffix:S10
        nickname:S50 {REACH} mobilephone:S50 pager:S50 jobtitle:S100 department:S100
        managername:S100 assistantname:S100 parentcustomerid:C accountid:L(account)
        parentcontactid:L(contact) birthdate:D anniversary:D gendercode:P
        familystatuscode:P spousesname:S100 accountrolecode:P customertypecode:P
        leadsourcecode:P preferredcontactmethodcode:P creditlimit:$ creditonhold:B
        preferredsystemuserid:L(systemuser) originatingleadid:L(lead) description:M
        entityimage:IMG merged:B masterid:L(contact) governmentid:S50
        annualincome:$ assistantphone:S50 business2:S50 callback:S50 home2:S50
        childrensnames:S255 company:S50 employeeid:S50 externaluseridentifier:S50
        ftpsiteurl:S200 managerphone:S50 numberofchildren:I paymenttermscode:P
        preferredappointmentdaycode:P preferredappointmenttimecode:P
        defaultpricelevelid:L(pricelevel) address3_name:S200 address3_line1:S250
        address3_line2:S250 address3_city:S80 address3_postalcode:S20
        address3_country:S80 address3_addressid:G
        yomifullname:S160 educationcode:P haschildrencode:P territorycode:P
        isbackofficecustomer:B isautocreate:B {OF_CUSTOMERS}
        adx_identity_passwordhash:S128 opex_Options:MS opex_Loyal:B
        opex_Machineid:L(opex_machine) {ADDRESS} {REFUSALS} {OWNED} {STAMPS} {MONEY}"""),
    "customeraddress": ("customeraddresses", 1071, "customeraddressid", "name", ALWAYS,
        f"""name:S200 parentid:L(account|contact) addressnumber:I addresstypecode:P
        line1:S250 line2:S250 line3:S250 city:S80 stateorprovince:S50 postalcode:S20
        country:S80 county:S50 postofficebox:S20 telephone1:S50 telephone2:S50
        telephone3:S50 fax:S50 primarycontactname:S150 shippingmethodcode:P
        freighttermscode:P upszone:S4 utcoffset:I latitude:N longitude:N composite:M
        objecttypecode:E parentidtypecode:E {STAMPS} {MONEY}"""),
    "lead": ("leads", 4, "leadid", "fullname", SALES, f"""subject:S300 firstname:S50
        lastname:S50 middlename:S50 fullname:S160 companyname:S100 jobtitle:S100
        {REACH} mobilephone:S20 description:M leadsourcecode:P leadqualitycode:P
        industrycode:P revenue:$ numberofemployees:I estimatedamount:$
        estimatedvalue:N estimatedclosedate:D budgetamount:$ budgetstatus:P need:P
        purchasetimeframe:P decisionmaker:B qualificationcomments:M
        parentaccountid:L(account) parentcontactid:L(contact) customerid:C
        qualifyingopportunityid:L(opportunity) campaignid:L(campaign) merged:B
        masterid:L(lead) msdyn_leadscore:I yomifullname:S160 salutation:S100
        pager:S20 sic:S20 preferredcontactmethodcode:P purchaseprocess:P salesstage:P
        accountid:L(account) contactid:L(contact) participatesinworkflow:B followemail:B
        processid:G stageid:G traversedpath:S1250 initialcommunication:P confirminterest:B
        evaluatefit:B prioritycode:P salesstagecode:P {ADDRESS} {REFUSALS} {OWNED} {STAMPS}
        {MONEY}"""),
    "opportunity": ("opportunities", 3, "opportunityid", "name", SALES, f"""name:S300
        description:M customerid:C parentaccountid:L(account)
        parentcontactid:L(contact) accountid:L(account) contactid:L(contact)
        estimatedvalue:$ actualvalue:$ isrevenuesystemcalculated:B
        estimatedclosedate:D actualclosedate:D closeprobability:I budgetamount:$
        budgetstatus:P need:P purchasetimeframe:P decisionmaker:B opportunityratingcode:P
        prioritycode:P salesstage:P salesstagecode:P stepname:S200 stageid:G
        processid:G traversedpath:S1250 customerneed:M currentsituation:M
        proposedsolution:M customerpainpoints:M quotecomments:M emailaddress:S100
        totalamount:$ totaltax:$ discountamount:$ discountpercentage:N
        pricelevelid:L(pricelevel) originatingleadid:L(lead) campaignid:L(campaign)
        participatesinworkflow:B pricingerrorcode:P skippricecalculation:P
        resolvefeedback:B captureproposalfeedback:B pursuitdecision:B
        completefinalproposal:B completeinternalreview:B confirminterest:B
        developproposal:B evaluatefit:B filedebrief:B identifycompetitors:B
        identifycustomercontacts:B identifypursuitteam:B presentfinalproposal:B
        presentproposal:B sendthankyounote:B schedulefollowup_prospect:DT
        finaldecisiondate:D freightamount:$ purchaseprocess:P qualificationcomments:M
        timeline:P totallineitemamount:$ msdyn_forecastcategory:P
        msdyn_predictivescoreid:L(msdyn_insight)
        {OWNED} {STAMPS} {MONEY}"""),
    "opportunityproduct": ("opportunityproducts", 1083, "opportunityproductid",
        "opportunityproductname", SALES, f"""opportunityproductname:S500
        opportunityid:L(opportunity) productid:L(product) isproductoverridden:B
        productdescription:S500 quantity:N uomid:L(uom) priceperunit:$
        ispriceoverridden:B baseamount:$ manualdiscountamount:$
        volumediscountamount:$ tax:$ extendedamount:$ lineitemnumber:I description:M
        producttypecode:P {STAMPS} {MONEY}"""),
    "opportunityclose": ("opportunitycloses", 4208, "activityid", "subject", SALES,
        f"""{ACTIVITY} opportunityid:L(opportunity) opportunitystatecode:P
        opportunitystatuscode:P actualrevenue:$ competitorid:L(competitor)"""),
    "competitor": ("competitors", 123, "competitorid", "name", SALES, f"""name:S100
        websiteurl:S200 strengths:M weaknesses:M opportunities:M threats:M overview:M
        keyproduct:S200 reportedrevenue:$ winpercentage:N {STAMPS} {MONEY}"""),
    "quote": ("quotes", 1084, "quoteid", "name", SALES, f"""name:S300 quotenumber:S100
        revisionnumber:I {SOLD} effectivefrom:D effectiveto:D expireson:DT closedon:DT
        opex_Incoterm:P {OWNED} {STAMPS} {MONEY}"""),
    "quotedetail": ("quotedetails", 1085, "quotedetailid", "quotedetailname", SALES,
        f"quotedetailname:S100 quoteid:L(quote) {LINE} {STAMPS} {MONEY}"),
    "salesorder": ("salesorders", 1088, "salesorderid", "name", SALES, f"""name:S300
        ordernumber:S100 quoteid:L(quote) {SOLD} submitdate:D datefulfilled:DT
        {OWNED} {STAMPS} {MONEY}"""),
    "salesorderdetail": ("salesorderdetails", 1089, "salesorderdetailid",
        "salesorderdetailname", SALES, f"""salesorderdetailname:S100
        salesorderid:L(salesorder) {LINE} {STAMPS} {MONEY}"""),
    "invoice": ("invoices", 1090, "invoiceid", "name", SALES, f"""name:S300
        invoicenumber:S100 salesorderid:L(salesorder) {SOLD} duedate:D datedelivered:DT
        {OWNED} {STAMPS} {MONEY}"""),
    "invoicedetail": ("invoicedetails", 1091, "invoicedetailid", "invoicedetailname",
        SALES, f"""invoicedetailname:S100 invoiceid:L(invoice) {LINE} {STAMPS}
        {MONEY}"""),
    "goal": ("goals", 9600, "goalid", "title", SALES, f"""title:S100
        goalownerid:L(systemuser|team) goalstartdate:DT goalenddate:DT targetmoney:$
        actualmoney:$ percentage:N amountdatatype:P {OWNED} {STAMPS} {MONEY}"""),
    "contract": ("contracts", 1010, "contractid", "title", SERVICE, f"""title:S100
        contractnumber:S100 customerid:C accountid:L(account) contactid:L(contact)
        activeon:DT expireson:DT totalprice:$ contractlanguage:M {OWNED} {STAMPS}
        {MONEY}"""),
    "contractdetail": ("contractdetails", 1011, "contractdetailid", "title", SERVICE,
        f"""title:S500 contractid:L(contract) productid:L(product) price:$
        initialquantity:I {OWNED} {STAMPS} {MONEY}"""),
    "knowledgearticle": ("knowledgearticles", 9955, "knowledgearticleid", "title",
        ALWAYS, f"""title:S450 articlepublicnumber:S100 content:M keywords:M
        description:M isrootarticle:B islatestversion:B majorversionnumber:I
        minorversionnumber:I rootarticleid:L(knowledgearticle) subjectid:L(subject)
        publishon:DT expirationdate:DT knowledgearticleviews:I {OWNED} {STAMPS}"""),
    "post": ("posts", 8000, "postid", "text", ALWAYS, f"""text:S1000 largetext:M
        source:P type:P regardingobjectid:L({REGARDED}) createdby:L(systemuser)
        createdon:DT modifiedon:DT createdonbehalfby:L(systemuser) modifiedby:L(systemuser)
        versionnumber:V"""),
    "postcomment": ("postcomments", 8005, "postcommentid", "text", ALWAYS, """text:S1000
        largetext:M postid:L(post) createdby:L(systemuser) createdon:DT
        createdonbehalfby:L(systemuser) versionnumber:V"""),
    "msdyn_richtextfile": ("msdyn_richtextfiles", 10036, "msdyn_richtextfileid",
        "msdyn_name", ALWAYS, f"""msdyn_name:S100 msdyn_imageblob:IMG msdyn_fileblob:F
        msdyn_parententity_fieldname:S100 msdyn_parententityname:S100
        msdyn_parentid:S100 {OWNED} {STAMPS}"""),
    "product": ("products", 1024, "productid", "name", SALES, f"""name:S100
        productnumber:S100 description:M productstructure:P producttypecode:P price:$
        standardcost:$ currentcost:$ defaultuomid:L(uom) pricelevelid:L(pricelevel)
        parentproductid:L(product) hierarchypath:S450 subjectid:L(subject)
        quantitydecimal:I quantityonhand:N stockweight:N stockvolume:N size:S200
        isstockitem:B vendorpartnumber:S100 defaultuomscheduleid:L(uomschedule)
        suppliername:S100 vendorname:S100 producturl:S255 validfromdate:D
        validtodate:D entityimage:IMG statecode:P statuscode:P {STAMPS} {MONEY}"""),
    "productassociation": ("productassociations", 1025, "productassociationid", None,
        SALES, f"""productid:L(product) associatedproduct:L(product) quantity:N
        productisrequired:P uomid:L(uom) {STAMPS}"""),
    "uom": ("uoms", 1055, "uomid", "name", SALES, f"""name:S100 quantity:N
        baseuom:L(uom) uomscheduleid:L(uomschedule) isschedulebaseuom:B {STAMPS}"""),
    "uomschedule": ("uomschedules", 1056, "uomscheduleid", "name", SALES,
        f"name:S200 baseuomname:S100 {STAMPS}"),
    "pricelevel": ("pricelevels", 1022, "pricelevelid", "name", SALES, f"""name:S100
        description:M begindate:DT enddate:DT statecode:P statuscode:P {STAMPS}
        {MONEY}"""),
    "productpricelevel": ("productpricelevels", 1026, "productpricelevelid",
        "productidname", SALES, f"""pricelevelid:L(pricelevel) productid:L(product)
        uomid:L(uom) uomscheduleid:L(uomschedule) roundingoptioncode:P
        productnumber:S100 amount:$ percentage:N pricingmethodcode:P
        quantitysellingcode:P roundingpolicycode:P {STAMPS} {MONEY}"""),
    "incident": ("incidents", 112, "incidentid", "title", SERVICE, f"""title:S200
        ticketnumber:S100 description:M customerid:C primarycontactid:L(contact)
        parentcaseid:L(incident) masterid:L(incident) subjectid:L(subject)
        productid:L(product) entitlementid:L(entitlement) prioritycode:P
        severitycode:P caseorigincode:P casetypecode:P customersatisfactioncode:P
        isescalated:B escalatedon:DT followupby:DT resolveby:DT deactivatedon:DT
        caseage:S20 emailaddress:S100 merged:B opex_Fault:S100 {OWNED} {STAMPS}"""),
    "incidentresolution": ("incidentresolutions", 4206, "activityid", "subject",
        SERVICE, f"""{ACTIVITY} incidentid:L(incident) resolutiontypecode:P
        timespent:I totaltimespent:S50"""),
    "entitlement": ("entitlements", 9700, "entitlementid", "name", SERVICE,
        f"""name:S100 customerid:C startdate:D enddate:D allocationtypecode:P
        totalterms:N remainingterms:N {OWNED} {STAMPS}"""),
    "list": ("lists", 4300, "listid", "listname", MARKETING, f"""listname:S128 type:B
        createdfromcode:P membertype:I membercount:I purpose:S512 source:S128 cost:$
        lockstatus:B lastusedon:DT query:M description:M {OWNED} {STAMPS} {MONEY}"""),
    "campaign": ("campaigns", 4400, "campaignid", "name", MARKETING, f"""name:S128
        codename:S32 typecode:P description:M proposedstart:DT proposedend:DT
        actualstart:DT actualend:DT budgetedcost:$
        othercost:$ totalactualcost:$ opex_Booth:S20 {OWNED} {STAMPS} {MONEY}"""),
    "transactioncurrency": ("transactioncurrencies", 9105, "transactioncurrencyid",
        "currencyname", ALWAYS, f"""currencyname:S100 isocurrencycode:S5
        currencysymbol:S10 exchangerate:N currencyprecision:I statecode:P statuscode:P
        {STAMPS}"""),
    "systemuser": ("systemusers", 8, "systemuserid", "fullname", ALWAYS, f"""
        fullname:S200 firstname:S64 lastname:S64 internalemailaddress:S100
        domainname:S1024 personalemailaddress:S100 title:S128 jobtitle:S100
        mobilephone:S64 homephone:S50 isdisabled:B islicensed:B accessmode:P
        applicationid:G azureactivedirectoryobjectid:G deletedstate:P
        businessunitid:L(businessunit) parentsystemuserid:L(systemuser)
        queueid:L(queue) employeeid:S100 {STAMPS} {MONEY}"""),
    "role": ("roles", 1036, "roleid", "name", ALWAYS,
        f"name:S100 businessunitid:L(businessunit) ismanaged:B {STAMPS}"),
    "team": ("teams", 9, "teamid", "name", ALWAYS, f"""name:S160 teamtype:P
        administratorid:L(systemuser) businessunitid:L(businessunit) isdefault:B
        queueid:L(queue) emailaddress:S100 description:M {STAMPS}"""),
    "businessunit": ("businessunits", 10, "businessunitid", "name", ALWAYS, f"""
        name:S160 parentbusinessunitid:L(businessunit) divisionname:S100
        emailaddress:S100 isdisabled:B costcenter:S100 websiteurl:S200 {STAMPS}"""),
    "connection": ("connections", 3234, "connectionid", "name", ALWAYS, f"""name:S500
        record1id:L(account|contact|opportunity) record1objecttypecode:I
        record2id:L(account|contact|opportunity) record2objecttypecode:I
        record1roleid:L(connectionrole) record2roleid:L(connectionrole)
        effectivestart:DT effectiveend:DT description:M ismaster:B
        relatedconnectionid:L(connection) {OWNED} {STAMPS}"""),
    "connectionrole": ("connectionroles", 3231, "connectionroleid", "name", ALWAYS,
        f"name:S100 category:P statecode:P statuscode:P {STAMPS}"),
    "subject": ("subjects", 129, "subjectid", "title", ALWAYS,
        f"title:S500 parentsubject:L(subject) description:M {STAMPS}"),
    "territory": ("territories", 2013, "territoryid", "name", ALWAYS,
        f"name:S200 description:M managerid:L(systemuser) {STAMPS}"),
    "queue": ("queues", 2020, "queueid", "name", ALWAYS, f"""name:S200
        emailaddress:S100 queueviewtype:P {OWNED} {STAMPS}"""),
    "annotation": ("annotations", 5, "annotationid", "subject", ALWAYS, f"""
        subject:S500 notetext:M isdocument:B filename:S255 mimetype:S256 filesize:I
        documentbody:S1073741823
        objectid:L({REGARDED}|email|phonecall|task|appointment|opex_visit) objecttypecode:E
        langid:S2 stepid:S32 prefix:S10 ownerid:O owninguser:L(systemuser)
        owningteam:L(team) owningbusinessunit:L(businessunit) {STAMPS}"""),
    "activitymimeattachment": ("activitymimeattachments", 1001,
        "activitymimeattachmentid", "filename", ALWAYS, """filename:S255 filesize:I
        mimetype:S256 body:S1073741823 objectid:L(activitypointer|template)
        activityid:L(activitypointer) objecttypecode:E attachmentnumber:I
        attachmentcontentid:S250 subject:S2000 attachmentid:L(attachment)
        versionnumber:V"""),
    "attachment": ("attachments", 1002, "attachmentid", "filename", ALWAYS, """
        filename:S255 filesize:I mimetype:S256 body:S1073741823 versionnumber:V"""),
    "activitypointer": ("activitypointers", 4200, "activityid", "subject", ALWAYS,
        ACTIVITY),
    "activityparty": ("activityparties", 135, "activitypartyid", "partyidname", ALWAYS,
        f"""activityid:L(activitypointer) partyid:L({PARTY_TARGETS})
        participationtypemask:P addressused:S320 addressusedemailcolumnnumber:I
        unresolvedpartyname:S4000 ispartydeleted:B donotemail:B donotfax:B donotphone:B
        donotpostalmail:B effort:N scheduledstart:DT scheduledend:DT
        instancetypecode:P exchangeentryid:S1024 externalid:S200 externalidtype:S200
        ownerid:O owninguser:G owningbusinessunit:G versionnumber:V"""),
    "email": ("emails", 4202, "activityid", "subject", ALWAYS, f"""{ACTIVITY} {PARTIES}
        safedescription:M directioncode:B sender:S250 torecipients:S500
        emailsender:L(account|contact|lead|systemuser|queue) messageid:S320
        inreplyto:S320 conversationindex:S2048 trackingtoken:S50
        parentactivityid:L(email) attachmentcount:I mimetype:S256 isunsafe:I
        baseconversationindexhash:I compressed:B conversationtrackingid:G
        deliveryreceiptrequested:B isprotected:B submittedby:S250
        notifications:P readreceiptrequested:B msdyn_classificationStatus:P"""),
    "phonecall": ("phonecalls", 4210, "activityid", "subject", ALWAYS,
        f"""{ACTIVITY} {PARTIES} phonenumber:S200 directioncode:B leftvoicemail:B
        opex_Mood:P opex_Urgent:B"""),
    "task": ("tasks", 4212, "activityid", "subject", ALWAYS,
        f"""{ACTIVITY} percentcomplete:I crmtaskassigneduniqueid:G opex_Effort:N
        opex_Plant:L(account)"""),
    "appointment": ("appointments", 4201, "activityid", "subject", ALWAYS, f"""
        {ACTIVITY} requiredattendees:PL optionalattendees:PL organizer:PL location:S200
        isalldayevent:B isonlinemeeting:B onlinemeetingjoinurl:S1000
        onlinemeetingtype:P globalobjectid:S300 outlookownerapptid:I attachmentcount:I
        originalstartdate:DT ismapiprivate:B"""),
    "recurringappointmentmaster": ("recurringappointmentmasters", 4251, "activityid",
        "subject", ALWAYS, f"""{ACTIVITY} requiredattendees:PL optionalattendees:PL
        organizer:PL location:S200 isalldayevent:B recurrencepatterntype:P interval:I
        daysofweekmask:I dayofmonth:I instance:I monthofyear:I isweekdaypattern:B
        deletedexceptionslist:M patternstartdate:DT patternenddate:DT
        patternendtype:P occurrences:I starttime:DT endtime:DT duration:I
        globalobjectid:S300"""),
    "letter": ("letters", 4207, "activityid", "subject", ALWAYS,
        f"{ACTIVITY} {PARTIES} address:S200 directioncode:B"),
    "fax": ("faxes", 4204, "activityid", "subject", ALWAYS,
        f"{ACTIVITY} {PARTIES} faxnumber:S200 directioncode:B"),
    "workflow": ("workflows", 4703, "workflowid", "name", ALWAYS, f"""name:S100
        category:P type:P mode:P scope:P primaryentity:E triggeroncreate:B
        triggerondelete:B ondemand:B subprocess:B triggeronupdateattributelist:M
        runas:P clientdata:M xaml:M uiflowtype:P ismanaged:B uniquename:S256
        description:M parentworkflowid:L(workflow) solutionid:G {OWNED} {STAMPS}"""),
    "processstage": ("processstages", 4724, "processstageid", "stagename", ALWAYS,
        """stagename:S100 stagecategory:P primaryentitytypecode:E
        processid:L(workflow) parentprocessstageid:L(processstage) clientdata:M
        versionnumber:V"""),
    "opportunitysalesprocess": ("opportunitysalesprocesses", 9953,
        "businessprocessflowinstanceid", "bpf_name", SALES,
        f"{INSTANCE} opportunityid:L(opportunity)"),
    "leadtoopportunitysalesprocess": ("leadtoopportunitysalesprocesses", 9954,
        "businessprocessflowinstanceid", "bpf_name", SALES,
        f"{INSTANCE} leadid:L(lead) opportunityid:L(opportunity)"),
    "phonetocaseprocess": ("phonetocaseprocesses", 9952,
        "businessprocessflowinstanceid", "bpf_name", SERVICE,
        f"{INSTANCE} incidentid:L(incident)"),
    "pluginassembly": ("pluginassemblies", 4605, "pluginassemblyid", "name", ALWAYS,
        f"""name:S256 version:S48 culture:S32 publickeytoken:S32 isolationmode:P
        sourcetype:P content:M ismanaged:B ishidden:X {STAMPS}"""),
    "plugintype": ("plugintypes", 4602, "plugintypeid", "name", ALWAYS, f"""name:S256
        typename:S256 friendlyname:S256 isworkflowactivity:B
        pluginassemblyid:L(pluginassembly) {STAMPS}"""),
    "sdkmessage": ("sdkmessages", 4606, "sdkmessageid", "name", ALWAYS,
        f"name:S256 {STAMPS}"),
    "sdkmessagefilter": ("sdkmessagefilters", 4607, "sdkmessagefilterid", None, ALWAYS,
        f"primaryobjecttypecode:E {STAMPS}"),
    "sdkmessageprocessingstep": ("sdkmessageprocessingsteps", 4608,
        "sdkmessageprocessingstepid", "name", ALWAYS, f"""name:S256 stage:P mode:P
        rank:I filteringattributes:M configuration:M statecode:P statuscode:P
        ismanaged:B description:M eventhandler:L(plugintype|serviceendpoint)
        sdkmessageid:L(sdkmessage) sdkmessagefilterid:L(sdkmessagefilter) {STAMPS}"""),
    "organization": ("organizations", 1019, "organizationid", "name", ALWAYS, f"""
        name:S160 basecurrencyid:L(transactioncurrency) languagecode:I
        expirechangetrackingindays:I maxuploadfilesize:I fullnameconventioncode:P {STAMPS}"""),
    "publisher": ("publishers", 7101, "publisherid", "friendlyname", ALWAYS, f"""
        friendlyname:S256 uniquename:S256 customizationprefix:S8
        customizationoptionvalueprefix:I isreadonly:B {STAMPS}"""),
    "solution": ("solutions", 7100, "solutionid", "friendlyname", ALWAYS, f"""
        uniquename:S65 friendlyname:S256 version:S256 ismanaged:B
        publisherid:L(publisher) {STAMPS}"""),
    "opex_machine": ("opex_machines", 10417, "opex_machineid", "opex_name", OPEX, f"""
        opex_name:S100 opex_SerialNumber:S50 opex_Condition:P opex_Options:MS
        opex_Account:L(account) opex_Owner2:C opex_Hall:L(opex_hall) opex_Price:$ opex_Hours:N
        opex_Installed:D opex_Warranty:LD opex_Shift:TZ opex_Serviced:DT opex_Remote:B opex_Remarks:M opex_Manual:F
        {OWNED} {STAMPS} {MONEY}"""),
    "opex_hall": ("opex_halls", 10425, "opex_hallid", "opex_name", OPEX,
        f"opex_name:S100 opex_MainMachine:L(opex_machine) opex_About:L(account|opex_machine) {OWNED} {STAMPS}"),
    "opex_visit": ("opex_visits", 10418, "activityid", "subject", OPEX,
        f"{ACTIVITY} requiredattendees:PL opex_Outcome:P"),
    "cr7a1_note": ("cr7a1_notes", 10419, "cr7a1_noteid", "cr7a1_name", OPEX,
        f"cr7a1_name:S100 cr7a1_Big:M {OWNED} {STAMPS}"),
    "msdyn_insight": ("msdyn_insights", 10420, "msdyn_insightid", "msdyn_name", OPEX,
        f"msdyn_name:S100 {OWNED} {STAMPS}"),
    "campaignresponse": ("campaignresponses", 4401, "activityid", "subject", MARKETING,
        f"{ACTIVITY} responsecode:P firstname:S50 lastname:S50"),
    "opex_machine_contact": ("opex_machine_contactset", 10421,
        "opex_machine_contactid", None, OPEX, "contactid:G opex_machineid:G versionnumber:V"),
    "opex_erpstock": ("opex_erpstocks", 10422, "opex_erpstockid", "opex_name", OPEX,
        "opex_name:S100"),
    "opex_private": ("opex_privates", 10423, "opex_privateid", "opex_name", OPEX,
        "opex_name:S100"),
}  # fmt: skip

ACTIVITIES = tuple(name for name, spec in TABLES.items() if spec[2] == "activityid" and name != "activitypointer")  # fmt: skip
PROCESSES = ("opportunitysalesprocess", "leadtoopportunitysalesprocess", "phonetocaseprocess")  # fmt: skip
UNTRACKED = frozenset({"activityparty", "activitymimeattachment", "attachment", "processstage", "opex_machine", "organization", *PROCESSES})  # fmt: skip
INTERSECTS = frozenset({"opex_machine_contact"})
VIRTUAL = frozenset({"opex_erpstock"})
PRIVATE = frozenset({"opex_private"})
ORGANIZATION_OWNED = frozenset({"product", "uom", "pricelevel", "transactioncurrency", "competitor", "subject"})  # fmt: skip

# name: (table, its navigation property, other table, its navigation property)
MANY_TO_MANY = {
    "listcontact_association": ("list", "listcontact_association", "contact", "listcontact_association"),
    "listaccount_association": ("list", "listaccount_association", "account", "listaccount_association"),
    "listlead_association": ("list", "listlead_association", "lead", "listlead_association"),
    "systemuserroles_association": ("systemuser", "systemuserroles_association", "role", "systemuserroles_association"),
    "teammembership_association": ("team", "teammembership_association", "systemuser", "teammembership_association"),
    "opex_machine_contact": ("opex_machine", "opex_machine_contact", "contact", "opex_machine_contact"),
    "opex_account_partner": ("account", "opex_account_partner", "contact", "opex_account_partner"),
    "opex_deal_stakeholder": ("opportunity", "opex_deal_stakeholder", "contact", "opex_deal_stakeholder"),
    "opportunitycompetitors_association": ("opportunity", "opportunitycompetitors_association", "competitor", "opportunitycompetitors_association"),
}  # fmt: skip

# (referencing table, column): collection of the referenced table, where it is irregular.
COLLECTIONS = {
    ("opportunityproduct", "opportunityid"): "product_opportunities",
    ("quotedetail", "quoteid"): "quote_details",
    ("salesorderdetail", "salesorderid"): "salesorder_details",
    ("productassociation", "productid"): "product_productassociation_prod",
    ("invoicedetail", "invoiceid"): "invoice_details",
    ("opportunity", "originatingleadid"): "opportunity_originating_lead",
    ("incidentresolution", "incidentid"): "Incident_IncidentResolutions",
    ("opportunityclose", "opportunityid"): "Opportunity_OpportunityClose",
    ("opportunitysalesprocess", "opportunityid"): "opportunity_opportunitysalesprocess",
    ("leadtoopportunitysalesprocess", "opportunityid"): "opportunity_leadtoopportunitysalesprocess",
}  # fmt: skip

_ACTIVE = ("0 Active, 1 Inactive", "1/0 Active, 2/1 Inactive")
_DONE = "0 Open, 1 Completed, 2 Canceled"
_DEFAULT = "1 Default Value"
_DO_NOT = "Allow/Do Not Allow"

# table.column, or column alone: "value label"; of a status "value/state label".
CHOICES = {
    "statecode": _ACTIVE[0],
    "statuscode": _ACTIVE[1],
    "prioritycode": "0 Low, 1 Normal, 2 High",
    "instancetypecode": "0 Not Recurring, 1 Recurring Master, 2 Recurring Instance, 3 Recurring Exception, 4 Recurring Future Exception",
    "customertypecode": _DEFAULT,
    "account.customertypecode": "1 Competitor, 2 Consultant, 3 Customer, 5 Partner, 10 Supplier, 12 Other",
    **dict.fromkeys(
        ("territorycode", "customersizecode", "shippingmethodcode", "educationcode",
         "haschildrencode", "businesstypecode", "accountclassificationcode",
         "accountratingcode", "address1_freighttermscode", "address2_freighttermscode",
         "address2_shippingmethodcode", "address2_addresstypecode", "lead.prioritycode",
         "lead.salesstagecode"), _DEFAULT,
    ),
    "address1_shippingmethodcode": "1 Airborne, 2 DHL, 4 UPS",
    "address1_addresstypecode": "1 Bill To, 2 Ship To, 3 Primary, 4 Other",
    "customeraddress.addresstypecode": "1 Bill To, 2 Ship To, 3 Primary, 4 Other",
    "customeraddress.freighttermscode": "1 FOB, 2 No Charge",
    "customeraddress.shippingmethodcode": "1 Airborne, 2 DHL, 4 UPS, 7 Will Call",
    "msdyn_forecastcategory": "100000001 Pipeline, 100000002 Best case, 100000003 Committed, 100000004 Omitted, 100000005 Won, 100000006 Lost",
    "opex_mood": "741200000 Sunny, 741200001 Grumpy",
    "opex_incoterm": "741200000 EXW, 741200001 DAP",
    "pricingerrorcode": "0 None, 1 Detail Error",
    "skippricecalculation": "0 DoPriceCalcAlways, 1 SkipPriceCalcOnRetrieve",
    "preferredappointmentdaycode": "0 Sunday, 1 Monday, 5 Friday",
    "preferredappointmenttimecode": "1 Morning, 2 Afternoon, 3 Evening",
    "purchaseprocess": "0 Individual, 1 Committee, 2 Unknown",
    "timeline": "0 Immediate, 1 This Quarter, 4 Not known",
    "initialcommunication": "0 Contacted, 1 Not Contacted",
    "amountdatatype": "0 Money, 1 Decimal, 2 Integer",
    "quote.statecode": "0 Draft, 1 Active, 2 Won, 3 Closed",
    "quote.statuscode": "1/0 In Progress, 2/1 In Progress, 3/1 Open, 4/2 Won, 5/3 Lost, 6/3 Canceled, 7/3 Revised",
    "salesorder.statecode": "0 Active, 1 Submitted, 2 Canceled, 3 Fulfilled, 4 Invoiced",
    "salesorder.statuscode": "1/0 New, 2/0 Pending, 3/1 In Progress, 4/2 No Money, 100001/3 Complete, 100002/3 Partial, 100003/4 Invoiced",
    "invoice.statecode": "0 Active, 1 Closed (deprecated), 2 Paid, 3 Canceled",
    "invoice.statuscode": "1/0 New, 4/0 Billed, 100001/2 Complete, 100002/2 Partial, 100003/3 Canceled",
    "contract.statecode": "0 Draft, 1 Invoiced, 2 Active, 3 On Hold, 4 Canceled, 5 Expired",
    "contract.statuscode": "1/0 Draft, 2/1 Invoiced, 3/2 Active, 4/3 On Hold, 5/4 Canceled, 6/5 Expired",
    "knowledgearticle.statecode": "0 Draft, 1 Approved, 2 Scheduled, 3 Published, 4 Expired, 5 Archived, 6 Discarded",
    "knowledgearticle.statuscode": "2/0 Draft, 5/1 Approved, 6/2 Scheduled, 7/3 Published, 10/4 Expired, 12/5 Archived, 14/6 Discarded",
    "post.source": "1 Auto Post, 2 Manual Post",
    "post.type": "1 Check-in, 2 Idea, 3 News, 4 Private Message, 5 Question, 6 Re-post, 7 Status",
    "fullnameconventioncode": "0 Last Name First Name, 1 First Name, 2 Last Name First Name Middle Initial, 3 First Name Middle Initial Last Name, 4 Last Name First Name Middle Name, 5 First Name Middle Name Last Name, 6 Last Name space First Name, 7 Last Name no space First Name",
    "industrycode": "1 Accounting, 2 Agriculture and Non-petrol Natural Resource Extraction, 7 Consulting, 12 Durable Manufacturing, 16 Financial, 33 Wholesale, 741200007 Spindle Makers",
    "ownershipcode": "1 Public, 2 Private, 3 Subsidiary, 4 Other",
    "accountcategorycode": "1 Preferred Customer, 2 Standard",
    "freighttermscode": "1 FOB, 2 No Charge",
    "paymenttermscode": "1 Net 30, 2 2% 10 Net 30, 3 Net 45, 4 Net 60",
    "preferredcontactmethodcode": "1 Any, 2 Email, 3 Phone, 4 Fax, 5 Mail",
    "gendercode": "1 Male, 2 Female",
    "familystatuscode": "1 Single, 2 Married, 3 Divorced, 4 Widowed",
    "accountrolecode": "1 Decision Maker, 2 Employee, 3 Influencer",
    "contact.leadsourcecode": _DEFAULT,
    "leadsourcecode": "1 Advertisement, 2 Employee Referral, 7 Trade Show, 8 Web, 10 Other",
    "leadqualitycode": "1 Hot, 2 Warm, 3 Cold",
    "budgetstatus": "0 No Committed Budget, 1 May Buy, 2 Can Buy, 3 Will Buy",
    "need": "0 Must have, 1 Should have, 2 Good to have, 3 No need",
    "purchasetimeframe": "0 Immediate, 1 This Quarter, 2 Next Quarter, 3 This Year, 4 Unknown",
    "lead.statecode": "0 Open, 1 Qualified, 2 Disqualified",
    "lead.statuscode": "1/0 New, 2/0 Contacted, 3/1 Qualified, 4/2 Lost, 5/2 Cannot Contact, 6/2 No Longer Interested, 7/2 Canceled",
    "opportunity.prioritycode": _DEFAULT,
    "opportunityratingcode": "1 Hot, 2 Warm, 3 Cold",
    "salesstage": "0 Qualify, 1 Develop, 2 Propose, 3 Close",
    "salesstagecode": _DEFAULT,
    "opportunity.statecode": "0 Open, 1 Won, 2 Lost",
    "opportunity.statuscode": "1/0 In Progress, 2/0 On Hold, 3/1 Won, 4/2 Canceled, 5/2 Out-Sold, 741200001/2 Zu teuer – trop cher",
    "producttypecode": "1 Product, 2 Bundle, 3 Required Bundle Product, 4 Optional Bundle Product, 5 Project-based Service",
    "productstructure": "1 Product, 2 Product Family, 3 Product Bundle",
    "product.producttypecode": "1 Sales Inventory, 2 Miscellaneous Charges, 3 Services, 4 Flat Fees",
    "product.statecode": "0 Active, 1 Retired, 2 Draft, 3 Under Revision",
    "product.statuscode": "1/0 Active, 2/1 Retired, 0/2 Draft, 3/3 Under Revision",
    "productisrequired": "0 Optional, 1 Required",
    "pricelevel.statuscode": "100001/0 Active, 100002/1 Inactive",
    "pricingmethodcode": "1 Currency Amount, 2 Percent of List, 3 Percent Markup - Current Cost, 4 Percent Margin - Current Cost, 5 Percent Markup - Standard Cost, 6 Percent Margin - Standard Cost",
    "quantitysellingcode": "1 No Control, 2 Whole, 3 Whole and Fractional",
    "roundingpolicycode": "1 None, 2 Up, 3 Down, 4 To Nearest",
    "incident.prioritycode": "1 High, 2 Normal, 3 Low",
    "severitycode": _DEFAULT,
    "caseorigincode": "1 Phone, 2 Email, 3 Web, 2483 Facebook, 3986 Twitter",
    "casetypecode": "1 Question, 2 Problem, 3 Request",
    "customersatisfactioncode": "1 Very Dissatisfied, 3 Neutral, 5 Very Satisfied",
    "incident.statecode": "0 Active, 1 Resolved, 2 Cancelled",
    "incident.statuscode": "1/0 In Progress, 2/0 On Hold, 3/0 Waiting for Details, 4/0 Researching, 5/1 Problem Solved, 1000/1 Information Provided, 6/2 Cancelled, 2000/2 Merged",
    "resolutiontypecode": "5 Problem Solved, 1000 Information Provided",
    "allocationtypecode": "0 Number of cases, 1 Number of hours",
    "entitlement.statecode": "0 Draft, 1 Active, 2 Cancelled, 3 Expired, 4 Waiting",
    "entitlement.statuscode": "0/0 Draft, 1/1 Active, 2/2 Cancelled, 3/3 Expired, 1200/4 Waiting",
    "list.statuscode": "0/0 Active, 1/1 Inactive",
    "createdfromcode": "1 Account, 2 Contact, 4 Lead",
    "typecode": "1 Advertisement, 2 Direct Marketing, 3 Event, 4 Co-branding, 5 Other",
    "campaign.statuscode": "0/0 Proposed, 2/0 Launched, 3/0 Completed, 4/1 Canceled",
    "accessmode": "0 Read-Write, 1 Administrative, 2 Read, 3 Support User, 4 Non-interactive, 5 Delegated Admin",
    "deletedstate": "0 Not deleted, 1 Soft deleted",
    "teamtype": "0 Owner, 1 Access, 2 Security Group, 3 Office Group",
    "connectionrole.category": "1 Business, 2 Family, 3 Social, 4 Sales, 5 Other",
    "queueviewtype": "0 Public, 1 Private",
    "participationtypemask": "1 Sender, 2 To Recipient, 3 CC Recipient, 4 BCC Recipient, 5 Required attendee, 6 Optional attendee, 7 Organizer, 8 Regarding, 9 Owner, 10 Resource, 11 Customer, 12 Chat Participant, 13 Related",
    "email.statuscode": "1/0 Draft, 8/0 Failed, 2/1 Completed, 3/1 Sent, 4/1 Received, 6/1 Pending Send, 7/1 Sending, 5/2 Canceled",
    "phonecall.statuscode": "1/0 Open, 2/1 Made, 4/1 Received, 3/2 Canceled",
    "task.statuscode": "2/0 Not Started, 3/0 In Progress, 4/0 Waiting on someone else, 7/0 Deferred, 5/1 Completed, 6/2 Canceled",
    "appointment.statecode": f"{_DONE}, 3 Scheduled",
    "appointment.statuscode": "1/0 Free, 2/0 Tentative, 3/1 Completed, 4/2 Canceled, 5/3 Busy, 6/3 Out of Office",
    "activitypointer.statecode": f"{_DONE}, 3 Scheduled",
    "notifications": "0 None, 1 The message was saved as a Microsoft Dynamics 365 email record, 2 Truncated",
    "msdyn_classificationstatus": "0 None, 1 Done",
    "onlinemeetingtype": "1 Teams Meeting",
    "recurrencepatterntype": "0 Daily, 1 Weekly, 2 Monthly, 3 Yearly",
    "patternendtype": "1 No End Date, 2 Occurrences, 3 Pattern End Date",
    "opportunitystatecode": "0 Open, 1 Won, 2 Lost",
    "opportunitystatuscode": "1 In Progress, 2 On Hold, 3 Won, 4 Canceled, 5 Out-Sold",
    "category": "0 Workflow, 1 Dialog, 2 Business Rule, 3 Action, 4 Business Process Flow, 5 Modern Flow, 6 Desktop Flow",
    "type": "1 Definition, 2 Activation, 3 Template",
    "workflow.mode": "0 Background, 1 Real-time",
    "mode": "0 Synchronous, 1 Asynchronous",
    "scope": "1 User, 2 Business Unit, 3 Parent: Child Business Units, 4 Organization",
    "runas": "0 Owner, 1 Calling User",
    "uiflowtype": "0 Windows recorder (V1)",
    "workflow.statecode": "0 Draft, 1 Activated, 2 Suspended",
    "workflow.statuscode": "1/0 Draft, 2/1 Activated, 3/2 Company data loss prevention violation",
    "responsecode": "1 Interested, 2 Not Interested",
    "stagecategory": "0 Qualify, 1 Develop, 2 Propose, 3 Close, 4 Identify, 5 Research, 6 Resolve, 7 Approval",
    "isolationmode": "1 None, 2 Sandbox, 3 External",
    "sourcetype": "0 Database, 1 Disk, 2 Normal, 3 AzureWebApp, 4 File Store",
    "stage": "10 Pre-validation, 20 Pre-operation, 40 Post-operation",
    "sdkmessageprocessingstep.statecode": "0 Enabled, 1 Disabled",
    "opex_segment": "741200000 A-Kunde, 741200001 B-Kunde, 741200002 Ex-client ☂",
    "opex_options": "1 Spindle, 4 Coolant; through the spindle, 7 Zubehör",
    "opex_condition": "741200000 New, 741200001 Worn",
    "opex_outcome": "741200000 Sold, 741200001 Come back",
    "directioncode": "Incoming/Outgoing",
    **dict.fromkeys(
        ("donotemail", "donotbulkemail", "donotphone", "donotfax", "donotpostalmail",
         "donotbulkpostalmail"), _DO_NOT,
    ),
    "donotsendmm": "Send/Do Not Send",
}  # fmt: skip
for _name in ACTIVITIES:
    CHOICES.setdefault(f"{_name}.statecode", _DONE)
    CHOICES.setdefault(f"{_name}.statuscode", "1/0 Open, 2/1 Completed, 3/2 Canceled")
for _name in PROCESSES:
    CHOICES[f"{_name}.statuscode"] = "1/0 Active, 2/1 Finished, 3/1 Aborted"

# What a form or the server fills in where nobody chose; of all others there is none.
DEFAULTS = {
    **dict.fromkeys(
        ("customertypecode", "territorycode", "customersizecode", "shippingmethodcode",
         "educationcode", "haschildrencode", "businesstypecode",
         "accountclassificationcode", "accountratingcode", "address2_freighttermscode",
         "address2_shippingmethodcode", "address2_addresstypecode",
         "preferredcontactmethodcode", "contact.leadsourcecode", "lead.prioritycode",
         "lead.salesstagecode", "opportunity.prioritycode", "salesstagecode",
         "prioritycode"), 1,
    ),
    "incident.prioritycode": 2,
    "leadqualitycode": 2,
    "opportunityratingcode": 2,
    "pricingerrorcode": 0,
    "skippricecalculation": 0,
    "followemail": True,
    # Of further addresses a form fills in nothing (reference of customeraddress).
    "customeraddress.shippingmethodcode": None,
}  # fmt: skip


def default_of(table, name):
    """Return what a column holds that nobody filled, None for nothing."""
    return DEFAULTS.get(f"{table}.{name}", DEFAULTS.get(name))
