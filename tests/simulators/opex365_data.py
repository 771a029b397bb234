"""Makes the invented organization that the OPEX 365 simulator serves."""

from .opex365_activities import ActivityMaker
from .opex365_business import BusinessMaker
from .opex365_customizing import add_customizing, fill_added_columns
from .opex365_lead_history import LeadHistoryMaker
from .opex365_organization import Organization
from .opex365_people import PeopleMaker
from .opex365_sales import SalesMaker


def make_organization(
    contacts=60,
    companies=24,
    leads=18,
    deals=26,
    cases=12,
    emails=36,
    calls=14,
    tasks=16,
    meetings=14,
    notes=22,
    machines=15,
    products=9,
    seed=365,
    name_order=1,
    apps=("sales", "service", "marketing", "opex"),
):
    """Return an organization with so many rows in each table.

    The same arguments give the same organization. The awkward rows come first, so that
    a small one keeps the worst of them; ``Organization.known`` names some. Tables of
    apps that are not installed do not exist.
    """
    org = Organization(apps, seed)
    people = PeopleMaker(org, name_order)
    people.add_settings()
    people.add_companies(companies)
    people.add_contacts(contacts)
    add_customizing(org, machines)
    sales = SalesMaker(org)
    if "sales" in apps:
        sales.add_products(products)
        sales.add_leads(leads)
        sales.add_deals(deals)
        sales.qualify()
    if "service" in apps:
        sales.add_cases(cases)
    if "marketing" in apps:
        sales.add_lists()
    history = ActivityMaker(org)
    history.add_emails(emails)
    history.add_calls(calls)
    history.add_tasks(tasks)
    history.add_meetings(meetings)
    history.add_letters()
    history.add_closings()
    history.add_notes(notes)
    history.add_posts()
    more = BusinessMaker(org)
    more.add_articles()
    if "sales" in apps:
        more.add_papers()
        LeadHistoryMaker(org).add()
    if "service" in apps:
        more.add_contracts()
    people.add_further_addresses()
    if "opex" in apps:
        fill_added_columns(org)
    return org
