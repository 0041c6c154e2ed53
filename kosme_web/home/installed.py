"""앱으로 설치: what makes the site an application of its own, and what it shows when the network is away."""

import hashlib
import json
from contextvars import Context
from functools import cache
from http import HTTPStatus

from flask import Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kosme_web.home import blueprint
from kosme_web.web.assets import asset, manifest, source_of
from kosme_web.web.languages import LANGUAGES, message, only
from kosme_web.web.partials import is_htmx, partial_response

NAME, TELLS = message("Job matching platform"), message("Sign-up and résumé for foreigners who look for work in Korea")
PAPER, DESK = "#ffffff", "#eef2f7"
SIZES = (192, 512)
ICONS = (("any", "icon"), ("maskable", "maskable"))
KEPT = (".css", ".js", ".svg")
NOT_KEPT = "service-worker.js"


@blueprint.get("/manifest.webmanifest")
def show_manifest() -> ResponseReturnValue:
    """Tell a home screen who we are: in both languages at once, and to one that can choose, in its own."""
    names = {lang: f"KOSME {only(NAME, lang)}" for lang in LANGUAGES}
    told = {
        "id": "/",
        "start_url": url_for("resume.list_resumes"),
        "scope": "/",
        "display": "standalone",
        "lang": LANGUAGES[0],
        "name": " · ".join(("KOSME", *(only(NAME, lang) for lang in LANGUAGES))),
        "name_localized": names,
        "short_name": "KOSME",
        "description": " · ".join(only(TELLS, lang) for lang in LANGUAGES),
        "theme_color": PAPER,
        "background_color": DESK,
        "icons": [icon(purpose, stem, size) for purpose, stem in ICONS for size in SIZES],
    }
    headers = {"Content-Type": "application/manifest+json", "Cache-Control": "public, max-age=3600"}
    return json.dumps(told), HTTPStatus.OK, headers


def icon(purpose: str, stem: str, size: int) -> dict[str, str]:
    return {"src": asset(f"{stem}-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


@blueprint.get("/offline")
def show_offline() -> ResponseReturnValue:
    return offline_page(), HTTPStatus.OK, {"Cache-Control": "no-cache"}


@blueprint.get("/service-worker.js")
def show_service_worker() -> ResponseReturnValue:
    """Its bytes change with whatever it keeps: that is how a browser knows of a new version."""
    response = Response(service_worker(), mimetype="text/javascript", headers={"Cache-Control": "no-cache"})
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/new-version")
def tell_of_new_version() -> ResponseReturnValue:
    """Offer it to a page that was made before it; ``pwa.js`` is named by all files of its version."""
    if not is_htmx():
        abort(HTTPStatus.NOT_FOUND)
    if request.args.get("page", "").endswith(asset("pwa.js")):
        return partial_response(status=HTTPStatus.NO_CONTENT)
    return partial_response("home/_new_version.html")


@cache
def service_worker() -> str:
    """Write in front of the worker what it may keep: the built files and the offline page, nothing else."""
    files = sorted(asset(name) for name in manifest() if name.endswith(KEPT) and name != NOT_KEPT)
    source, offline = source_of(NOT_KEPT), url_for("home.show_offline")
    version = hashlib.sha256(json.dumps([files, source, offline_page()]).encode()).hexdigest()[:12]
    values = {"CACHE": f"kosme-{version}", "FILES": files, "OFFLINE": offline}
    return "".join(f"const {name} = {json.dumps(value)};\n" for name, value in values.items()) + source


@cache
def offline_page() -> str:
    """Draw it outside this request, for nobody: it stays on the device, whoever logs in there."""
    nobody = current_app.test_request_context(url_for("home.show_offline"), base_url=request.host_url)

    def draw() -> str:
        with nobody:
            return render_template("home/offline.html")

    return Context().run(draw)
