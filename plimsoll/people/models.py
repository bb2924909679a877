"""The people who use Plimsoll. What they may do comes from the roles they hold."""

import hashlib
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime

from plimsoll.core.access import ROLES, Path
from plimsoll.core.forms import long_date


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None) -> "User":
        """A person who may sign in; without a password, by a link, passkey or SSO only."""
        user: User = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person, known by one e-mail address."""

    class Emails(models.TextChoices):
        EACH = "each", "An e-mail for each thing, when it comes"
        DAILY = "daily", "One e-mail a day, with all that came"

    # Kept in lower case, so that one address is one person.
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    emails = models.CharField(max_length=10, choices=Emails, default=Emails.EACH)
    joined_at = models.DateTimeField(auto_now_add=True)
    # Whom this person plays in the demonstration, in which anybody may step into the part.
    # Real people play none.
    part = models.CharField(max_length=120, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def wants_digest(self) -> bool:
        return self.emails == self.Emails.DAILY

    def get_full_name(self) -> str:
        return self.name

    # Plimsoll grants by `core.access` alone; these keep Django's own parts quiet.
    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Invitation(models.Model):
    """A link by e-mail with which one person makes an account that holds one role.

    Only a hash of the link's secret is kept. The school is a URN, as the register is a
    slice above; `schools.invitations` makes the account and the assignment.
    """

    email = models.EmailField()
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=10, choices=[(role, role) for role in ROLES])
    kind = models.CharField(max_length=10, default="held")
    urn = models.IntegerField(null=True)
    phases = models.JSONField(default=list)
    service = models.CharField(max_length=20, blank=True)
    ends = models.DateField(null=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    ACCESS: ClassVar = Path("urn")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    @staticmethod
    def hash_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()

    def obstacle(self, at: datetime) -> str:
        """Why the invitation cannot be accepted now, or an empty string."""
        ask = "Ask whoever invited you for a new one."
        if self.accepted_at:
            return "This invitation has been used. Sign in with your e-mail address."
        if self.withdrawn_at:
            return f"This invitation was withdrawn. {ask}"
        if self.expires_at <= at:
            expired = long_date(localtime(self.expires_at).date())
            return f"This invitation could be used until {expired}. {ask}"
        return ""
