import os

from dotenv import dotenv_values

from kosme_web.app import create_app
from kosme_web.config import Settings
from kosme_web.web.key_commands import refuse_missing_keys

written = {name: value for name, value in dotenv_values(".env").items() if value is not None}
app = create_app(Settings.from_env({**written, **os.environ}))
if "FLASK_RUN_FROM_CLI" not in os.environ:  # whoever puts the keys right needs the commands
    refuse_missing_keys(app)
