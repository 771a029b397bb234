"""Makes the invented company that the Concord simulator serves."""

import random
from datetime import date

from .concord_company import Company
from .concord_deals import DealMaker
from .concord_files import FileMaker
from .concord_history import HistoryMaker
from .concord_mail import MailMaker
from .concord_people import PeopleMaker
from .concord_settings import add_settings


def make_company(
    contacts=2000,
    companies=800,
    deals=600,
    activities=3000,
    notes=1500,
    calls=800,
    emails=1200,
    documents=60,
    products=60,
    seed=7,
    today=date(2025, 6, 16),
):
    """Return a company with so many rows that normal lists show; trashed ones extra.

    The same arguments give the same company. The awkward rows come first in each table,
    so that a small company keeps the worst of them; ``Company.known`` names them.
    Times are relative to ``today``: some activities lie after it.
    """
    company = Company(today)
    rng = random.Random(seed)
    add_settings(company, products)
    files = FileMaker(company, rng)
    files.add_pictures()
    people = PeopleMaker(company, rng)
    people.add_companies(companies)
    people.add_contacts(contacts)
    people.add_trash()
    deal_maker = DealMaker(company, rng)
    deal_maker.add_deals(deals)
    deal_maker.add_documents(documents)
    history = HistoryMaker(company, rng)
    history.add_activities(activities)
    history.add_notes(notes)
    history.add_calls(calls)
    history.add_comments()
    history.add_orphans()
    mail = MailMaker(company, rng, files)
    mail.add_accounts()
    mail.add_messages(emails)
    files.add_awkward()
    files.add_crowd()
    _plan_next_activities(company)
    return company


def _plan_next_activities(company):
    """Set ``next_activity_date`` as the product does: the first open, future one."""
    for resource in ("contacts", "companies", "deals"):
        for row in company.rows(resource):
            coming = [
                f"{activity['due_date']}T{activity['due_time'] or '00:00:00'}.000000Z"
                for activity in company.linked(resource, row, "activities")
                if not activity["completed_at"]
                and activity["due_date"] >= company.today.isoformat()
            ]
            row["next_activity_date"] = min(coming, default=None)
