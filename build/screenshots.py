"""Takes pictures of the main pages of the demonstration authority, into docs/screenshots."""

import io
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "screenshots"
WIDTH, HIGHEST, WITH_CHARTS = 1280, 1700, 2500
COLOURS = 128  # as many as a page needs; the files stay small
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
HARBOUR_VIEW, BEACON_HILL, MARINERS = 900001, 900007, 900012


@contextmanager
def demonstration() -> Iterator[str]:
    """The demonstration, served from a folder of its own; the address of its first page."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="plimsoll-pictures-") as folder:
        own = {
            "PLIMSOLL_VAR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/plimsoll.sqlite3",
            "PLIMSOLL_ASSETS": str(ROOT / "var" / "assets"),
            "PLIMSOLL_DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "plimsoll.config.settings",
        }
        environment = os.environ | own
        collect = ("-m", "django", "collectstatic", "--no-input", "--verbosity=0")
        subprocess.run([sys.executable, *collect], env=environment, check=True)
        serve = (str(ROOT / "build" / "serve.py"), f"--port={port}")
        server = subprocess.Popen([sys.executable, *serve], env=environment)
        try:
            _wait_for(port, server)
            yield address
        finally:
            server.terminate()
            server.wait()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(360):
        if server.poll() is not None:
            sys.exit("The demonstration did not start: the message above says why.")
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.5)
    sys.exit("The demonstration did not start within three minutes.")


class Camera:
    """A browser in which somebody of the cast is signed in."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._pages: dict[str, Page] = {}

    def page_of(self, person: str) -> Page:
        """The page at which this person stands; without a name, a stranger's."""
        if person not in self._pages:
            context = self._browser.new_context(
                base_url=self._address,
                viewport={"width": WIDTH, "height": 900},
                locale="en-GB",
                timezone_id="Europe/London",
                reduced_motion="reduce",
            )
            page = self._pages[person] = context.new_page()
            page.goto("/account/login/")
            if person:
                page.get_by_role("button", name=f"Sign in as {person}").click()
        return self._pages[person]

    def take(self, name: str, person: str, path: str, *, highest: int = HIGHEST) -> None:
        page = self.page_of(person)
        answer = page.goto(path)
        if answer is None or not answer.ok:
            sys.exit(f"{path} answers {answer and answer.status} to {person or 'a stranger'}.")
        height = min(page.evaluate("document.documentElement.scrollHeight"), highest)
        area = {"x": 0, "y": 0, "width": WIDTH, "height": height}
        save(name, page.screenshot(full_page=True, clip=area))

    def first(self, person: str, path: str, pattern: str, text: str = "") -> str:
        """The first link of a page with an address like the pattern, and this in its words."""
        page = self.page_of(person)
        page.goto(path)
        for link in page.get_by_role("link").filter(has_text=text).all():
            address = link.get_attribute("href") or ""
            if re.fullmatch(pattern, address):
                return address
        sys.exit(f"{path} has no link like {pattern}.")

    def letter(self, name: str, person: str, link: str) -> None:
        """The first page of a PDF, as a picture."""
        body = self.page_of(person).request.get(link).body()
        with tempfile.TemporaryDirectory() as folder:
            pdf = Path(folder, "letter.pdf")
            pdf.write_bytes(body)
            draw = ["pdftoppm", "-png", "-r", "90", "-singlefile", "-l", "1"]
            subprocess.run([*draw, pdf, pdf.with_suffix("")], check=True)
            save(name, pdf.with_suffix(".png").read_bytes())


def save(name: str, png: bytes) -> None:
    path = PICTURES / f"{name}.png"
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    few = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KB")


def take_all(camera: Camera) -> None:
    school = f"/schools/{HARBOUR_VIEW}/"
    case = camera.first("Helen Marsh", f"{school}allocations/", r"/allocations/\d+/")
    letter = camera.first(
        "Priya Nair", f"/schools/{BEACON_HILL}/documents/", r"/documents/\d+/", "PDF"
    )
    camera.take("sign-in", "", "/account/login/")
    camera.take("my-work", "Sadia Rahman", "/")
    camera.take("schools", "Priya Nair", "/schools/")
    camera.take("map", "Priya Nair", "/schools/map/")
    camera.take("school", "Sadia Rahman", school)
    camera.take("profile", "Helen Marsh", f"{school}evidence/", highest=WITH_CHARTS)
    camera.take("authority", "Priya Nair", "/authority/")
    camera.take("allocation", "Helen Marsh", case)
    camera.take("views", "Helen Marsh", f"{case}views/")
    camera.take("cycle", "Priya Nair", "/allocations/cycle/2026-27/")
    camera.take("moderation", "Grace Tan", "/allocations/cycle/2026-27/moderation/")
    camera.letter("letter", "Priya Nair", letter)
    concern = camera.first("Declan Byrne", f"/concern/schools/{MARINERS}/", r"/concern/\d+/")
    camera.take("case", "Declan Byrne", concern)
    camera.take("told", "Anita Desai", f"{concern}told/")
    camera.take("data-health", "Dan Fox", "/data/health/")
    camera.take("policy", "Ada Quick", "/set-up/policy/")


def photograph(work: Callable[[Camera], None]) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(QUIET)
        )
        work(Camera(browser, address))
        browser.close()


if __name__ == "__main__":
    for program in ("chromium", "pdftoppm"):
        if not shutil.which(program):
            sys.exit("Needs chromium and poppler-utils. On Debian: apt-get install them.")
    photograph(take_all)
