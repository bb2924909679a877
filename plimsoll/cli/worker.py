"""What must happen without anybody clicking: e-mails leave, reminders fall due."""

import time

import click
from django.db import close_old_connections
from django.utils import timezone

from plimsoll.allocations.chasing import remind_due
from plimsoll.core.outbox import send_due

PAUSE_SECONDS = 5


@click.command()
@click.option("--once", is_flag=True, help="Do what is due and stop: for a timer.")
def work(once: bool) -> None:
    """Send waiting e-mails and remind whoever is due, again and again.

    Any number may run; nothing is sent or reminded twice.
    """
    while True:
        at = timezone.now()
        reminded = remind_due(at=at)
        sent, failed = send_due(at=at)
        if reminded or sent or failed:
            click.echo(f"{at:%Y-%m-%d %H:%M} reminded {reminded}, sent {sent}, failed {failed}")
        if once:
            return
        close_old_connections()
        time.sleep(PAUSE_SECONDS)
