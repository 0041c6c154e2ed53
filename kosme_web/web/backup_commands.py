"""``flask backup``: an encrypted archive of everything, and the way back into an empty database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup

from kosme_web.extensions import db
from kosme_web.providers.photo_store import PhotoStoreError
from kosme_web.services import backups
from kosme_web.services.backups import KEYS_FILE, BackupError, Kit
from kosme_web.web.toolbox import toolbox

commands = AppGroup("backup", help="Encrypted backups of database and photos.")
FOLDER = click.Path(exists=True, file_okay=False, writable=True, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@contextmanager
def telling() -> Iterator[Kit]:
    """Give what the command needs, and say in a line why it cannot be done."""
    tools = toolbox()
    if not tools.settings.backup_key:
        raise click.ClickException("KOSME_BACKUP_KEY is not set: 32 bytes in base64")
    try:
        yield Kit(tools.settings.backup_key, tools.vault, tools.photo_store)
    except (BackupError, OSError) as error:
        raise click.ClickException(str(error)) from None
    except PhotoStoreError as error:
        raise click.ClickException(f"the photo store is not to be used at the moment: {error}") from None


@commands.command("create")
@click.argument("folder", metavar="DIRECTORY", type=FOLDER)
def create_backup(folder: Path) -> None:
    """Write an archive of now into DIRECTORY, and the file of members' keys beside it anew."""
    with telling() as kit:
        created = backups.create(db.engine, kit, folder)
    click.echo(
        f"{created.path}\n{created.rows.total()} rows, {created.rows['user']} members, {created.photos} photo files"
    )
    if created.missing_photos:
        click.echo(f"{created.missing_photos} photo files are not in the store", err=True)


@commands.command("keys")
@click.argument("folder", metavar="DIRECTORY", type=FOLDER)
def refresh_keys(folder: Path) -> None:
    """Write the file of members' keys in DIRECTORY anew: who was erased meanwhile is erased from all archives."""
    with telling() as kit:
        backups.refresh_keys(db.engine, kit, folder)
    click.echo(str(folder / KEYS_FILE))


@commands.command("restore")
@click.argument("archive", metavar="FILE", type=FILE)
@click.option("--keys", type=FILE, help=f"The file of members' keys; else {KEYS_FILE} beside FILE.")
def restore_backup(archive: Path, keys: Path | None) -> None:
    """Bring FILE back into an empty, migrated database. Members whose key is gone are left out."""
    keys = keys or archive.parent / KEYS_FILE
    if not keys.exists():
        raise click.ClickException(f"no {keys.name} beside the archive: name it with --keys")
    with telling() as kit:
        restored = backups.restore(db.engine, kit, archive, keys)
    click.echo(f"{restored.rows.total()} rows, {restored.rows['user']} members, {restored.photos} photo files")
    click.echo(
        f"left out without a key: {restored.left_out['user']} members, {restored.left_out.total()} rows and files"
    )
