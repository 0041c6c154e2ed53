"""``flask audit``: whether the log of accesses to registration numbers is whole, and cutting what is too old."""

from datetime import timedelta

import click
from flask.cli import AppGroup

from kosme_web.extensions import db
from kosme_web.models.base import now
from kosme_web.services import access_log
from kosme_web.services.access_log import Head
from kosme_web.web.toolbox import settings

commands = AppGroup("audit", help="The log of accesses to registration numbers.")


def read_head(_context: click.Context, _parameter: click.Parameter, text: str | None) -> Head | None:
    if text is None:
        return None
    sequence, _, digest = text.partition(":")
    if not (sequence.isascii() and sequence.isdecimal() and digest):
        raise click.BadParameter("a number, a colon and a digest, as this command printed them")
    return Head(int(sequence), digest)


@commands.command("verify")
@click.option("--head", "known", callback=read_head, metavar="N:DIGEST", help="A newest row that was written down.")
def verify_log(known: Head | None) -> None:
    """Say whether every row is there and unchanged; if not, name the first that is not (exit code 1).

    Keep what it prints as head somewhere else: with --head it proves later that nothing until then was rewritten.
    """
    verdict = access_log.verify(db.engine, known)
    if verdict.problem:
        raise click.ClickException(f"the log is broken: {verdict.problem}")
    click.echo(f"{verdict.count} rows, all in order\nhead {verdict.head}")


@commands.command("trim")
def trim_log() -> None:
    """Remove the rows that are older than KOSME_ACCESS_LOG_DAYS."""
    removed = access_log.remove_before(db.session(), now() - timedelta(days=settings().access_log_days))
    click.echo(f"{removed} rows removed")
