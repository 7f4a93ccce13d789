"""A form with a file, sent by somebody who does not know how much we read: what is too much is told, the rest is kept."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

PIECE = 64 * 1024
MOST_READ_PAST = 64 * 1024 * 1024
"""A browser shows the answer only when it has sent everything; beyond this the connection is closed instead."""


class BoundedFile(FileUploadHandler):
    """Lets go of a file as soon as it has more bytes than may be read; the other fields still arrive."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most = most
        self.too_big = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """The bytes, for the handlers behind this one."""
        if start + len(raw_data) > self.most:
            self.too_big = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers behind this one keep the file."""


def read_past(request: HttpRequest) -> None:
    """Take what is still being sent and forget it."""
    left = MOST_READ_PAST
    while left > 0 and (piece := request.read(PIECE)):
        left -= len(piece)
