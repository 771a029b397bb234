"""What a value is that does not fit: code → (what it is, what to do)."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

VALUE = {
    "series_beyond_odoo": (
        _lt(
            "Odoo's calendar cannot express how this series repeats. Its meetings stand "
            "one by one."
        ),
        _lt(
            "Nothing, unless the series goes on: then plan its further meetings in Odoo."
        ),
    ),
    "rate_of_later_day": (
        _lt(
            "Odoo's exchange rates for %(currency)s are all younger than this amount "
            "(%(amount)s): it was converted at the oldest of them."
        ),
        _lt("Enter a rate of that time in Odoo, then load again."),
    ),
    "required": (
        _lt("%(field)s is empty, and Odoo needs it."),
        _lt("Enter a value in the review, or skip the record with a reason."),
    ),
    "bad_email": (
        _lt("“%(value)s” is not an e-mail address."),
        _lt("Correct it in the review if you know the right one."),
    ),
    "not_blocked": (
        _lt(
            "%(field)s says “%(flag)s”, and there is no valid e-mail address to block."
        ),
        _lt(
            "Once you know the address, enter it in Odoo under Blacklisted Email "
            "Addresses."
        ),
    ),
    "several_emails": (
        _lt(
            "“%(value)s” is more than an e-mail address: the first one in it is taken."
        ),
        _lt("Correct it in the review if another one is meant."),
    ),
    "bad_phone": (
        _lt("“%(value)s” is not a phone number."),
        _lt("Correct it in the review if you know the right one."),
    ),
    "bad_url": (
        _lt("“%(value)s” is not a web address."),
        _lt("Correct it in the review if you know the right one."),
    ),
    "filled_twice": (
        _lt("%(field)s is filled already: “%(value)s” does not arrive there."),
        _lt("Join both fields in the mapping, or leave one of them out."),
    ),
    "bad_date": (
        _lt("“%(value)s” is not a date that Odoo can keep."),
        _lt("Correct it in the review."),
    ),
    "end_before_begin": (
        _lt("“%(value)s” ends before it begins."),
        _lt("Correct it in the review."),
    ),
    "not_a_number": (
        _lt("“%(value)s” is not a number."),
        _lt("Correct it in the review."),
    ),
    "ambiguous_number": (
        _lt("“%(value)s” could be read in two ways."),
        _lt("Say which decimal mark the source uses, or correct it in the review."),
    ),
    "not_an_integer": (
        _lt("“%(value)s” is not a whole number."),
        _lt("Correct it in the review."),
    ),
    "too_big": (
        _lt("“%(value)s” is too large for its field."),
        _lt("Choose another field, or correct it in the review."),
    ),
    "not_a_boolean": (
        _lt("“%(value)s” is neither yes nor no."),
        _lt("Correct it in the review."),
    ),
    "ambiguous_duration": (
        _lt("“%(value)s” does not say what it counts: hours, minutes or seconds."),
        _lt("Choose the unit in the mapping, or correct it in the review."),
    ),
    "bad_duration": (
        _lt("“%(value)s” is not a duration that can be meant."),
        _lt("Choose another unit in the mapping, or correct it in the review."),
    ),
    "not_a_share": (
        _lt("“%(value)s” is not a share, but the other values of its column are."),
        _lt("Correct it in the review."),
    ),
    "contradiction": (
        _lt("%(field)s says won and lost at once."),
        _lt("Correct it in the review."),
    ),
    "not_text": (
        _lt("%(field)s holds several values where one is expected."),
        _lt("Choose another conversion in the mapping."),
    ),
    "bad_zone": (
        _lt("“%(value)s” has no time zone that is known."),
        _lt("Choose the time zone of the source in the options of the migration."),
    ),
    "not_a_reference": (
        _lt("%(field)s does not say which record it means."),
        _lt("Choose another conversion in the mapping."),
    ),
    "not_a_list": (
        _lt("%(field)s is not a list."),
        _lt("Choose another conversion in the mapping."),
    ),
}
