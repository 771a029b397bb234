"""The tables of the simulated Dataverse organization: their columns and apps. Data only.

Columns are ``name:TYPE`` in the shorthand of the reference: ``S100`` text, ``M`` memo,
``I`` integer, ``N`` decimal, ``$`` money, ``B`` boolean, ``P`` choice, ``MS`` multi-choice,
``DT`` instant, ``D`` day, ``LD`` instant shown as a day, ``TZ`` instant without a zone,
``G`` GUID, ``E`` table name, ``L(a|b)`` lookup, ``C`` customer,
``O`` owner, ``PL`` party list, ``F`` file, ``IMG`` picture, ``V`` big integer, ``X`` managed
property. A capital letter within a name is its schema name.
"""

from .opex365_columns import (
    ACTIVITY,
    ADDRESS,
    INSTANCE,
    LINE,
    MONEY,
    OF_CUSTOMERS,
    OWNED,
    PARTIES,
    PARTY_TARGETS,
    REACH,
    REFUSALS,
    REGARDED,
    SOLD,
    STAMPS,
)

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
