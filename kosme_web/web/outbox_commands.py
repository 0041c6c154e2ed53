"""``flask outbox``: what staff see of messages that could not be sent, and how they have them tried again."""

from uuid import UUID

import click
from flask.cli import AppGroup

from kosme_web.extensions import db
from kosme_web.models import MessageState
from kosme_web.services import outbox

commands = AppGroup("outbox", help="Messages that were put into the outbox.")
STATES = [state.lower() for state in MessageState]


def masked(recipient: str) -> str:
    """Leave enough to recognise a recipient by: v•••@example.com, ••••6789."""
    name, at, domain = recipient.rpartition("@")
    return f"{name[:1]}•••{at}{domain}" if at else f"••••{recipient[-4:]}"


@commands.command("list")
@click.option("--state", type=click.Choice(STATES), default="dead", show_default=True)
def list_messages(state: str) -> None:
    """List the messages of a state, recipients masked."""
    for one in outbox.listed(db.session(), MessageState(state.upper())):
        made = f"{one.created_at:%Y-%m-%d %H:%M}Z"
        click.echo(f"{one.id}  {made}  {one.channel:4}  {one.kind:16}  {masked(one.recipient):24}  {one.last_error}")


@commands.command("retry")
@click.argument("message_id", type=click.UUID)
def retry_message(message_id: UUID) -> None:
    """Have a dead or unknown message tried again; a text message is looked up first."""
    try:
        outbox.retry(db.session(), message_id)
    except outbox.MessageNotFoundError:
        raise click.ClickException("no dead or unknown message has this id") from None
    click.echo("it will be tried again")
