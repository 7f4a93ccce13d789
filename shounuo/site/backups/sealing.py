"""An archive under a key: AES-256-GCM in pieces, so that it can be written as a stream and read at any place.

The key of a file comes from the installation's backup key and a salt of its own (scrypt). Each piece is
bound to its place by the nonce, and the last one says that it is the last: a file that was cut, exchanged
or changed anywhere cannot be opened.
"""

import hashlib
import io
import os
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from shounuo.organisation.refusals import NotPossible

MAGIC = b"SHOUNUO-SEALED-1"
SALT, PIECE, TAG = 16, 1 << 16, 16
HEADER = len(MAGIC) + SALT
SHORTEST_KEY = 20


def _cipher(key: str, salt: bytes) -> Any:
    """The cipher of one file. Raises NotPossible when the library for it is missing or the key is too short."""
    if len(key) < SHORTEST_KEY:
        raise NotPossible(_("SHOUNUO_BACKUP_KEY 太短：至少 %(least)s 个字符") % {"least": SHORTEST_KEY})
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ImportError:
        raise NotPossible(_("加密备份需要 Python 包 cryptography，请先安装")) from None
    derived = hashlib.scrypt(key.encode(), salt=salt, n=1 << 15, r=8, p=1, maxmem=1 << 26, dklen=32)
    return AESGCM(derived)


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def is_sealed(file: BinaryIO) -> bool:
    """Whether the file begins as a sealed archive does; leaves the file at its beginning."""
    begins = file.read(len(MAGIC))
    file.seek(0)
    return begins == MAGIC


class Sealing(io.RawIOBase):
    """A stream that seals what is written to it; `finish` writes the last piece."""

    def __init__(self, to: BinaryIO, key: str) -> None:
        salt = os.urandom(SALT)
        self._to, self._cipher, self._waiting, self._number = to, _cipher(key, salt), bytearray(), 0
        to.write(MAGIC + salt)

    def writable(self) -> bool:
        """It is for writing only."""
        return True

    def write(self, data: Any) -> int:
        """Take bytes; whole pieces go out as soon as more than one is there."""
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._send(bytes(self._waiting[:PIECE]), False)
            del self._waiting[:PIECE]
        return len(data)

    def finish(self) -> None:
        """Write the last piece, which says that it is the last."""
        self._send(bytes(self._waiting), True)

    def _send(self, piece: bytes, last: bool) -> None:
        self._to.write(self._cipher.encrypt(_nonce(self._number, last), piece, MAGIC))
        self._number += 1


class Unsealed(io.RawIOBase):
    """What is inside a sealed file, readable at any place. Raises NotPossible for a wrong key or a damaged file."""

    def __init__(self, file: BinaryIO, key: str) -> None:
        header = file.read(HEADER)
        whole = file.seek(0, io.SEEK_END) - HEADER
        self._file, self._cipher = file, _cipher(key, header[len(MAGIC) :])
        self._pieces = max(1, -(-whole // (PIECE + TAG)))
        self._size, self._at = whole - self._pieces * TAG, 0
        self._held: tuple[int, bytes] = (-1, b"")
        self._piece(self._pieces - 1)  # a wrong key, or an end that is missing, is told at once

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def seekable(self) -> bool:
        """Any place can be read."""
        return True

    def seek(self, to: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        self._at = to + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def tell(self) -> int:
        """The present place."""
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer from the present place, at most to the end of a piece."""
        number, offset = divmod(self._at, PIECE)
        if self._at >= self._size:
            return 0
        part = self._piece(number)[offset : offset + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def _piece(self, number: int) -> bytes:
        if self._held[0] != number:
            from cryptography.exceptions import InvalidTag

            self._file.seek(HEADER + number * (PIECE + TAG))
            sealed = self._file.read(PIECE + TAG)
            try:
                plain = self._cipher.decrypt(_nonce(number, number == self._pieces - 1), sealed, MAGIC)
            except InvalidTag:
                raise NotPossible(_("打不开备份：密钥不对，或者文件已损坏")) from None
            self._held = number, plain
        return self._held[1]
