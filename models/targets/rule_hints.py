"""What a target says of how rules on its model are written."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class RuleHints:
    """All names are fields of the model.

    :param told_apart_by: fields whose fixed value tells the kinds of its records apart
    :param customer: leads to the contact, empty: the record is one
    :param owner: the person in charge
    :param stage: with ``stage_date``, when it was set last
    :param outcome: holds how it ended, with ``outcome_date``, when
    :param outcomes: what a mapping says → the value of that field
    :param endings: what a mapping says → code of a server action that brings it about
    """

    told_apart_by: tuple = ()
    customer: str = ""
    owner: str = "user_id"
    stage: str = ""
    stage_date: str = ""
    outcome: str = ""
    outcome_date: str = ""
    outcomes: dict = field(default_factory=dict)
    endings: dict = field(default_factory=dict)
