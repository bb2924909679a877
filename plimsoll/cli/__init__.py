"""The command line: `plimsoll --help`.

Exit codes: 0 done, 1 the input was refused, 2 wrong use.
"""

import os

import click


class Refusal(click.ClickException):
    """The input was refused and nothing was changed: exit code 1."""

    exit_code = 1


def main() -> None:
    """The console script's door: sets Django up, then hands over to the commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plimsoll.config.settings")
    import django

    django.setup()
    from plimsoll.cli.commands import plimsoll

    plimsoll(prog_name="plimsoll")


if __name__ == "__main__":
    main()
