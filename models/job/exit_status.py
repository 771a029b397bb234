"""With what the command line ends: everything, nothing, or something in between."""

ARRIVED, STOPPED, REFUSED, INCOMPLETE = 0, 1, 2, 3
"""Everything arrived; it stopped, does not add up or differs; the arguments or the plan
cannot be meant and nothing was started; it adds up, but something did not arrive."""


class Stopped(Exception):
    """The replay ends here.

    :param status: the exit status
    :param text: sentences for whoever started it
    """

    def __init__(self, status, text):
        self.status, self.text = status, text
        super().__init__(text)
