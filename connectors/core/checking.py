"""What *Check connection* finds, one finding after the other."""


class Checking:
    """Base of one check of a source; ``findings`` grows on the way.

    :cvar sentences: the ``Sentences`` of the package
    """

    sentences = None

    def __init__(self):
        self.findings = []

    def _add_finding(self, level, code, **data):
        self.findings.append(self.sentences.finding(level, code, **data))
