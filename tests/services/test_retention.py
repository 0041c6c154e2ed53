"""보유 기간: what is older than its period goes, what is younger or in use stays, and nobody's résumé ends untold."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kosme_web.config import Settings
from kosme_web.models import (
    Action,
    Channel,
    Decision,
    DeliveryReport,
    Draft,
    DraftNumber,
    EmailChange,
    HandOver,
    IdentifierAccess,
    LogInSession,
    MessageState,
    OutboxMessage,
    Resume,
    ShareLink,
    User,
)
from kosme_web.models.base import now
from kosme_web.services import consents, notices, outbox, retention
from kosme_web.services.consents import Shown
from kosme_web.services.drafts import editing
from kosme_web.services.outbox import Notice
from tests.conftest import Membership
from tests.leaving import counts
from tests.outbox import later, member
from tests.people import IDENTITY, MEMBER


def tidy(session: Session, settings: Settings, **span: float) -> dict[str, int]:
    """Let so much time pass and tidy up; give how many rows went, by table."""
    with later(**span):
        return dict(retention.tidy(session, settings.periods))


def draft_of(session: Session, owner: User, **columns: object) -> UUID:
    draft = Draft(owner_id=owner.id, **columns)
    session.add(draft)
    session.commit()
    return draft.id


def drafts(session: Session) -> list[UUID]:
    session.rollback()
    return list(session.scalars(select(Draft.id).order_by(Draft.id)))


def test_a_resume_that_nobody_touches_is_told_of_once_and_ends_two_weeks_later(
    session: Session, settings: Settings
) -> None:
    owner = member(session)
    draft_of(session, owner)
    published = draft_of(session, owner, published_version=0)

    assert tidy(session, settings, days=165) == {}
    assert session.scalars(select(OutboxMessage.kind)).all() == []
    for _ in range(2):
        assert tidy(session, settings, days=170) == {}
    message = session.scalars(select(OutboxMessage)).one()
    assert (message.kind, message.channel) == (notices.DRAFT_ENDS, Channel.MAIL)
    assert datetime.fromisoformat(message.parameters["ends_at"]) - now() > timedelta(days=183)
    assert tidy(session, settings, days=183) == {}
    gone = tidy(session, settings, days=185)

    assert gone["draft"] == 1
    assert drafts(session) == [published]


def test_a_resume_that_is_touched_after_the_notice_begins_its_period_anew(session: Session, settings: Settings) -> None:
    owner = member(session)
    kept = draft_of(session, owner)
    tidy(session, settings, days=170)
    assert retention.ends_at(session.get_one(Draft, kept)) is not None
    with later(days=171), editing(session, owner, kept):
        pass

    assert retention.ends_at(session.get_one(Draft, kept)) is None
    tidy(session, settings, days=340)
    assert drafts(session) == [kept]
    tidy(session, settings, days=360)  # told once more
    tidy(session, settings, days=375)
    assert drafts(session) == []


def test_a_worker_that_was_away_for_long_tells_first(session: Session, settings: Settings) -> None:
    draft_of(session, member(session))

    tidy(session, settings, days=400)

    assert len(drafts(session)) == 1


def test_a_member_who_is_leaving_is_reminded_of_nothing(session: Session, settings: Settings) -> None:
    owner = member(session, leaves_at=now() + timedelta(days=7))  # type: ignore[arg-type]
    draft_of(session, owner)
    consents.record(session, owner.id, "MKT_EMAIL", Decision.AGREED, Shown("ko", ""))
    session.commit()

    tidy(session, settings, days=170)
    with later(days=731):
        consents.remind(session)

    assert session.scalars(select(OutboxMessage.kind)).all() == []


def test_a_removed_resume_goes_after_its_days_and_an_older_version_after_its(
    session: Session, settings: Settings
) -> None:
    owner = member(session)
    removed = draft_of(session, owner, deleted_at=now(), published_version=0)
    session.add(DraftNumber(draft_id=removed, sealed=b"x"))
    texts = {"title": "", "name": "", "english_name": "", "phone_number": "", "nationality": "VN", "visa": "D-10"}
    texts |= {"road_address": "", "english_address": "", "postal_code": "", "detail_address": ""}
    texts |= {"seeker_type": "GENERAL", "program_type": "GENERAL", "career_kind": "NEWCOMER"}
    kept = draft_of(session, owner, published_version=0)
    for number, days in ((1, 0), (2, 300), (3, 400)):
        published_at = now() + timedelta(days=days)
        session.add(Resume(owner_id=owner.id, draft_id=kept, number=number, published_at=published_at, **texts))
    session.commit()

    assert tidy(session, settings, days=4) == {}
    assert tidy(session, settings, days=6) == {"draft": 1}
    assert tidy(session, settings, days=664) == {}
    assert tidy(session, settings, days=666) == {"resume": 1}
    assert tidy(session, settings, days=9999) == {"resume": 1}

    assert drafts(session) == [kept]
    log = session.scalars(select(IdentifierAccess)).one()
    assert (log.action, log.member_id, log.draft_id) == (Action.ERASED, owner.id, removed)
    assert session.scalars(select(Resume.number)).all() == [3]


def test_codes_verifications_log_ins_and_messages_go_after_their_days(session: Session, settings: Settings) -> None:
    owner = member(session)
    draft_id = draft_of(session, owner, published_version=0)
    mine = {"draft_id": draft_id, "owner_id": owner.id, "expires_at": now()}
    session.add(HandOver(token_hash="a", anchor="", **mine))
    session.add(ShareLink(token_hash="a", shows_contact=False, shows_street=False, **mine))
    open_link = {**mine, "expires_at": now() + timedelta(days=200), "token_hash": "b"}
    session.add(ShareLink(shows_contact=False, shows_street=False, **open_link))
    session.add(EmailChange(user_id=owner.id, email="new@example.com"))
    session.add(LogInSession(user_id=owner.id, token_hash="a", expires_at=now() + timedelta(days=7), ended_at=now()))
    session.add(LogInSession(user_id=owner.id, token_hash="b", expires_at=now() + timedelta(days=7)))
    for kind in ("WELCOME", notices.CONSENT_RENEWAL, "WAITING"):
        outbox.put(session, owner, Channel.MAIL, Notice(uuid4().hex, kind))
    session.flush()
    rests = {"state": MessageState.ACCEPTED, "next_try_at": None}
    session.execute(update(OutboxMessage).where(OutboxMessage.kind != "WAITING").values(rests))
    session.add(DeliveryReport(event_id="a", provider_id="a"))
    session.commit()

    assert tidy(session, settings, hours=23) == {}
    assert tidy(session, settings, hours=25) == {"hand_over": 1, "share_link": 1, "email_change": 1}
    assert tidy(session, settings, days=89) == {}
    gone = {"log_in_session": 1, "outbox_message": 1, "delivery_report": 1}
    assert tidy(session, settings, days=90.5) == gone
    assert tidy(session, settings, days=97.5) == {"log_in_session": 1}

    assert counts(session) == {"user": 1, "draft": 1, "share_link": 1, "outbox_message": 2}


def test_an_identity_verification_goes_after_five_days_and_the_membership_stays(
    visitor: FlaskClient, session: Session, settings: Settings, membership: Membership
) -> None:
    visitor.post("/sign-up/identity", data={**IDENTITY, "name": "Tran Thi Be", "phone_number": "010-9876-5432"})

    assert "identity_verification" not in tidy(session, settings, days=4)
    assert tidy(session, settings, days=5, hours=1)["identity_verification"] == 2

    membership.give(visitor)
    assert visitor.post("/account/prove", data={"password": MEMBER["password"]}).status_code == 303


def test_the_page_tells_the_periods_that_are_set(visitor: FlaskClient) -> None:
    page = visitor.get("/legal/periods").text
    assert all(text in page for text in ("180일", "180 days", "365 days", "5일", "7일"))
    assert "/legal/periods" in visitor.get("/legal/privacy").text
