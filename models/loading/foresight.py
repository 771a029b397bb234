"""What a dry run sees of files without fetching them all."""

import time

PEEK = 1024 * 1024
"""Bytes of a file that are looked at: a small one is known whole, and none is kept."""


class Foresight:
    """Stands in the context of a dry run, and counts what was seen.

    A file is asked for, and its first bytes are read: whether it is there shows at once.
    One whose size the source does not tell is read up to the limit of large files. Once
    the time for it is spent, the others count as created, and that is said.
    """

    def __init__(self, seconds):
        """
        :param seconds: that may go into looking at files
        """
        self.seconds = seconds
        self.looked = self.unseen = 0
        self.bytes_read = self.bytes_left = 0
        self.spent = 0.0

    @property
    def is_over(self):
        return self.spent >= self.seconds

    def stop(self):
        """Look at no further file: the source wants to be left alone."""
        self.seconds = 0

    def peek(self, chunks, limit, expected):
        """Return (bytes that were read, whether that was all of it).

        :param chunks: the bytes, in pieces, as ``Source.read_file`` yields them
        :param limit: of large files in bytes, None without one
        :param expected: how many bytes the source tells, None if it does not
        """
        enough = PEEK if expected is not None or not limit else limit
        content, is_whole = bytearray(), True
        begun = time.monotonic()
        try:
            for chunk in chunks:
                content += chunk
                if len(content) > enough:
                    is_whole = False
                    break
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
            self.spent += time.monotonic() - begun
            self.looked += 1
            self.bytes_read += len(content)
        if not is_whole:
            self.bytes_left += max((expected or 0) - len(content), 0)
        return bytes(content), is_whole

    def get_seconds_left(self):
        """Return how long the bytes will take that were not fetched, as those that were."""
        if not self.looked:
            return 0.0
        of_each = self.spent / self.looked
        of_bytes = self.spent / max(self.bytes_read, PEEK)
        return self.unseen * of_each + self.bytes_left * of_bytes
