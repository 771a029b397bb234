"""Series of meetings: what Odoo's form can express, with the days that it means."""

from ..target_common import TargetData

TARGET = TargetData(
    model="calendar.recurrence",
    rows={
        "1": {"@rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20190630",
              "@start": "2019-03-04 09:00:00"},
        "2": {"@rule": "FREQ=MONTHLY;BYDAY=-1FR;COUNT=4",
              "@start": "2019-03-29 09:00:00"},
        "3": {"@rule": "RRULE:FREQ=MONTHLY;BYMONTHDAY=31", "event_tz": "Europe/Lisbon"},
        "4": {"@rule": "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=4",
              "@start": "2019-03-04 09:00:00"},
        "5": {"@rule": "FREQ=DAILY"},
    },
    ends={
        "@rule": ("rrule_type", "interval", "until"),
        # It says on which day a rule falls that names none.
        "@start": (),
    },
    changed={"@rule": "FREQ=WEEKLY;BYDAY=TU;UNTIL=20190630"},
)  # fmt: skip
