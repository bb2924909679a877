"""The virus scanner: each upload goes to ClamAV when the authority has set one up."""

import socket
import struct
from typing import Final

from django.conf import settings

from plimsoll.documents.refusals import Refused

TIMEOUT: Final = 20
CHUNK: Final = 1024 * 1024


def clean(name: str, body: bytes) -> None:
    """Refuse an infected file, and any file while the scanner cannot be asked."""
    if not settings.CLAMD:
        return
    try:
        answer = _asked(settings.CLAMD, body)
    except (OSError, ValueError):
        answer = ""
    if answer.endswith("FOUND"):
        raise Refused(
            f"“{name}” was not kept: the virus scanner found "
            f"{answer.removeprefix('stream: ').removesuffix(' FOUND')} in it. Tell your IT team."
        )
    if answer != "stream: OK":
        raise Refused(
            f"“{name}” was not kept: the virus scanner did not answer. Try again in a few "
            f"minutes; if it goes on, tell your administrator."
        )


def _asked(address: str, body: bytes) -> str:
    """One INSTREAM exchange: each chunk after its length, then a length of nought."""
    with _connected(address) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(body), CHUNK):
            chunk = body[start : start + CHUNK]
            line.sendall(struct.pack(">I", len(chunk)) + chunk)
        line.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := line.recv(4096)):
            answer += more
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _connected(address: str) -> socket.socket:
    """A connection to `host:port`, or to a socket by its path."""
    if "/" in address:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(TIMEOUT)
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=TIMEOUT)
