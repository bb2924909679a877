"""The register's groups: trusts, federations and sponsors, and the schools that belong."""

from functools import partial
from typing import Final

from plimsoll.evidence.keepers.register import urn
from plimsoll.evidence.keepers.tables import Mapped, Rows
from plimsoll.evidence.layouts import Layout, Source
from plimsoll.evidence.values import day, required, text, whole
from plimsoll.schools.models import Group, Membership

uid = required(whole(1))

GROUPS: Final = Mapped(
    model=Group,
    key={"uid": (uid, ("Group UID",))},
    fields={
        "name": (required(text(250)), ("Group Name",)),
        "kind": (text(80), ("Group Type",)),
        "status": (text(40), ("Group Status",)),
        "ukprn": (text(8), ("UKPRN",)),
    },
    groups=("Group UID",),
)
MEMBERS: Final = Mapped(
    model=Membership,
    key={"urn": (urn, ("URN",)), "uid": (uid, ("Linked UID", "Group UID"))},
    fields={"kind": (text(80), ("Group Type",)), "joined": (day, ("Joined date",))},
    urns=("URN",),
)

SOURCE = Source(
    name="gias-groups",
    title="the register's groups of schools (GIAS)",
    publisher="Department for Education",
    address="https://get-information-schools.service.gov.uk/Downloads",
    usual_month="every day",
    layouts=(
        Layout(
            needs=("URN", ("Linked UID", "Group UID"), "Group Type", "Joined date"),
            keeper=partial(Rows, mapped=MEMBERS),
            # The extract leaves out the last, empty cell of each row.
            short_by=1,
        ),
        Layout(
            needs=("Group UID", "Group Name", "Group Type"), keeper=partial(Rows, mapped=GROUPS)
        ),
    ),
)
