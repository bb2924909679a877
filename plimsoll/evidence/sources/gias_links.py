"""The register's links between schools: predecessors and successors."""

from functools import partial
from typing import Final

from plimsoll.evidence.keepers.register import urn
from plimsoll.evidence.keepers.tables import Mapped, Rows
from plimsoll.evidence.layouts import Layout, Source
from plimsoll.evidence.values import day, required, text
from plimsoll.schools.models import SchoolLink

LINKS: Final = Mapped(
    model=SchoolLink,
    key={
        "urn": (urn, ("URN",)),
        "other": (urn, ("LinkURN",)),
        "kind": (required(text(60)), ("LinkType",)),
    },
    fields={
        "other_name": (text(200), ("LinkName",)),
        "since": (day, ("LinkEstablishedDate",)),
    },
    urns=("URN", "LinkURN"),
    linking=True,
)

SOURCE = Source(
    name="gias-links",
    title="the register's links between schools (GIAS)",
    publisher="Department for Education",
    address="https://get-information-schools.service.gov.uk/Downloads",
    usual_month="every day",
    layouts=(Layout(needs=("URN", "LinkURN", "LinkType"), keeper=partial(Rows, mapped=LINKS)),),
)
