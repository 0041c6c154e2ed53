"""``python -m kosme_web.sandbox``: serve the sandbox on its own port."""

import os

from waitress import serve

from kosme_web.sandbox import create_sandbox

serve(
    create_sandbox(),
    host=os.environ.get("HOST") or "127.0.0.1",
    port=int(os.environ.get("SANDBOX_PORT") or 8001),
    threads=8,
    ident=None,
)
