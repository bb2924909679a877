"""A bundle as whoever receives it reads it: every byte of text in its PDF and in its zip."""

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pikepdf

from plimsoll.documents.reading import text_of
from plimsoll.intervention.bundle import making, preparing
from plimsoll.intervention.models import Bundle, Case
from plimsoll.people.models import User
from tests.cast import NOW


def prepared(case: Case, by: User, audience: str = "court") -> Bundle:
    return preparing.prepare(
        case=case, audience=audience, purpose="Claim CO/1234/2026", by=by, at=NOW
    )


def blacked(bundle: Bundle, by: User, words: str, why: str = "personal data") -> Bundle:
    return preparing.black_out(
        bundle=bundle, words=words, why=why, dropped=(), seen=(), version=bundle.version, by=by,
        at=NOW,
    )  # fmt: skip


def left_out(bundle: Bundle, by: User, key: str, why: str = "Not asked for") -> Bundle:
    return preparing.leave_out(
        bundle=bundle, keys=[*bundle.left_out, key], there=[key], why=why,
        version=bundle.version, by=by, at=NOW,
    )  # fmt: skip


def made(bundle: Bundle, by: User) -> Bundle:
    return making.made(bundle=bundle, version=bundle.version, by=by, at=NOW)


def zip_of(bundle: Bundle) -> bytes:
    return b"".join(making.zip_of(bundle))


def files_of(bundle: Bundle) -> dict[str, bytes]:
    with ZipFile(BytesIO(zip_of(bundle))) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def everything(bundle: Bundle) -> str:
    """All that can be read in what was handed over, as plain as a searcher makes it."""
    said = (text for name, body in files_of(bundle).items() for text in (name, *_read(name, body)))
    return plain("\n".join(said))


def plain(text: str) -> str:
    """Small letters, one space for any, nothing unseen."""
    tidy = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", tidy).split())


def _read(name: str, body: bytes) -> Iterator[str]:
    yield body.decode("utf-8", errors="ignore")
    yield body.decode("utf-16", errors="ignore")
    if name.endswith(".docx"):
        yield text_of(body)
    if name.endswith(".pdf"):
        yield from _of_pdf(body)


def _of_pdf(body: bytes) -> Iterator[str]:
    """Its words in the order of the page and of its making; then what its objects hold."""
    for way in ([], ["-raw"]):
        yield subprocess.run(
            ["pdftotext", *way, "-", "-"], input=body, capture_output=True, check=True
        ).stdout.decode(errors="replace")
    with pikepdf.open(BytesIO(body)) as pdf:
        yield str(pdf.docinfo)
        yield bytes(pdf.Root.Metadata.read_bytes()).decode()
        for thing in pdf.objects:
            yield from _texts(thing)
            if isinstance(thing, pikepdf.Stream):
                yield thing.read_bytes().decode("latin-1")


def _texts(thing: pikepdf.Object) -> Iterator[str]:
    """Every text that an object holds itself, such as a bookmark's title."""
    if isinstance(thing, pikepdf.Dictionary):
        for key, value in thing.items():
            yield key
            if isinstance(value, pikepdf.String):
                yield str(value)
