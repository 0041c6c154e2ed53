"""메일과 문자의 내용: writes a message of the outbox in the person's language, or in both."""

from collections.abc import Callable, Mapping
from datetime import datetime

from flask import current_app

from kosme_web.models import Channel, OutboxMessage
from kosme_web.services.notices import CONSENT_RENEWAL, CONSENT_RESULT, DRAFT_ENDS, RESUME_PUBLISHED, WELCOME
from kosme_web.services.sending import Texts
from kosme_web.web import security_texts
from kosme_web.web.formats import SEOUL, day_in
from kosme_web.web.languages import LANGUAGES, message, only
from kosme_web.web.letters import Letter, link_to

ADVERTISING = "(광고)"  # by law, and in Korean whatever the language
BETWEEN = " / "
ANSWERS = {
    "MKT_SNS": {
        "AGREED": message("Text and messenger messages: accepted"),
        "REFUSED": message("Text and messenger messages: refused"),
    },
    "MKT_EMAIL": {"AGREED": message("E-mail: accepted"), "REFUSED": message("E-mail: refused")},
    "MKT_NIGHT": {
        "AGREED": message("Advertising at night (21:00 to 08:00): accepted"),
        "REFUSED": message("Advertising at night (21:00 to 08:00): refused"),
    },
}


def render(message: OutboxMessage) -> Texts:
    """Write subject, text and HTML; needs an app, no request."""
    languages = [message.language] if message.language in LANGUAGES else list(LANGUAGES)
    letters = {lang: WRITERS[message.kind](lang, message.parameters) for lang in languages}
    mark = f"{ADVERTISING} " if message.is_advertising else ""
    subject = mark + BETWEEN.join(dict.fromkeys(letter.subject for letter in letters.values()))
    name = "sms.txt" if message.channel == Channel.SMS else "mail.txt"
    return Texts(subject, _filled(name, letters, mark), _filled("mail.html", letters, mark))


def _filled(name: str, letters: Mapping[str, Letter], mark: str) -> str:
    return current_app.jinja_env.get_template(f"messages/{name}").render(letters=letters, mark=mark)


def _welcome(lang: str, _parameters: Mapping[str, str]) -> Letter:
    return Letter(
        only("Your sign-up is complete", lang),
        (
            only("Thank you for joining the job matching platform.", lang),
            only("Log in and write your résumé.", lang),
        ),
        link=link_to("log_in.log_in"),
        link_text=only("Log in", lang),
    )


def _consent_result(lang: str, parameters: Mapping[str, str]) -> Letter:
    decided = datetime.fromisoformat(parameters["decided_at"]).astimezone(SEOUL)
    answers = tuple(only(texts[parameters[kind]], lang) for kind, texts in ANSWERS.items() if kind in parameters)
    return Letter(
        only("Your answers about receiving messages", lang),
        (
            only("Your answers of %(day)s were recorded as follows.", lang, day=day_in(decided.date(), lang)),
            only("You can change your answers at any time, free of charge.", lang),
            only("Notices about your own membership and résumé are sent whatever you answered.", lang),
        ),
        items=answers,
    )


def _consent_renewal(lang: str, parameters: Mapping[str, str]) -> Letter:
    decided = datetime.fromisoformat(parameters["decided_at"]).astimezone(SEOUL)
    answer = ANSWERS[parameters["kind"]]["AGREED"]
    return Letter(
        only("You agreed to receive messages two years ago", lang),
        (
            only("Your answer of %(day)s:", lang, day=day_in(decided.date(), lang)),
            only("If you do nothing, it stays so. You can change it at any time, free of charge.", lang),
        ),
        items=(only(answer, lang),),
        link=link_to("account.show_consents"),
        link_text=only("Consents and messages", lang),
    )


def _resume_published(lang: str, parameters: Mapping[str, str]) -> Letter:
    return Letter(
        only("Your résumé has been published", lang),
        (
            only("Published: %(title)s", lang, title=parameters["title"]),
            only("You can go on editing it. Publish it again to show the changes.", lang),
        ),
        link=link_to("resume.list_resumes"),
        link_text=only("Résumé management", lang),
    )


def _draft_ends(lang: str, parameters: Mapping[str, str]) -> Letter:
    ends = datetime.fromisoformat(parameters["ends_at"]).astimezone(SEOUL)
    return Letter(
        only("A résumé you have not touched for long will be erased", lang),
        (
            only("Résumé: %(title)s", lang, title=parameters["title"] or only("Résumé without a title", lang)),
            only("It will be erased after %(day)s. To keep it, open and save it.", lang, day=day_in(ends.date(), lang)),
        ),
        link=link_to("resume.list_resumes"),
        link_text=only("Résumé management", lang),
    )


WRITERS: dict[str, Callable[[str, Mapping[str, str]], Letter]] = {
    WELCOME: _welcome,
    CONSENT_RESULT: _consent_result,
    CONSENT_RENEWAL: _consent_renewal,
    RESUME_PUBLISHED: _resume_published,
    DRAFT_ENDS: _draft_ends,
    **security_texts.WRITERS,
}
