"""What columns of deals, activities and messages are called in exports of many systems."""

SUBJECT = (
    "task title",
    "call title",
    "meeting name",
    "email subject",
    "note title",
    "subject",
    "title",
    "summary",
    "name",
    "topic",
    "activity name",
)

BODY = (
    "body",
    "note body",
    "note text",
    "note content",
    "html body",
    "text body",
    "email body",
    "call notes",
    "task body",
    "meeting notes",
    "content",
    "html",
    "text",
    "message",
    "description",
    "details",
    "note",
    "notes",
    "comment",
    "comments",
    "summary",
)

WHEN = (
    *("call start time", "activity date time", "call date time", "message date"),
    "date",
    "sent at",
    "sent on",
    "sent date",
    "timestamp",
    "activity date",
    "start",
    "call time",
    "call date",
    "date and time",
    "note date",
    "start date",
)

STARTED = (
    *(
        "start time",
        "started at",
        "started on",
        "start at",
        "start date time",
        "starts at",
    ),
    *("call start", "call started", "call started at", "begin time", "started"),
)
"""When something began, where one column says both the day and the time of it."""

TAGS = (
    *("tags", "tag", "labels", "label", "categories", "category", "segments", "groups"),
    *("group membership", "tag list"),
)

CURRENCY = (
    *("currency", "currency code", "currency iso code", "transaction currency"),
    *("amount currency", "currency of value", "value currency", "deal currency"),
    *("currency of amount", "currency name", "iso currency", "opportunity currency"),
    *("deal value currency", "budget currency", "revenue currency", "valuta"),
)

AMOUNT = (
    "opportunity amount",
    *("amount", "deal amount", "expected revenue", "value", "deal value", "budget"),
    *("opportunity amount", "est revenue", "estimated revenue", "estimated value"),
    *("deal size", "revenue", "eur", "usd", "amount eur", "value eur"),
    *("amount value", "value amount", "amount amount", "revenue amount"),
    *("deal value amount", "price amount", "total amount", "income", "likely"),
)

ACTUAL = (
    *("actual revenue", "actual value", "actual amount", "actual deal value"),
    *("amount won", "won amount", "won value", "won revenue", "closed amount"),
    *("closed won amount", "final amount", "final value", "final deal value"),
)
"""What a deal came to in the end, beside what was expected of it."""

PRODUCTS = (
    *("products", "product", "product names", "product name", "product s"),
    *("products and services", "product list", "product interest", "line items"),
)
"""Names of products beside a deal, without quantities and prices."""

PERIOD = (
    *("value period", "amount period", "deal value period", "revenue period"),
    *("recurring period", "billing interval"),
)
"""Whether an amount comes once, or again every month or year."""

PROBABILITY = (
    *(
        "probability",
        "win probability",
        "probability of winning",
        "deal probability",
        "close probability",
    ),
    *("probability in percent", "probability percent", "confidence"),
)

WHOLE_DAYS = (("date start date",), ("date end date",))
"""EspoCRM's days of a meeting without times, beside ``dateStart`` and ``dateEnd``."""

START_DAY = (
    *("start date", "start day", "event date", "begin date", "date start"),
    *("meeting date", "appointment date", "date", "day", "due date"),
)

TIME = (
    *("time", "time of day", "call time", "due time", "activity time", "sent time"),
    *("time sent", "note time", "start time"),
)
"""A time of day beside the only day that a row has."""

START_TIME = (
    *("start time", "begin time", "time start", "from time", "event time", "time"),
    *("meeting time", "appointment time", "start", "begin", "from"),
)

CREATED_TIME = ("created time", "creation time", "time created", "add time")

COMPLETED = (
    *("completed at utc", "completed at", "done at", "completed on"),
    *("completed date time", "marked as done time", "completion date"),
    *("date completed", "closed time", "completed time", "completed date", "done date"),
)

DONE_DAY = ("completed date", "completion date", "date completed", "done date")

DONE_TIME = ("completed time", "completion time", "time completed", "done time")

END_DAY = ("end date", "end day", "finish date", "date end", "to date")

END_TIME = (
    *("end time", "finish time", "time end", "to time", "end", "to", "until"),
    "finish",
)

ALL_DAY = (
    *(
        "all day",
        "all day event",
        "is all day event",
        "allday",
        "is all day",
        "whole day",
    ),
    "full day",
)

ATTENDEES = (
    *("attendees", "participants", "guests", "invitees", "required attendees"),
    *("attendee emails", "attendee", "participant", "internal meeting attendees"),
)

DURATION = (
    *("duration", "call duration", "meeting duration", "duration time", "length"),
    *("call duration in seconds", "duration in minutes", "duration in hours"),
    *("duration minutes", "duration seconds", "duration hours", "duration ms"),
    *("actual duration", "scheduled duration minutes", "actualdurationminutes"),
    *("scheduleddurationminutes", "talk time", "call duration ms", "time spent"),
    *("duration in seconds", "duration milliseconds", "call duration minutes"),
    *("call duration seconds", "duration min", "duration sec", "duration mins"),
)

DURATION_PARTS = (
    ("duration days",),
    ("duration hours", "hours", "duration h", "call duration hours"),
    ("duration minutes", "minutes", "duration min", "call duration minutes"),
    ("duration seconds", "seconds", "duration sec"),
)
"""A duration whose units stand in columns of their own."""

PRIORITY = ("priority", "importance", "deal priority", "rating", "task priority")

DONE = (
    "done",
    "is closed",
    "completed",
    "is completed",
    "complete",
    "is done",
    "closed",
)

PROGRESS = (
    "task status",
    "status",
    "activity status",
    "call status",
    "state",
    "progress",
)

STAGE = (
    *("stage", "deal stage", "sales stage", "stage name", "pipeline stage", "phase"),
    *("status label", "pipeline phase", "current stage", "milestone"),
    "current pipeline stage",
)

LETTERS = ("w l", "won lost", "win loss", "won or lost", "win lose", "win or loss")
"""What became of a deal, often in one letter."""

STATUS = (
    *(
        "status",
        "state",
        "deal status",
        "outcome",
        "opportunity status",
        # Close: won and lost in its own words, beside the customer's.
        "status type",
        "status label",
    ),
    *("result", "lead status", "current state", "opportunity state", *LETTERS),
)

SOURCES = (
    *("source", "lead source", "original source", "original traffic source"),
    *("source channel", "deal source", "source name"),
)
