"""What members hold, by what the profile makes of them and by what they are called.

Vocabularies only; ``decide.py`` goes by them.
"""

import re
from functools import lru_cache

from .names import fold

KEEP = "keep"
"""A choice of a list, an amount, a day: says nothing of who it is."""
NAME, TEXT, REFERENCE = "name", "text", "reference"
EMAIL, PHONE, LINK = "email", "phone", "link"
CODE, POSTAL, BIRTHDAY, DIGEST = "code", "postal", "birthday", "digest"
SPECIAL = frozenset({EMAIL, PHONE, LINK, CODE, POSTAL, BIRTHDAY, DIGEST, NAME})
"""What a column is first, whatever else is made of it."""

OF_TARGETS = {
    EMAIL: """email email_from email_cc login partner_email reply_to email_normalized""",
    PHONE: """phone mobile partner_phone phone_sanitized""",
    LINK: """website videocall_location @inline""",
    CODE: """vat company_registry acc_number""",
    POSTAL: "zip",
    TEXT: """
        description comment body body_html note narration signature content @note
        description_sale failure_reason
    """,
    NAME: """
        name contact_name partner_name company_name street street2 city subject summary
        function location number origin reference payment_reference @addresses @project
    """,
    REFERENCE: """
        message_id ref parent_id partner_id opportunity_id user_id user_ids @author @thread
        @partners @created_by @updated_by @file @files recurrence_id project_id
    """,
    KEEP: """
        @created_at @updated_at @closed_at @done_at @done @state @currency @rate @rate_currency
        @stage_history @subtype @duration @event @at @opt_out @opt_out_at @rule @start @except
        @tax @tax_amount @tax_rate @tax_included @unit @discount_kind @paid_at @amount
        stage_id country_id state_id currency_id lang tz priority probability type active
        is_company company_type contact_type move_type date date_deadline start stop
        start_date stop_date date_order date_start date_end deadline sent_date sent_datetime
        title industry_id activity_type_id uom_id categ_id product_id product_tmpl_id
        default_code mimetype sequence quantity price_unit discount expected_revenue state
        direction opt_out opt_out_datetime open_datetime links_click_datetime privacy
        compute_price base recurring_plan allday invoice_date_due date_last_stage_update
        channel_id
    """,
}
OF_TARGETS = {
    target: kind for kind, targets in OF_TARGETS.items() for target in targets.split()
}
KEPT_STEPS = frozenset(
    """
    boolean date date_and_time date_as datetime datetime_as decimal decimal_as duration
    duration_of in_period integer local_date moment moment_of_end outcome percent period
    progress stage_moves stage_steps stages_entered currency_of sum_of_lines
    """.split()
)
"""Conversions of amounts, days and choices."""
LINKING_STEPS = frozenset(
    """
    lookup lookup_all lookup_by lookup_first lookup_parent lookup_several lookup_typed
    lookup_several_by owner
    """.split()
)
LISTED_MODELS = frozenset(
    """
    crm.stage mail.activity.type res.country res.country.state res.lang res.currency uom.uom
    product.category res.partner.industry crm.recurring.plan helpdesk.ticket.stage
    helpdesk.ticket.channel helpdesk.ticket.category project.task.type product.template
    product.pricelist res.partner.title
    """.split()
)
"""What a company has lists of that name nobody."""

_PARTS = {
    PHONE: """
        phone telephon telefon telefax mobil movil handy whatsapp celular cellphone fax tel
        cell gsm dect portable
    """,
    BIRTHDAY: """
        birthday birthdate birth born dob bday geburt geburtstag geburtsdatum naissance
        nacimiento nascimento nascita urodzenia geboortedatum
    """,
    POSTAL: """
        zip zipcode postcode postalcode postal plz postleitzahl codepostal cep zippostal
    """,
    DIGEST: "sha sha1 sha256 md5 checksum etag fingerprint digest blurhash",
    CODE: """
        vat iban bic swift ssn passport reisepass ausweis personalausweis steuernummer
        steuerid ustid ustidnr uid siret siren cnpj cpf nif nie dni cif curp rfc pesel nino
        creditcard kreditkarte taxid vatid taxnumber vatnumber bankaccount kontonummer
        blz fiscal licence license sozialversicherungsnummer partita
    """,
}
_WORDS = {word: kind for kind, words in _PARTS.items() for word in words.split()}
_WITHIN = {
    "phone": PHONE,
    "telefon": PHONE,
    "telefono": PHONE,
    "mobil": PHONE,
    "geburt": BIRTHDAY,
    "birth": BIRTHDAY,
    "postleit": POSTAL,
    "steuernum": CODE,
    "kontonum": CODE,
}
"""Parts of words that are put together: ``Mobilnummer``."""
_PAIRS = {
    ("tax", "id"): CODE,
    ("tax", "number"): CODE,
    ("tax", "no"): CODE,
    ("bank", "account"): CODE,
    ("credit", "card"): CODE,
    ("card", "number"): CODE,
    ("social", "security"): CODE,
    ("insurance", "number"): CODE,
    ("national", "id"): CODE,
    ("id", "card"): CODE,
    ("code", "postal"): POSTAL,
    ("post", "code"): POSTAL,
}
_LISTED = """
    status statut estado stato stage step phase etapa etape fase stufe state bundesland
    province type types typ tipo kind country land pays pais paese currency wahrung devise
    moneda moeda valuta language langue idioma lingua sprache locale priority prioritat
    priorite prioridad priorita unit uom einheit unite unidad timezone tz zone
    mimetype mime format encoding direction richtung salutation anrede civilite prefix
    entity object model module stream table logicalname icon flag recurrence rrule frequency rating probability
    outcome visibility consent optin optout unsubscribed statuscode statecode lifecycle
    count calls total amount betrag montant importe rate percent percentage price preis
    prix quantity qty menge size width height color colour enabled disabled active deleted
    industry branche sector secteur category kategorie categorie categoria
    sku product produkt produit producto gender geschlecht sexe
""".split()
_LISTED = frozenset(_LISTED)
_LISTED_ENDINGS = (
    *("status", "typ", "type", "stage", "phase", "currency", "country"),
    *("currencycode", "countrycode", "languagecode", "typecode", "statuscode"),
)
_NAMES = frozenset(
    "name names nom nombre nome naam nazwa vorname nachname firma firstname lastname".split()
)
_LABELS = frozenset(
    "name display_name displayname label title value number address text".split()
)
_OF = frozenset("de du of del della do da des der".split())
_KEYS = frozenset("id ids guid uuid key keys ref".split())
_SPLIT = re.compile(r"(?<=[a-z])(?=[A-Z])|[\W_]+|(?<=\D)(?=\d)|(?<=\d)(?=\D)")


@lru_cache(10_000)
def words_of(name):
    """Return the words of a member's name, folded, without numbers.

    >>> words_of("emailAddress1"), words_of("Téléphone (fixe)")
    (('email', 'address'), ('telephone', 'fixe'))
    """
    parts = (fold(part) for part in _SPLIT.split(name) if part)
    return tuple(part for part in parts if part and not part.isdigit())


def is_listed_name(words):
    """Tell whether words name a choice of a list, an amount or a number of things."""
    if not words:
        return False
    if words[-1] in _LISTED or words[-1].endswith(_LISTED_ENDINGS):
        return True
    return len(words) > 2 and words[0] in _LISTED and words[1] in _OF


@lru_cache(10_000)
def kind_of_name(name):
    """Return what a member holds by its name alone, None where that does not tell.

    >>> [kind_of_name(n) for n in ("Mobile Phone", "phone_type", "Geburtsdatum", "Tax ID")]
    ['phone', 'keep', 'birthday', 'code']
    >>> kind_of_name("company_id"), kind_of_name("Favorite color"), kind_of_name("Nickname")
    ('reference', 'keep', None)
    """
    words = words_of(name)
    if is_listed_name(words):
        return KEEP
    for pair in zip(words, words[1:], strict=False):
        if pair in _PAIRS:
            return _PAIRS[pair]
    joined = "".join(words)
    for word in (*words, joined):
        if word in _WORDS:
            return _WORDS[word]
    if found := next((kind for part, kind in _WITHIN.items() if part in joined), None):
        return found
    if words and words[-1] in _NAMES:
        return NAME
    return REFERENCE if words and words[-1] in _KEYS else None


def is_label(name):
    """Tell whether a member holds what the object is in which it stands."""
    return name.lower() in _LABELS


def kind_of_target(target, model):
    """Return what a member holds that becomes a field of Odoo, None of an unknown one.

    >>> kind_of_target("email_from", "crm.lead"), kind_of_target("name", "crm.stage")
    ('email', 'keep')
    """
    kind = OF_TARGETS.get(target)
    if model in LISTED_MODELS and kind == NAME:
        return KEEP
    return kind
