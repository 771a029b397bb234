"""What a migration into a company may use: what is the company's, and what all share.

Odoo itself says which records go together (``_check_company_domain``); of a company's branch
that is what belongs to the company above it, too.
"""

from odoo.fields import Domain

USERS = ("team_ids", "project_ids")
"""Fields of stages that say which teams or projects use them: theirs is the company."""


def get_company_domain(model, company):
    """Return the domain of the records of a model that may be used in a company.

    :param model: records of the model
    :param company: ``res.company``, one
    :rtype: odoo.fields.Domain
    """
    if "company_id" in model._fields:
        return Domain(model._check_company_domain(company))
    for name in USERS:
        if name in model._fields:
            users = model.env[model._fields[name].comodel_name]
            theirs = get_company_domain(users, company)
            return Domain(name, "=", False) | Domain(name, "any", theirs)
    return Domain.TRUE


def is_usable(records, company):
    """Tell whether all records may be used in a company, archived ones as well."""
    everything = records.sudo().with_context(active_test=False)
    return everything == everything.filtered_domain(
        get_company_domain(everything, company)
    )
