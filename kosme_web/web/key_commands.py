"""``flask keys``: whether the ring has every key that is needed, and sealing all anew with its first one."""

import click
from flask import Flask
from flask.cli import AppGroup

from kosme_web.config import SettingsError
from kosme_web.extensions import db
from kosme_web.services import key_ring
from kosme_web.services.key_ring import KeyMissingError
from kosme_web.web.toolbox import toolbox

commands = AppGroup("keys", help="The keys that seal registration numbers (KOSME_NUMBER_KEYS).")


def refuse_missing_keys(app: Flask) -> None:
    """Refuse the start while something stored is sealed with a key that is not in the ring."""
    with app.app_context():
        try:
            key_ring.check_at_start(db.session(), toolbox().vault)
        except KeyMissingError as missing:
            raise SettingsError(told(missing)) from None
        finally:
            db.session.remove()
            db.engine.dispose()  # a server may fork after this


def told(missing: KeyMissingError) -> str:
    return f"KOSME_NUMBER_KEYS: the key {missing} is not in the ring, and what is stored is sealed with it"


@commands.command("check")
def check_keys() -> None:
    """Count what is sealed with each key; exit code 1 if one is missing from the ring."""
    vault = toolbox().vault
    counts = key_ring.counts(db.session())
    for key_id in [*vault.keys, *sorted(counts.keys() - vault.keys.keys())]:
        state = "seals" if key_id == vault.first else "opens" if key_id in vault.keys else "MISSING"
        click.echo(f"{key_id}  {state}  {counts[key_id]}")
    if counts.keys() - vault.keys.keys():
        raise click.ClickException("a key is missing: what it sealed cannot be opened")


@commands.command("rotate")
def rotate_keys() -> None:
    """Seal everything anew with the first key of the ring, while the site goes on; once more goes on where it ended."""
    try:
        report = key_ring.rotate(db.session(), toolbox().vault, tell)
    except KeyMissingError as missing:
        raise click.ClickException(told(missing)) from None
    click.echo(f"{report.done} sealed anew; {report.overtaken} were saved meanwhile")
    if report.unreadable:
        raise click.ClickException("not to be opened by any key:\n" + "\n".join(report.unreadable))


def tell(done: int) -> None:
    click.echo(f"{done:,} so far", err=True)
