"""The national register of schools (Get Information about Schools), and extracts of it."""

from plimsoll.evidence.layouts import Layout, Source
from plimsoll.evidence.register import NEEDS, Register

SOURCE = Source(
    name="gias",
    title="the register of schools (GIAS)",
    publisher="Department for Education",
    address="https://get-information-schools.service.gov.uk/Downloads",
    usual_month="every day",
    layouts=(Layout(needs=NEEDS, keeper=Register),),
)
