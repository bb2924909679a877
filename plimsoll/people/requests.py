"""The request behind a gate, for views to name in their signatures."""

from django.http import HttpRequest

from plimsoll.people.models import User


class SignedIn(HttpRequest):
    """A request of somebody who is signed in: `access.needs` has seen to it."""

    user: User
