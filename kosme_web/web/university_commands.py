"""``flask universities-import``: takes in the official list of Korean universities that the operator downloaded."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from kosme_web.domain.code_lists import CodeListError
from kosme_web.domain.universities import OfficialFileError
from kosme_web.services.universities import import_official
from kosme_web.web.toolbox import settings


@click.command("universities-import")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def import_universities(path: Path) -> None:
    """Take in the official list (CSV or JSON, 20 columns); a wrong file changes nothing."""
    try:
        new, gone = import_official(settings().data_dir, path.read_bytes())
    except (OfficialFileError, CodeListError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{len(new.schools)} schools as of {new.as_of}; {len(gone)} no longer offered")
    if new.unknown_regions:
        click.echo(f"regions that are not in our list: {', '.join(new.unknown_regions)}")
