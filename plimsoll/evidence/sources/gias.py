"""The national register of schools (Get Information about Schools), and extracts of it."""

from plimsoll.evidence.keepers.register import NEEDS, Register
from plimsoll.evidence.layouts import Layout, Source

SOURCE = Source(
    name="gias",
    title="the register of schools (GIAS)",
    publisher="Department for Education",
    address="https://get-information-schools.service.gov.uk/Downloads",
    usual_month="every day",
    layouts=(Layout(needs=NEEDS, keeper=Register),),
)
