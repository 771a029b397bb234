{
    "name": "CRM Migration",
    "summary": "Move a company's CRM into Odoo: read, review, rehearse, load, prove, undo",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Sales/CRM",
    "website": "https://www.odoo.com/app/crm",
    "author": "CRM Migration contributors",
    "license": "LGPL-3",
    "application": True,
    "depends": ["crm", "calendar", "contacts"],
    "external_dependencies": {
        "python": ["cryptography", "lxml", "openpyxl", "requests"]
    },
    "data": [
        "security/crm_migration_groups.xml",
        "security/ir.model.access.csv",
        "security/crm_migration_security.xml",
        "data/ir_cron_data.xml",
    ],
}
