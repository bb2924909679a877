"""`plimsoll adduser`: the first administrator, and anybody else, without the pages."""

import json
import sys
from datetime import datetime

import click
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from plimsoll.core import outbox
from plimsoll.core.access import ROLES
from plimsoll.core.workflow import Refused
from plimsoll.framework import editions
from plimsoll.people import actions as people
from plimsoll.people.models import User
from plimsoll.schools import actions, roles
from plimsoll.schools.models import Assignment, School


@click.command()
@click.argument("email")
@click.argument("name")
@click.option("--role", "given", type=click.Choice(ROLES), multiple=True, required=True)
@click.option("--school", "urns", type=int, multiple=True, help="URN, for roles at a school.")
@click.option("--phase", "phases", multiple=True, help="For a Principal Officer of some phases.")
@click.option("--service", default="", help="For an officer of another service.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def adduser(
    email: str,
    name: str,
    given: tuple[str, ...],
    urns: tuple[int, ...],
    phases: tuple[str, ...],
    service: str,
    password_stdin: bool,
    as_json: bool,
) -> None:
    """Make an account for NAME, with one role or more from today.

    \b
      plimsoll adduser ines@example.org "Ines Marlow" --role admin --password-stdin
      plimsoll adduser sam@example.org "Sam Reed" --role sip --school 900001 --school 900002

    Without --password-stdin the person signs in with a code by e-mail, and an e-mail says so.
    """
    if urns and not set(given) & roles.AT_A_SCHOOL:
        raise click.UsageError("--school is for a role at a school.")
    at = timezone.now()
    try:
        password = _password(email, name) if password_stdin else None
        with transaction.atomic():
            person = people.create_person(email=email, name=name, password=password, by=None, at=at)
            held = [
                actions.appoint(
                    person=person,
                    role=role,
                    school=school,
                    phases=phases if role in roles.BY_PHASE else (),
                    service=service if role in roles.FOR_A_SERVICE else "",
                    starts=timezone.localdate(at),
                    by=None,
                    at=at,
                )
                for role in given
                for school in _places(role, urns)
            ]
            if not password_stdin:
                _welcome(person, at=at)
    except Refused as refused:
        click.echo(str(refused), err=True)
        sys.exit(1)
    _report(person, held, as_json=as_json)


def _password(email: str, name: str) -> str:
    """The password on standard input, if it is good enough."""
    typed = sys.stdin.readline().rstrip("\r\n")
    try:
        validate_password(typed, User(email=email, name=name))
    except ValidationError as weak:
        raise Refused(" ".join(weak.messages))
    return typed


def _places(role: str, urns: tuple[int, ...]) -> list[School | None]:
    if role not in roles.AT_A_SCHOOL or not urns:
        return [None]
    found = School.objects.in_bulk(urns)
    if unknown := [str(urn) for urn in urns if urn not in found]:
        raise Refused(f"Not in the register: URN {', '.join(unknown)}. Import the register first.")
    return [found[urn] for urn in urns]


def _welcome(person: User, *, at: datetime) -> None:
    words = {
        "person": person,
        "link": settings.BASE_URL + reverse("account_request_login_code"),
        "service": editions.current().authority.service_name,
    }
    outbox.post(
        key=f"welcome:{person.pk}",
        to=person.email,
        subject="Your account for Plimsoll",
        body=render_to_string("schools/email/welcome.txt", words),
        at=at,
    )


def _report(person: User, held: list[Assignment], *, as_json: bool) -> None:
    if as_json:
        rows = [{"role": row.role, "school": row.school_id} for row in held]
        click.echo(json.dumps({"id": person.pk, "email": person.email, "roles": rows}))
        return
    click.echo(f"{person.name} <{person.email}> has an account.")
    for row in held:
        where = f" at {row.school.name}" if row.school else ""
        click.echo(f"  {roles.label(row.role)}{where}")


COMMANDS = [adduser]
