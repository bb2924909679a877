"""`plimsoll adduser`: 0 done, 1 refused and nothing made, 2 wrong use."""

import json

import pytest
from click.testing import CliRunner

from plimsoll.core import access
from plimsoll.core.models import Message
from plimsoll.people.models import User
from plimsoll.schools.commands import adduser

pytestmark = pytest.mark.django_db


def run(*words: str, password: str = ""):
    return CliRunner().invoke(adduser, words, input=password)


def test_first_administrator_with_a_password():
    done = run(
        "Ines@Example.org", "Ines Marlow", "--role", "admin", "--password-stdin",
        password="a long walk by the river\n",
    )  # fmt: skip
    assert done.exit_code == 0
    ines = User.objects.get(email="ines@example.org")
    assert ines.check_password("a long walk by the river")
    assert access.may(ines, "people.change")
    assert not Message.objects.exists()


def test_sip_of_two_schools_is_told_how_to_sign_in(harbour, meadow):
    done = run(
        "sam@example.org", "Sam Reed", "--role", "sip",
        "--school", "900001", "--school", "900002", "--json",
    )  # fmt: skip
    assert done.exit_code == 0
    assert json.loads(done.output)["roles"] == [
        {"role": "sip", "school": 900001},
        {"role": "sip", "school": 900002},
    ]
    assert Message.objects.get().to == "sam@example.org"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--role", "head"), "name the school"),
        (("--role", "head", "--school", "999999"), "Not in the register: URN 999999"),
        (("--role", "officer"), "name the service"),
    ],
)
def test_refused_and_nothing_made(words, sentence):
    done = run("sam@example.org", "Sam Reed", *words)
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert not User.objects.exists()


def test_weak_password_is_refused():
    done = run("sam@example.org", "Sam", "--role", "admin", "--password-stdin", password="short\n")
    assert done.exit_code == 1
    assert not User.objects.exists()


def test_known_address_is_refused(person):
    person("Sam Reed")
    done = run("sam.reed@example.org", "Sam Reed", "--role", "admin")
    assert (done.exit_code, "has an account already" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    "words", [(), ("--role", "king"), ("--role", "admin", "--school", "900001")]
)
def test_wrong_use(words):
    assert run("sam@example.org", "Sam Reed", *words).exit_code == 2
