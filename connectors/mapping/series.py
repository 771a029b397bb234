"""The rules of series in the values of a mapping, whichever system wrote them."""

from ..core import calendar_days

end_by_the_clock = calendar_days.end_by_the_clock
