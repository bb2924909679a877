"""Every page of the table of addresses, in a browser, at both widths: axe, links, no scrolling.

Each is opened as the last person in the table who gets to see it.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AbstractBaseUser
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser import assert_accessible
from tests.cast import Cast
from tests.test_addresses import PEOPLE, rows, world

__all__ = ["world"]  # the fixture with something of everything


def pages(cast: Cast, world: dict[str, object]) -> Iterator[tuple[str, AbstractBaseUser | None]]:
    """The address of each page and who opens it; files and fragments are no pages."""
    for row in rows():
        seen_by = [who for who, got in zip(PEOPLE, row.get, strict=True) if got == "o"]
        if not seen_by:
            continue
        person = None if seen_by[-1] == "anonymous" else cast.everyone[seen_by[-1]]
        address = reverse(row.name, args=[world[key] for key in row.args])
        client = Client()
        if person:
            client.force_login(person)
        answer = client.get(address)
        if answer.headers["Content-Type"].startswith("text/html"):
            yield address, person


@pytest.mark.parametrize("part", range(4))
def test_every_page_is_accessible(
    cast: Cast,
    world: dict[str, object],
    page: Page,
    sign_in: Callable[[Page, Any], None],
    part: int,
) -> None:
    wrong = []
    for address, person in list(pages(cast, world))[part::4]:
        page.context.clear_cookies()
        if person:
            sign_in(page, person)
        page.goto(address)
        try:
            assert_accessible(page)
        except AssertionError as found:
            wrong.append(f"{address} as {person}: {found}")
    assert not wrong, "\n".join(wrong)
