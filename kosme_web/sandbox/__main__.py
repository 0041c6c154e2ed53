"""``python -m kosme_web.sandbox``: serve the sandbox on its own port, and its mail server on another."""

import os

from waitress import serve

from kosme_web.sandbox import create_sandbox
from kosme_web.sandbox.mail import mail_server

WEBHOOK = "webhooks/solapi/sandbox-webhook-secret"  # as the site expects it in development

host = os.environ.get("HOST") or "127.0.0.1"
here = f"[{host}]" if ":" in host else host
app = create_sandbox(
    report_url=f"http://{here}:{os.environ.get('PORT') or 8000}/{WEBHOOK}",
    addresses=os.environ.get("KOSME_ADDRESS_INDEX_URL", ""),
)
mail = mail_server(app.extensions["state"], host, int(os.environ.get("SANDBOX_MAIL_PORT") or 8025))
mail.start()
serve(app, host=host, port=int(os.environ.get("SANDBOX_PORT") or 8001), threads=8, ident=None)
mail.stop()
