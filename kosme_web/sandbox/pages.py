"""What a person sees of the sandbox: its first page with magic inputs and inbox, and the PASS app."""

from flask import Blueprint, Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from kosme_web.sandbox import facebook, juso, kakao, mail, naver, nice, portone, sns, solapi
from kosme_web.sandbox.state import Verification, state

blueprint = Blueprint("pages", __name__, template_folder="templates")
STYLE = """
:root { color-scheme: light dark; font: 100%/1.6 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem 1rem 3rem; overflow-wrap: anywhere; word-break: keep-all; }
h1, h2, h3 { margin-block: 1.5rem .5rem; line-height: 1.3; }
h1 { font-size: 1.5rem; }
h2 { padding-block-start: 1.5rem; border-block-start: 1px solid #8888; font-size: 1.25rem; }
h3 { font-size: 1rem; }
.sandbox { margin: 0; padding: .5rem 1rem; background: #fde68a; color: #422006; font-weight: 700; }
table { width: 100%; border-collapse: collapse; margin-block: .5rem 1.5rem; font-size: .9375rem; }
th, td { padding: .5rem; border-block-end: 1px solid #8888; text-align: start; vertical-align: top; }
thead { font-size: .875rem; }
pre, code { white-space: pre-wrap; font: inherit; }
form { margin-block: .5rem; }
fieldset { margin: 1rem 0; padding: .5rem 1rem; border: 1px solid #8888; border-radius: .5rem; }
legend { padding: 0 .25rem; font-weight: 700; }
fieldset p { margin: 0; }
a, summary, label:has([type=radio], [type=checkbox]) { display: inline-block; padding-block: .625rem; }
[type=radio], [type=checkbox] { width: 1.25rem; height: 1.25rem; margin: 0 .25rem; vertical-align: -.2rem; }
select, input:not([type=radio], [type=checkbox]) { box-sizing: border-box; width: 100%; }
select, button, input:not([type=radio], [type=checkbox]) { min-height: 3rem; padding: 0 .75rem; font: inherit; }
button { margin: .25rem .25rem .25rem 0; padding: .25rem 1.25rem; font-weight: 700; }
"""


@blueprint.after_app_request
def forbid_scripts(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'")
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/")
def front() -> ResponseReturnValue:
    social = {sns.NAMES[part.blueprint.name]: part.FAULTS for part in (naver, kakao, facebook)}
    results = {name: (ko, en) for name, (_, ko, en) in {**nice.RESULTS, **nice.FAULTS}.items()}
    return render_template(
        "sandbox.html",
        state=state(),
        waiting=waiting(),
        phones=portone.MAGIC,
        names=results,
        keywords=juso.MAGIC,
        social={" / ".join(sns.NAMES.values()): sns.COMMON_FAULTS, **social},
        services=sns.NAMES,
        people=sns.PEOPLE,
        sms_numbers=solapi.MAGIC,
        mail_addresses=mail.MAGIC,
    )


@blueprint.get("/phone/<number>")
def phone(number: str) -> ResponseReturnValue:
    """The messages that one phone received, the newest first."""
    return render_template("phone.html", number=number, messages=[one for one in state().sms if one["to"] == number])


@blueprint.get("/style.css")
def style() -> ResponseReturnValue:
    return Response(STYLE, mimetype="text/css")


@blueprint.get("/inbox.json")
def inbox() -> ResponseReturnValue:
    approvals = [
        {"id": one.id, "phone": one.customer["phoneNumber"], "approve_url": f"{request.host_url}pass/{one.id}"}
        for one in waiting()
    ]
    return {"sms": list(state().sms), "mail": list(state().mail), "pass": approvals}


def waiting() -> list[Verification]:
    found = [one for one in state().verifications.values() if one.method == "APP" and one.approval == "waiting"]
    return found[::-1]


@blueprint.route("/pass/<verification_id>", methods=["GET", "POST"])
def pass_app(verification_id: str) -> ResponseReturnValue:
    """The PASS app of the phone: approve or deny."""
    verification = state().verifications.get(verification_id) or abort(404)
    if request.method == "POST":
        verification.approval = "approved" if request.form.get("answer") == "approve" else "denied"
        return redirect(request.path, 303)
    return render_template("pass.html", verification=verification)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    return {"status": "ok"}


@blueprint.post("/reset")
def reset() -> ResponseReturnValue:
    state().reset()
    return "", 204
