"""A test client that reads each page as strictly as the standard allows."""

from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from django.http import HttpResponse
from django.test import Client


def faults(html: str) -> list[str]:
    """Everything wrong with a page, or with the part of one that htmx asks for."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    whole = html.lstrip().lower().startswith("<!doctype")
    tree = parser.parse(html) if whole else parser.parseFragment(html)
    lines = html.splitlines()
    found = [
        f"line {line}: {code} {details or ''}: {lines[min(line, len(lines)) - 1].strip()}"
        for (line, _), code, details in parser.errors
    ]
    return found + _broken_references(list(tree.iter()), whole)


def _broken_references(elements: list[Element], whole: bool) -> list[str]:
    ids = Counter(element.get("id") for element in elements if element.get("id"))
    found = [f'id="{name}" is on {count} elements' for name, count in ids.items() if count > 1]
    if not whole:
        return found  # the rest of the page may hold what a part refers to
    for element in elements:
        href = element.get("href", "")
        if href.startswith("#") and href[1:] not in ids:
            found.append(f'the link href="{href}" leads nowhere')
        for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            names = element.get(attribute, "").split()
            found += [f'{attribute}="{name}" names no element' for name in names if name not in ids]
    return found


class StrictClient(Client):
    def request(self, **request: Any) -> HttpResponse:
        response = super().request(**request)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            wrong = faults(response.content.decode()) if response.content else []
            assert not wrong, f"{request['PATH_INFO']} is not sound HTML:\n" + "\n".join(wrong)
        return response
