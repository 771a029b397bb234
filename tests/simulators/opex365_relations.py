"""Relations between tables of the simulated Dataverse organization. Data only."""

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
