import os

from dotenv import dotenv_values

from kosme_web.app import create_app
from kosme_web.config import Settings

written = {name: value for name, value in dotenv_values(".env").items() if value is not None}
app = create_app(Settings.from_env({**written, **os.environ}))
