"""``flask address-import``: what the operator does with an official file of addresses."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from kosme_web.address_index.archives import FileError
from kosme_web.address_index.importing import KINDS, take_in
from kosme_web.address_index.storage import BusyError
from kosme_web.web.toolbox import toolbox


@click.command("address-import")
@click.option("--kind", type=click.Choice(KINDS), required=True, help="Which of the official files this is.")
@click.option("--sido", default="", metavar="CODE", help="Only the province of this code: 48.")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def import_addresses(kind: str, sido: str, path: Path) -> None:
    """Take an official file of addresses into our own copy.

    A full set replaces the copy once it is complete; if it is interrupted, the same command goes on. English names
    (english, road) and daily changes go into the copy in use, all of a file or nothing.
    """
    index = toolbox().local_addresses.index
    try:
        report = take_in(index.engine, kind, path, sido, tell)
    except FileError as error:
        raise click.ClickException(str(error)) from None
    except BusyError:
        raise click.ClickException("another import is at work; wait for its end") from None
    for name, number in report.lines():
        click.echo(f"{name:10}{number:>12,}")


def tell(read: int) -> None:
    click.echo(f"\r{read:,}", nl=False, err=True)
