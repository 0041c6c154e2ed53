"""Headers of every answer, and the size of every question."""

from wsgiref.headers import Headers

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

from kosme_web.web.carried_photo import FIELD, LETTERS
from kosme_web.web.languages import DISPLAYS

FORM_BYTES = 262_144
MAX_FIELDS = 3000
YEAR = 31_536_000
RETRY_SECONDS = {503: "10", 507: "300"}  # of every answer that says to come again
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types default"
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
POLICY_WITH_GUEST = (
    "default-src 'none'; script-src 'self' {guest}; style-src 'self'; img-src 'self'; connect-src 'self' {guests}; "
    "manifest-src 'self'; worker-src 'self'; "
    "frame-src {guests}; form-action 'self' {guests}; base-uri 'none'; frame-ancestors 'none'"
)


def install(app: Flask) -> None:
    app.before_request(limit_body)
    app.after_request(add_headers)
    app.after_request(remember_language)


def limit_body() -> None:
    """Bound what is read, before anything (the CSRF check too) reads it; a view may carry its own bounds.

    ``text_bytes`` is for the texts of a form, ``body_bytes`` for a form with files; a photo that a page had to carry
    comes beside the texts where the view has ``carries_photo``.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    text_bytes = getattr(view, "text_bytes", FORM_BYTES)
    request.max_content_length = text_bytes
    if request.mimetype == "multipart/form-data":
        request.max_content_length = getattr(view, "body_bytes", FORM_BYTES)
        request.max_form_memory_size = text_bytes + (LETTERS if hasattr(view, "carries_photo") else 0)
    request.max_form_parts = MAX_FIELDS
    sizes = [len(text.encode()) for name, text in request.form.items(multi=True) if name != FIELD]
    if len(sizes) > MAX_FIELDS or sum(sizes) > text_bytes:
        raise RequestEntityTooLarge


def add_headers(response: Response) -> Response:
    response.vary.add("HX-Request")
    if request.endpoint != "static" and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-store"
    if response.status_code in RETRY_SECONDS:
        response.headers.setdefault("Retry-After", RETRY_SECONDS[response.status_code])
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
    return response


def admit(response: Response, guest: str, *frames: str) -> Response:
    """Let this one page load a script of another origin, which opens windows and frames; nothing else changes."""
    guests = " ".join((guest, *frames))
    response.headers["Content-Security-Policy"] = POLICY_WITH_GUEST.format(guest=guest, guests=guests)
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups"
    return response


def remember_language(response: Response) -> Response:
    """Keep the language a person chose without the script: it came with a form or an address."""
    wish = request.form.get("_lang") or request.args.get("_lang") or request.args.get("lang")
    if wish in DISPLAYS and request.cookies.get("lang") != wish:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie("lang", wish, max_age=YEAR, samesite="Lax", secure=secure)
    return response


def add_file_headers(headers: Headers, _path: str, _url: str) -> None:
    """Give static files, which never pass through the app, what is true of them."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
