"""What the loaders have to say: code → (what happened, what to do)."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)


WORDING = {
    # the record is not loaded
    "refused": (
        _lt("Odoo does not take it: %(reason)s"),
        _lt("Correct the record in the review, then load it again."),
    ),
    "too_long": (
        _lt("%(field)s is too long: Odoo keeps up to %(limit)s characters of it."),
        _lt("Shorten it in the review, then load it again."),
    ),
    "not_a_choice": (
        _lt("%(field)s cannot be “%(value)s”: Odoo does not offer that choice."),
        _lt("Choose what it means in the value map, or correct it in the review."),
    ),
    "not_a_reference": (
        _lt("%(field)s is “%(value)s”, but Odoo needs a record there."),
        _lt("Give the field a value map, or another target, in the mapping."),
    ),
    "not_for_numbers": (
        _lt("%(field)s is “%(value)s”, which is not a number that it can hold."),
        _lt("Correct it in the review."),
    ),
    "not_yes_or_no": (
        _lt("%(field)s is “%(value)s”, which is neither yes nor no."),
        _lt("Correct it in the review."),
    ),
    "not_a_date": (
        _lt("%(field)s is “%(value)s”, which is not a date."),
        _lt("Correct it in the review."),
    ),
    "reference_later": (
        _lt("%(field)s refers to a record that is loaded only afterwards."),
        _lt("Load it again once the other object is there."),
    ),
    "no_thread": (
        _lt("None of the records it belongs to was loaded."),
        _lt("Load its company, contact or deal first, then load it again."),
    ),
    "unlinked": (
        _lt("It belongs to no record in the source. It stands with %(value)s."),
        _lt("Move it in Odoo if it belongs elsewhere."),
    ),
    "nobody": (
        _lt("It belongs to no record and to nobody: Odoo could not show it anywhere."),
        _lt("Decide its owner, then load it again."),
    ),
    "owner_left_empty": (
        _lt("It was decided that nobody stands for this owner in Odoo."),
        _lt("Nothing, unless the decision changes."),
    ),
    "duplicate_skipped": (
        _lt("It was decided to leave it out as a duplicate."),
        _lt("Nothing, unless the decision changes."),
    ),
    "merge_target_gone": (
        _lt("The record it should be merged into is not in Odoo any more."),
        _lt("Reopen it in the list of duplicates."),
    ),
    "merge_target_missing": (
        _lt("The record it should be merged into was not loaded."),
        _lt("Load that one first, or keep both in the list of duplicates."),
    ),
    "became_another": (
        _lt(
            "In the source it has become another kind of record; in Odoo it stays as "
            "it was loaded (%(model)s)."
        ),
        _lt("Convert it in Odoo by hand, or roll it back and load it again."),
    ),
    "gone_in_odoo": (
        _lt("Somebody has deleted it in Odoo since it was loaded. It stays deleted."),
        _lt("Nothing, unless the deletion was a mistake."),
    ),
    "link_refused": (
        _lt(
            "%(field)s stays empty. It should be “%(value)s” (%(stream)s), which Odoo "
            "refuses: %(reason)s"
        ),
        _lt("Say in the review which one is right, then load it again."),
    ),
    # something of the record is missing
    "reference_missing": (
        _lt("%(field)s refers to “%(value)s” (%(stream)s), which is not in Odoo."),
        _lt("See why that one was not loaded; then load this one again."),
    ),
    "reference_filtered": (
        _lt("%(field)s refers to “%(value)s” (%(stream)s), which a filter leaves out."),
        _lt("Nothing. The link is set once the filter lets it pass."),
    ),
    "parent_filtered": (
        _lt("Left out: what it belongs to is left out by a filter."),
        _lt("Nothing. It is loaded once the filter lets pass what it belongs to."),
    ),
    "name_kept": (
        _lt(
            "%(field)s names “%(value)s”, which is not a record of its own; the name stands "
            "in %(other)s."
        ),
        _lt("Nothing; link it in Odoo if there is such a record."),
    ),
    "reference_unclear": (
        _lt(
            "%(field)s names “%(value)s”, and %(count)s records have this name: %(names)s. "
            "The link stays empty."
        ),
        _lt("Choose the right one in the review, then load it again."),
    ),
    "further_unclear": (
        _lt(
            "“%(value)s” is named beside what %(field)s is linked to, and %(count)s "
            "records have this name."
        ),
        _lt("Nothing, unless it should be linked: then choose it in the review."),
    ),
    "further_missing": (
        _lt(
            "“%(value)s” (%(stream)s) is named beside what %(field)s is linked to, and is "
            "not in Odoo."
        ),
        _lt("Nothing, unless it should be linked."),
    ),
    "value_undecided": (
        _lt("Nobody decided what “%(value)s” means. %(field)s stays empty."),
        _lt("Decide it in the value maps, then load again."),
    ),
    "owner_undecided": (
        _lt("Nobody decided who stands for owner %(value)s. %(field)s stays empty."),
        _lt("Decide it in the list of owners, then load again."),
    ),
    "wrong_model": (
        _lt("%(field)s refers to a record of another kind (%(model)s): %(value)s."),
        _lt("Correct the mapping, then load again."),
    ),
    "value_left_out": (
        _lt("%(field)s cannot hold “%(value)s”. It is left as Odoo fills it."),
        _lt("Correct it in the review, then load again."),
    ),
    "value_replaced": (
        _lt("%(field)s cannot hold “%(value)s”. “%(instead)s” stands there."),
        _lt("Correct it in the review, then load again."),
    ),
    "value_unplaced": (
        _lt(
            "%(field)s cannot hold “%(value)s”, and Odoo has no notes here. The value stands in this message."
        ),
        _lt("Correct it in the review, then load again."),
    ),
    "value_refused": (
        _lt(
            "Odoo does not take “%(value)s” for %(field)s (%(reason)s). It is left as Odoo fills it."
        ),
        _lt("Correct it in the review, then load again."),
    ),
    "text_cut": (
        _lt("%(field)s is too long for Odoo. Its beginning stands there."),
        _lt("Shorten it in Odoo if another beginning fits better."),
    ),
    "not_settled": (
        _lt(
            "It stays as it was created, for Odoo does not take its final state: %(reason)s"
        ),
        _lt("Complete it in Odoo, then set its state there."),
    ),
    "no_such_field": (
        _lt("Odoo has no field %(field)s here."),
        _lt("Choose another target in the mapping."),
    ),
    "changed_by_both": (
        _lt(
            "%(field)s was changed in the source and in Odoo. Odoo's value “%(mine)s” "
            "stays; the source says “%(theirs)s”."
        ),
        _lt("Compare both and enter the right one in Odoo."),
    ),
    "name_default": (
        _lt("It has no name in the source: “%(value)s” was taken instead."),
        _lt("Nothing, unless you know a better name."),
    ),
    "name_from_address": (
        _lt("It has no name: its address was taken instead."),
        _lt("Enter the name in Odoo if you know it."),
    ),
    "bad_vat": (
        _lt("Odoo does not accept %(value)s as a tax number."),
        _lt("Correct it on the contact if you know the right one."),
    ),
    "vat_of_company": (
        _lt("The contact's tax number is not its company's."),
        _lt("Nothing, if the company's number is right."),
    ),
    "value_of_company": (
        _lt("%(field)s is not what its company has."),
        _lt("Nothing, if the company's is right."),
    ),
    "entry_kept": (
        _lt(
            "Its name changed in the source. The entry that Odoo had before stays as it is."
        ),
        _lt("Rename it in Odoo, or map the value to another entry."),
    ),
    "entry_unclear": (
        _lt("Odoo has %(count)s entries called “%(value)s”: %(names)s."),
        _lt("Rename or archive all but one of them in Odoo, then load it again."),
    ),
    "entry_archived": (
        _lt("“%(value)s” is archived in Odoo. A new entry was created beside it."),
        _lt(
            "To use the archived one, roll back, choose Reactivate in the value maps "
            "and load again."
        ),
    ),
    "responsible_assumed": (
        _lt("Odoo needs somebody responsible for it: %(value)s was taken."),
        _lt("Change it in Odoo if somebody else is."),
    ),
    "stage_assumed": (
        _lt("Its stage is not known in Odoo: the deal stands in %(value)s."),
        _lt("Decide the stage in the value maps, then load again; or move the deal."),
    ),
    "no_due_day": (
        _lt(
            "The source has no day by which it is due: it is due on the day of the load."
        ),
        _lt("Give it a day in Odoo, or correct it in the review and load it again."),
    ),
    "no_won_stage": (
        _lt("The deal was won, but its team has no stage for won deals."),
        _lt("Mark a stage as won, then load it again."),
    ),
    "lost_in_won_stage": (
        _lt("The deal was lost, but its stage is for won deals. Another was taken."),
        _lt("Check the value map of the stages."),
    ),
    "open_in_won_stage": (
        _lt("The deal is open, but its stage is for won deals. Another was taken."),
        _lt("Check the value map of the stages."),
    ),
    "steps_named": (
        _lt("Odoo has no stage for: %(value)s. The chatter tells of them by name."),
        _lt("Decide these stages in the value maps, then load again."),
    ),
    "steps_lost": (
        _lt("Parts of its history have no day: %(value)s. They are left out."),
        _lt("Add what you know of them to the chatter."),
    ),
    "series_alone": (
        _lt(
            "Of the series “%(value)s” (%(rule)s) the source has one meeting only. Odoo "
            "has that one, and those that are still to come."
        ),
        _lt("Which of the meetings until today took place, add in Odoo's calendar."),
    ),
    "series_stopped": (
        _lt(
            "The series “%(value)s” (%(rule)s) has no end, but the last meeting in the "
            "source was on %(day)s. No further one was planned."
        ),
        _lt("Where it does go on, plan its further meetings in Odoo's calendar."),
    ),
    "series_continued": (
        _lt(
            "The series “%(value)s” (%(rule)s) goes on: behind the meetings of the source "
            "%(count)s [[count|more was|more were]] planned, up to %(day)s."
        ),
        _lt("Extend or end the series in Odoo's calendar: Odoo plans no further."),
    ),
    "closed_unknown": (
        _lt(
            "The source does not say when it was won or lost, and has no other date that "
            "could tell. Its closing date stays empty."
        ),
        _lt(
            "Reports by closing date leave it out. Add the date to the source if need be."
        ),
    ),
    "no_rate": (
        _lt(
            "Odoo has no exchange rate for %(currency)s. The amount (%(amount)s) counts as 0."
        ),
        _lt("Enter the rate in Odoo (Accounting or Settings), then load again."),
    ),
    "currency_unknown": (
        _lt(
            "Nobody decided which currency “%(value)s” is. The amount (%(amount)s) counts "
            "as 0."
        ),
        _lt("Decide it in the value maps, then load again."),
    ),
    "nobodys_website": (
        _lt("%(value)s belongs to a network or mail provider, not to a company."),
        _lt("Nothing."),
    ),
    "state_elsewhere": (
        _lt(
            "%(value)s lies in %(country)s, but the record names another country. The "
            "state stays empty."
        ),
        _lt("Correct the country or the state in the review."),
    ),
    "probability_out_of_range": (
        _lt(
            "A probability of %(value)s %% is not possible. The nearest one was taken."
        ),
        _lt("Correct it in the review."),
    ),
    "broken_picture": (
        _lt("A picture within the text is damaged and could not be brought over."),
        _lt("Look at it in the source if it is needed."),
    ),
    "attendees_unknown": (
        _lt("%(count)s [[count|attendee is|attendees are]] not in Odoo."),
        _lt("Nothing, unless they should be contacts."),
    ),
    "address_shared": (
        _lt(
            "%(count)s contacts have the address %(value)s, and the name does not tell "
            "them apart. It is linked to none of them."
        ),
        _lt("Nothing, unless it should be linked: the address itself is kept."),
    ),
    # files
    "file_missing": (
        _lt("A file could not be had (%(value)s): %(reason)s"),
        _lt("Restore it in the source, then load it again."),
    ),
    "file_incomplete": (
        _lt("The file %(value)s has %(received)s of %(expected)s bytes."),
        _lt("Restore it in the source, then load it again."),
    ),
    "file_altered": (
        _lt("Odoo would store other bytes than the file %(value)s has."),
        _lt("See which app processes attachments; switch that off, then load again."),
    ),
    "file_large": (
        _lt("The file %(value)s is larger than %(limit)s MB. It waits for a decision."),
        _lt("Raise the limit or bring all files over, then load it again."),
    ),
    "files_unseen": (
        _lt(
            "The dry run had no time to look at %(count)s [[count|file|files]]. "
            "[[count|It counts|They count]] as created."
        ),
        _lt("A load says of each file that is missing or incomplete."),
    ),
    "inline_not_found": (
        _lt("The place of the picture %(value)s in its text was not found."),
        _lt("It is attached to the record; nothing else is needed."),
    ),
}


_NAME = _lt("The name is kept in the notes.")


_VALUE = _lt("The value is kept in the notes.")


_ORIGINAL = _lt("The original is kept in the notes.")


KEPT = {
    **dict.fromkeys(("reference_unclear", "further_unclear", "wrong_model"), _NAME),
    "further_missing": _NAME,
    **dict.fromkeys(("value_undecided", "value_left_out", "value_replaced"), _VALUE),
    "value_refused": _VALUE,
    **dict.fromkeys(("no_such_field", "value_of_company", "bad_vat"), _VALUE),
    **dict.fromkeys(("vat_of_company", "nobodys_website", "state_elsewhere"), _VALUE),
    **dict.fromkeys(("no_rate", "currency_unknown"), _ORIGINAL),
    "text_cut": _lt("All of it is kept in the notes."),
    "attendees_unknown": _lt("They are named in the description."),
}
"""Code → where the value is, said of a record that is loaded with these notes only."""
