"""Outlook: CSV of contacts, calendar and tasks in English, German and French.

Real files and third parties (roundcube's de_DE and fr_FR, of 2011 in French); French tasks
were not found. No ids; no day is ``0/0/00``; in French one header stands for a day and a
time, and for the title and the job title.
"""

from ...core.sentences import _lt
from ...mapping.vocabulary import addresses, field
from .dialect import Dialect, Sign, other_address

_KINDS = _lt("Odoo has no kinds of addresses.")
_EN = ("First Name", "Last Name", "E-mail Address")
_DE = ("Vorname", "Nachname", "E-Mail-Adresse")
_FR = ("Prénom", "Nom", "Adresse de messagerie")
_CALENDARS = (
    Sign(headers=("Subject", "Start Date", "All day event", "Show time as")),
    Sign(headers=("Betreff", "Beginnt am", "Beginnt um", "Ganztägiges Ereignis")),
    Sign(headers=("Objet", "Début", "Fin", "Journée entière")),
)
_TASKS = (
    Sign(headers=("Subject", "Due Date", "Date Completed", "% Complete")),
    Sign(headers=("Betreff", "Fällig am", "Erledigt am", "% erledigt")),
)

DIALECTS = (
    Dialect(
        "Outlook",
        "contacts.CSV, calendar.CSV, tasks.CSV in the language of the program",
        signs=(
            Sign(headers=(*_EN, "Business Street|Given Yomi|IMAddress")),
            Sign(headers=(*_DE, "Straße geschäftlich")),
            Sign(headers=(*_FR, "Rue (bureau)")),
            *_CALENDARS,
            *_TASKS,
        ),
        shown_by={
            "meetings": (
                "Subject|Betreff|Objet",
                "All day event|Ganztägiges Ereignis|Journée entière",
            ),
            "activities": ("Subject|Betreff", "% Complete|% erledigt"),
            "contacts": ("First Name|Vorname|Prénom", "Last Name|Nachname|Nom"),
        },
        columns={
            "contacts": {
                "Title|Anrede|Titre": "",
                "Titre (2)": "job title",
                "Location|Ort": "",
            },
            "activities": {"% Complete|% erledigt": ""},
            "meetings": {
                "Meeting Organizer|Besprechungsplanung|Organisateur d'une réunion": "owner"
            },
        },
        further={
            "contacts": (
                other_address(
                    street="Home Street|Straße privat|Rue (domicile)",
                    city="Home City|Ort privat|Ville (domicile)",
                    zip="Home Postal Code|Postleitzahl privat|Code postal (domicile)",
                    state_id="Home State|Bundesland/Kanton privat",
                    country_id="Home Country/Region|Land/Region privat|Pays (domicile)",
                ),
            )
        },
        fields={
            "meetings": (
                field(
                    "@addresses",
                    (
                        (
                            "required attendees",
                            "erforderliche teilnehmer",
                            "participants obligatoires",
                        ),
                        (
                            "optional attendees",
                            "optionale teilnehmer",
                            "participants facultatifs",
                        ),
                    ),
                    addresses("attendee", "attendee"),
                ),
            )
        },
        superfluous={
            r"^E-mail (?:\d )?(?:Type|Display Name)": _KINDS,
            r"^E-Mail(?: \d:)?[- ](?:Typ|Angezeigter Name)": _KINDS,
            r"^(?:Type de messagerie|Nom complet de l'adresse de messagerie)(?: \d)?": _KINDS,
        },
    ),
)
