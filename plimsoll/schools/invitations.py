"""Invitations: how somebody without an account gets one, with the role it is for."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localtime

from plimsoll.core import audit, outbox
from plimsoll.core.workflow import Refused
from plimsoll.framework import editions
from plimsoll.people import actions as people
from plimsoll.people.models import Invitation, User
from plimsoll.schools import actions, roles
from plimsoll.schools.actions import check_may_appoint, delegate
from plimsoll.schools.models import Assignment, School

INCOMPLETE: Final = "This link is not complete. Open it again from the e-mail."


@dataclass(frozen=True)
class Offered:
    """The role that an invitation is for."""

    role: str
    school: School | None = None
    phases: tuple[str, ...] = ()
    service: str = ""
    kind: str = Assignment.Kind.HELD
    ends: date | None = None

    @property
    def words(self) -> str:
        """As the invitation names it."""
        acting = f"{Assignment.Kind(self.kind).label}: " if self.kind != "held" else ""
        where = f" at {self.school.name}" if self.school else ""
        return f"{acting}{roles.label(self.role)}{where}"


def offered_by(invitation: Invitation) -> Offered:
    return Offered(
        role=invitation.role,
        school=School.objects.filter(urn=invitation.urn).first() if invitation.urn else None,
        phases=tuple(invitation.phases),
        service=invitation.service,
        kind=invitation.kind,
        ends=invitation.ends,
    )


@transaction.atomic
def invite(*, email: str, name: str, offer: Offered, by: User | None, at: datetime) -> Invitation:
    """Send a link with which this person makes an account that holds this role."""
    address = email.strip().lower()
    today = localtime(at).date()
    if by:
        check_may_appoint(by, None, offer.role, offer.school, offer.kind, today)
    actions.check_shape(offer.role, offer.school, offer.phases, offer.service)
    if people.known(address):
        raise Refused(f"{address} has an account already: open the person’s page and appoint.")
    if Invitation.objects.filter(email=address, accepted_at=None, withdrawn_at=None).exists():
        raise Refused(f"{address} has an open invitation: send it again, or withdraw it first.")
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=address,
        name=name.strip(),
        role=offer.role,
        kind=offer.kind,
        urn=offer.school.urn if offer.school else None,
        phases=list(offer.phases),
        service=offer.service,
        ends=offer.ends,
        token_hash=Invitation.hash_of(token),
        invited_by=by,
        invited_at=at,
        expires_at=_expiry(at),
    )
    _record("invitation.sent", invitation, by=by, at=at)
    _send(invitation, token, by=by, at=at)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, by: User, at: datetime) -> None:
    """A new link; the one before stops working."""
    _check_open(invitation)
    _check_may_change(invitation, by, at)
    token = secrets.token_urlsafe(32)
    invitation.token_hash = Invitation.hash_of(token)
    invitation.invited_at, invitation.expires_at = at, _expiry(at)
    invitation.save(update_fields=["token_hash", "invited_at", "expires_at"])
    _record("invitation.sent-again", invitation, by=by, at=at)
    _send(invitation, token, by=by, at=at)


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User, at: datetime) -> None:
    _check_open(invitation)
    _check_may_change(invitation, by, at)
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    _record("invitation.withdrawn", invitation, by=by, at=at)


@transaction.atomic
def accept(*, token: str, at: datetime, password: str | None = None) -> User:
    """Make the account and give it the role. Each invitation works once."""
    invitation = by_token(token, lock=True)
    if invitation is None:
        raise Refused(INCOMPLETE)
    if reason := invitation.obstacle(at):
        raise Refused(reason)
    inviter, offer = invitation.invited_by, offered_by(invitation)
    if inviter and not _may_still_give(inviter, offer, at):
        raise Refused("Whoever invited you can no longer give this role. Ask for a new invitation.")
    person = people.create_person(
        email=invitation.email, name=invitation.name, password=password, by=inviter, at=at
    )
    actions.appoint(
        person=person,
        role=offer.role,
        school=offer.school,
        phases=offer.phases,
        service=offer.service,
        kind=offer.kind,
        in_place_of=inviter if offer.kind == Assignment.Kind.DELEGATE else None,
        starts=localtime(at).date(),
        ends=offer.ends,
        by=inviter,
        at=at,
    )
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    _record("invitation.accepted", invitation, by=person, at=at)
    return person


@transaction.atomic
def delegate_to(
    *,
    school: School,
    email: str,
    name: str,
    starts: date,
    ends: date | None,
    by: User,
    at: datetime,
) -> None:
    """Let the person of this address act for the head; without an account, after accepting.

    The head is told the same either way: who has an account is nobody's business.
    """
    if person := people.known(email):
        delegate(school=school, person=person, starts=starts, ends=ends, by=by, at=at)
        return
    offer = Offered(role="head", school=school, kind=Assignment.Kind.DELEGATE, ends=ends)
    invite(email=email, name=name, offer=offer, by=by, at=at)


def by_token(token: str, *, lock: bool = False) -> Invitation | None:
    rows = Invitation.objects.select_for_update(of=("self",)) if lock else Invitation.objects
    return rows.filter(token_hash=Invitation.hash_of(token)).first()


def _check_open(invitation: Invitation) -> None:
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refused("This invitation is closed: it was used or withdrawn.")


def _check_may_change(invitation: Invitation, by: User, at: datetime) -> None:
    offer = offered_by(invitation)
    check_may_appoint(by, None, offer.role, offer.school, offer.kind, localtime(at).date())


def _may_still_give(inviter: User, offer: Offered, at: datetime) -> bool:
    """The inviter's own role may have ended since."""
    try:
        check_may_appoint(inviter, None, offer.role, offer.school, offer.kind, localtime(at).date())
    except Refused:
        return False
    return inviter.is_active


def _expiry(at: datetime) -> datetime:
    return at + timedelta(days=settings.INVITATION_DAYS)


def _send(invitation: Invitation, token: str, *, by: User | None, at: datetime) -> None:
    link = settings.BASE_URL + reverse("schools:invitation", args=[token])
    words = {
        "invitation": invitation,
        "role": offered_by(invitation).words,
        "sender": by.name if by else "",
        "service": editions.current().authority.service_name,
        "link": link,
        "expires": localtime(invitation.expires_at).date(),
    }
    outbox.post(
        # The hash and not the secret; a new link is a new cause.
        key=f"invitation:{invitation.token_hash}",
        to=invitation.email,
        subject="Your invitation to Plimsoll",
        body=render_to_string("schools/email/invitation.txt", words),
        at=at,
    )


def _record(verb: str, invitation: Invitation, *, by: User | None, at: datetime) -> None:
    audit.record(
        verb=verb,
        subject=invitation,
        by=by,
        at=at,
        permission=people.SEE,
        after={"name": invitation.name, "role": invitation.role, "kind": invitation.kind},
    )
