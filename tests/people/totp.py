"""An authenticator app, by RFC 6238 and nothing of Plimsoll's."""

import base64
import hmac
import struct
import time


def code_of(secret: str, periods: int = 0) -> str:
    """The code an app shows now, or so many half minutes away."""
    counter = struct.pack(">Q", int(time.time()) // 30 + periods)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    offset = digest[-1] & 15
    return f"{(struct.unpack_from('>I', digest, offset)[0] & 0x7FFFFFFF) % 10**6:06}"
