"""Debian's Chromium, driven by Playwright, and what every page is held to in it."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright

# Playwright's loop runs in this thread, so Django takes every query for an asynchronous one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

WIDE, NARROW = 1280, 320
AXE = settings.ROOT / "node_modules" / "axe-core" / "axe.min.js"
# Every rule that is on by default, and these two. No element is excluded.
RULES = {"target-size": {"enabled": True}, "td-has-header": {"enabled": True}}
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever uses the browser is marked as a browser test."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("needs Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[OpenPage]:
    """Open a page in a context of its own: `open_page(width=320, javascript=False)`.

    What the browser complains of (a script's error, a missing file, the content security
    policy, an address elsewhere) fails the test at its end.
    """
    contexts, complaints = [], []

    def note(message: ConsoleMessage) -> None:
        # The page asked for may well answer 403; what a page asks for itself may not.
        if message.type == "error" and message.location.get("url") not in visited:
            complaints.append(f"{message.text} ({message.location.get('url')})")

    def stay_here(route: Route) -> None:
        if route.request.url.startswith((live_server.url, "data:")):
            if route.request.is_navigation_request():
                visited.add(route.request.url)
            route.continue_()
        else:
            complaints.append(f"asked another computer for {route.request.url}")
            route.abort()

    visited: set[str] = set()

    def open_(*, width: int = WIDE, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.route("**/*", stay_here)
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints, "The browser complained:\n" + "\n".join(complaints)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()


@pytest.fixture
def narrow_page(open_page: OpenPage) -> Page:
    return open_page(width=NARROW)


@pytest.fixture
def page_without_javascript(open_page: OpenPage) -> Page:
    """For journeys. axe cannot run in it: see `page_without_scripts`."""
    return open_page(javascript=False)


@pytest.fixture
def page_without_scripts(open_page: OpenPage) -> Page:
    """What a reader sees whose scripts did not arrive; axe runs in it."""
    page = open_page()
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    return page


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Page, AbstractBaseUser], None]:
    """Give a page the session of a person, without the sign-in form."""

    def sign_in_(page: Page, user: AbstractBaseUser) -> None:
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": session.key, "value": session.value, "url": live_server.url}]
        )

    return sign_in_


def axe(page: Page) -> None:
    """Fail with every violation that axe finds on the page as it is now."""
    page.wait_for_load_state()  # a click may have led to a page that is still on its way
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate("rules => axe.run(document, {rules}).then(r => r.violations)", RULES)
    told = [
        f"{violation['id']}: {violation['help']}\n    {node['html']}\n    {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"]
    ]
    assert not told, f"axe on {page.url} at {page.viewport_size}:\n" + "\n".join(told)


def dead_links(page: Page) -> list[str]:
    """Links to a place on this page that is not there: axe lets them pass."""
    return page.evaluate(
        """() => [...document.querySelectorAll('a[href^="#"]')]
            .map(link => link.getAttribute('href'))
            .filter(href => !document.getElementById(href.slice(1)))"""
    )


def _widest(page: Page) -> list[str]:
    """What reaches beyond the right edge, the innermost last."""
    return page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(each => each.getBoundingClientRect().right > window.innerWidth)
            .slice(-3).map(each => each.outerHTML.slice(0, 200))"""
    )


def assert_accessible(page: Page) -> None:
    """Hold the page to axe, to living links and to reflow, at 1280 px and at 320 px."""
    size = page.viewport_size
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (
            f"{page.url} scrolls sideways at {width} px: it is {wide} px wide, for {_widest(page)}"
        )
    assert not (dead := dead_links(page)), f"{page.url} has links that lead nowhere: {dead}"
    page.set_viewport_size(size)
