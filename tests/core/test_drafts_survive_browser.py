"""What is typed outlives a killed server, a closed browser and a lost connection."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Request, Response, expect

from plimsoll.people.models import User
from tests.allocations import steps
from tests.allocations.test_case_pages import page_of
from tests.browser import QUIET
from tests.cast import Cast
from tests.visits.steps import held

pytestmark = pytest.mark.django_db(transaction=True)

SENTENCE = "Attendance has been above the average of the city for three years in a row. "
KEY_MS = 50
TWO_SECONDS = 2.0


class Server:
    """A server process on the database of the test, which can be killed and started again."""

    def __init__(self) -> None:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        environment = {
            "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PLIMSOLL_DEMO": "1",  # it serves with the key that signed the session
        }
        command = "-m django runserver --noreload --insecure"
        self.process = subprocess.Popen(
            [sys.executable, *command.split(), f"127.0.0.1:{self.port}"],
            cwd=settings.ROOT,
            env=os.environ | environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait(self) -> None:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
            except ConnectionRefusedError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("The server did not start.")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    server.start()
    yield server
    server.kill()


def sign_in(context: BrowserContext, user: User, server: Any) -> None:
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": session.key, "value": session.value, "url": server.url}])


@pytest.fixture
def device(browser: Browser, tmp_path: Path) -> Iterator[Callable[[], BrowserContext]]:
    """One computer: each time its browser is opened, it has what it kept."""
    opened: list[BrowserContext] = []

    def open_() -> BrowserContext:
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "profile",
            executable_path=shutil.which("chromium"),
            args=QUIET,
            viewport={"width": 1280, "height": 900},
        )
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield open_
    for context in opened:
        context.close()


def test_Q1_killing_the_server_in_mid_save_loses_two_seconds_at_most_and_the_device_nothing(
    cast: Cast, server: Server, device: Callable[[], BrowserContext], browser: Browser
) -> None:
    """A partner writes a report on and on without a pause; the second save is the last."""
    visit = held(steps.agreed(cast, band="B"), cast.sadia)
    address = f"{server.url}/visits/{visit.pk}/report/"
    keys: list[float] = []  # when each letter had been typed
    saves: list[float] = []
    answers: list[float] = []
    killed: list[float] = []

    def kill_in_second_save(request: Request) -> None:
        if "/drafts/" in request.url:
            saves.append(time.monotonic())
            if len(saves) == 2:
                server.kill()
                killed.append(time.monotonic())

    def note_answer(response: Response) -> None:
        if "/drafts/" in response.url:
            answers.append(time.monotonic())

    context = device()
    context.on("request", kill_in_second_save)
    context.on("response", note_answer)
    sign_in(context, cast.sadia, server)
    server.wait()
    page = context.new_page()
    page.goto(address)
    page.get_by_label("Purpose and focus", exact=True).focus()
    text = SENTENCE * 2
    for letter in text:
        page.keyboard.press(letter if letter != " " else "Space")
        keys.append(time.monotonic())
        page.wait_for_timeout(KEY_MS)
        if killed and keys[-1] > killed[0] + 0.5:
            break
    typed = text[: len(keys)]
    assert killed, "typing steadily was not saved twice"
    expect(page.get_by_role("status").first).to_contain_text("Kept on this device")
    server.start()
    context.close()

    # One save waits for the answer to the one before, which takes long on a busy machine.
    two_seconds = TWO_SECONDS + (answers[0] - saves[0])
    safe = sum(at < killed[0] - two_seconds for at in keys)
    another_device = browser.new_context()
    server.wait()
    sign_in(another_device, cast.sadia, server)
    page = another_device.new_page()
    page.goto(address)
    kept = page.get_by_label("Purpose and focus", exact=True).input_value()
    another_device.close()
    assert typed.startswith(kept)
    assert len(kept) >= safe > 0

    context = device()
    sign_in(context, cast.sadia, server)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Use what is on this device").click()
    expect(page.get_by_label("Purpose and focus", exact=True)).to_have_value(typed)
    expect(page.get_by_role("status").first).to_contain_text("Draft saved")


def test_what_is_typed_without_a_connection_is_saved_when_it_is_back(
    cast: Cast, live_server: Any, browser: Browser
) -> None:
    address = live_server.url + page_of(steps.with_school(cast), "step", "refer")
    context = browser.new_context()
    sign_in(context, cast.helen, live_server)
    page = context.new_page()
    page.goto(address)
    context.set_offline(True)
    page.get_by_label("Your reasons").fill("Written in a tunnel")
    status = page.get_by_role("status").first
    expect(status).to_contain_text("Not saved yet: no connection. Kept on this device")
    context.set_offline(False)
    expect(status).to_contain_text("Draft saved")
    page.goto(address)
    expect(page.get_by_label("Your reasons")).to_have_value("Written in a tunnel")
    context.close()


def test_a_device_whose_clock_is_slow_loses_nothing_either(
    cast: Cast, live_server: Any, browser: Browser
) -> None:
    """What it kept seems older than the draft on the server, and was never saved."""
    address = live_server.url + page_of(steps.with_school(cast), "step", "refer")
    context = browser.new_context()
    sign_in(context, cast.helen, live_server)
    page = context.new_page()
    page.clock.install(time=datetime.now(UTC) - timedelta(hours=1))
    page.goto(address)
    reasons, status = page.get_by_label("Your reasons"), page.get_by_role("status").first
    reasons.fill("Half")
    page.clock.run_for(1_500)
    expect(status).to_contain_text("Draft saved")
    page.goto(address)
    expect(reasons).to_have_value("Half")
    expect(page.get_by_role("button", name="Use what is on this device")).to_have_count(0)
    context.route("**/drafts/**", lambda route: route.abort())
    reasons.fill("Half a sentence")
    page.goto(address)
    expect(page.get_by_text("was never saved")).to_be_visible()
    page.get_by_role("button", name="Use what is on this device").click()
    expect(reasons).to_have_value("Half a sentence")
    context.close()
