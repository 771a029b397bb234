"""What columns of people and companies are called in exports of many systems."""

CREATED = (
    *("created at utc", "created at", "created on", "created", "create date"),
    *(
        "creation date",
        "created date",
        "date created",
        "added on",
        "contact create date",
    ),
    *("created time", "add time", "date entered", "record created on"),
)

UPDATED = (
    *("updated at utc", "updated at", "updated on", "updated", "modified on"),
    "last mod",
    "last update",
    "date updated",
    *(
        "last modified",
        "modified date",
        "last modified date",
        "modified",
        "last updated",
        "contact modified date",
    ),
    *(
        "modified at",
        "last modified at",
        "update time",
        "modified time",
        "updated time",
        "date modified",
        "changed",
    ),
)

OWNER = (
    # An address says more surely than a name who it is.
    *(
        "owner email",
        "sales owner email",
        "owner",
        "owner id",
        "owner name",
        "assigned to",
        "salesperson",
    ),
    *(
        "account owner",
        "contact owner",
        "deal owner",
        "lead owner",
        "sales rep",
        "user",
    ),
    *("opportunity owner", "responsible", "user id", "user email", "assigned user"),
    *("assign to", "assigned to user", "activity assigned to", "ticket owner", "host"),
    *("task owner", "event owner", "note owner", "assigned user name", "who"),
    *("company owner", "sales owner", "record owner"),
    *("user name", "owned by", "assigned user id"),
    *("responsible user", "user responsible", "owner user", "our contact"),
)

CREATOR = ("created by", "creator", "created by id", "author", "created by user id")

TEXT = (
    *("description", "notes", "note", "comments", "comment", "remarks", "background"),
    # Copper.
    "details",
)

STREET = (
    *("billing address street", "mailing address street", "mail address street"),
    "street address",
    "street",
    "address",
    "address 1",
    "address line 1",
    "billing street",
    "mailing street",
    "office address",
    "contact address 1",
    "address1 line1",
    "address 1 street 1",
    "address 1 street",
    "business street",
    "primary address street",
    "address street",
    "street address 1",
    "mailing address line 1",
    "billing address",
    "work street",
)

STREET2 = (
    *("street 2", "address 2", "address line 2", "billing street 2"),
    "contact address 2",
    "address1 line2",
)

CITY = (
    *("billing address city", "mailing address city", "mail address city"),
    *("city", "city name", "town", "billing city", "mailing city", "address1 city"),
    *("address 1 city", "business city", "primary address city", "address city"),
    *("city town village locality of address", "address 1 value city", "office city"),
)

ZIP = (
    *("billing address postal code", "mailing address postal code"),
    *("mail address postal code", "mail address postcode"),
    "postal code",
    "zip",
    "zip code",
    "postcode",
    "postalcode",
    "zip post",
    "billing postal code",
    "mailing postal code",
    "mailing zip",
    "mailing zip postal code",
    "billing zip postal code",
    "billing code",
    "billing zip",
    "zip postal code of address",
    "address 1 postal code",
    "address 1 zip postal code",
    "business postal code",
    "primary address postal code",
    "address postal code",
    "mailing zip",
    "mailing postal code",
    "zip postal code",
    "contact postalcode",
    "address1 postalcode",
)

COUNTRY = (
    *("billing address country", "mailing address country", "mail address country"),
    "country",
    "country name",
    "country region",
    "billing country",
    "mailing country",
    "address1 country",
    "mailing country",
    "mailing country code",
    "billing country code",
    "country of address",
    "address 1 country",
    "address 1 country region",
    "business country region",
    "business country",
    "primary address country",
    "address country",
)

STATE = (
    *("billing address state", "mailing address state"),
    *("state county of address", "address 1 state province", "mailing state province"),
    *("billing state province", "business state", "primary address state"),
    *("address state", "mailing state", "address 1 region", "state code"),
    *("mailing state code", "billing state code", "business state province"),
    *("state region", "state", "state name", "province", "billing state", "county"),
    *("acc state", "state pr"),
    "address1 stateorprovince",
)

PHONE = (
    "phone",
    "phone number",
    "work phone",
    "office phone",
    "business phone",
    "main phone",
    "telephone",
    "direct phone",
    "main ph",
    "bphone",
    "contact work phone",
    "phones",
    "telephone1",
    "phone work",
    "phone 1 value",
    "phone 1",
    "primary phone",
    "primary phone number",
    "company main phone",
    "business phone number",
    "work phone number",
    "person phone",
    "primary contact primary phone",
)

MOBILE = (
    *("mobile", "mobile phone", "cell phone", "cell", "mobile phone number"),
    *("contact mobile phone", "phone mobile", "mobilephone", "mobile number"),
    *("telephone mobile", "person mobile", "primary mobile phone"),
)

MORE_PHONES = (
    *(
        "phone 2",
        "other phone",
        "home phone",
        "phone home",
        "phone other",
        "telephone2",
    ),
    *("secondary phone", "alternate phone", "alternative phone", "other phones"),
    *("home", "work", "office"),
    *("home phone number", "home phone 2", "business phone 2", "telephone3", "phone 3"),
    *(
        "other phone number",
        "private phone",
        "direct line",
        "car phone",
        "contact other phones",
    ),
)

EMAIL = (
    "email",
    "email address",
    "e mail",
    "e mail address",
    "primary email",
    "work email",
    "contact email address",
    "email 1",
    "emails",
    "emailaddress1",
    "internal email address",
    "email work",
    "e mail 1 value",
    "email 1 value",
    "e mail address 1",
    "business email",
    "e mail 1 address",
    "person email",
    "primary contact primary email",
    "user email address",
)

MORE_EMAILS = (
    *("email 2", "e mail 2", "secondary email", "other email", "alternate email"),
    *("email home", "email other", "home email", "personal email", "private email"),
    *(
        "non primary e mails",
        "additional emails",
        "e mail 2 address",
        "e mail 3 address",
    ),
    *("other emails", "emailaddress2", "emailaddress3", "email 3", "work email 2"),
    *("home e mail", "email address 2", "email address 3", "contact other emails"),
)

WEBSITE = (
    "website",
    "web site",
    "url",
    "domain name",
    "domain",
    "homepage",
    "company domain name",
    "website url",
    "web page",
    "website 1 value",
    "corporate website",
    "business website",
    "personal web page",
)

PERSON = (
    (
        "full name",
        "name",
        "contact name",
        "display name",
        "person name",
        "file as",
        "contact full name",
    ),
    (
        "first name",
        "firstname",
        "given name",
        "f name",
        "contact first name",
        "primary contact first name",
    ),
    ("middle name", "additional name", "second name"),
    (
        "last name",
        "lastname",
        "surname",
        "family name",
        "l name",
        "contact last name",
        "primary contact last name",
    ),
)
"""The whole name of a person, and its parts in order."""
