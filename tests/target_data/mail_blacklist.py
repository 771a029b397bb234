"""Opt-outs: one that was there before stays, and is not claimed as created."""

from ..target_common import TargetData

TARGET = TargetData(
    model="mail.blacklist",
    rows={
        "1": {"email": "Zoë <ZOE+news@Beta.Example>"},
        "2": {"email": "o'neil@example.test"},
        "3": {"email": "Stop@Gamma.Example"},
    },
    before={"email": "stop@gamma.example"},
    matched=("3",),
    changed={"email": "zoe.new@beta.example"},
    edit={"email": "zoe.anna@beta.example"},
)
