"""본인인증 for a purpose: asked once, proven once, used once, by the browser that asked (R-020…R-024)."""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

import structlog
from sqlalchemy import Select, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kosme_web.domain.names import same_name
from kosme_web.domain.phone_numbers import domestic_digits
from kosme_web.models import IdentityVerification, User
from kosme_web.models.base import now
from kosme_web.providers import identity_verification as agency
from kosme_web.providers.http import ProviderAnswerError, ProviderUnavailableError
from kosme_web.providers.identity_verification import (
    Method,
    Operator,
    Person,
    Refusal,
    VerificationRefusedError,
    VerifiedPerson,
)

CODE_LIFETIME = timedelta(minutes=5)
PROOF_LIFETIME = timedelta(hours=2)
RECENT, CLOCK_DIFFERENCE = timedelta(minutes=10), timedelta(minutes=1)
MOST_TRIES, MOST_SENDS = 5, 5
WINDOW = "WINDOW"  # the method where the agency asks in a window of its own
FOREIGN_SEXES = {("M", 1900): "5", ("F", 1900): "6", ("M", 2000): "7", ("F", 2000): "8"}
LEAST_AGE = 15

log = structlog.get_logger()


class Purpose(StrEnum):
    """What a verification is good for, and for nothing else."""

    SIGN_UP = "SIGN_UP"
    RECOVERY = "RECOVERY"  # 아이디 찾기, 비밀번호 재설정
    PHONE = "PHONE"  # of a member who has another number


SIGN_UP = Purpose.SIGN_UP


class Denial(StrEnum):
    """Why a verification cannot go on."""

    EXPIRED = "EXPIRED"
    TOO_MANY_TRIES = "TOO_MANY_TRIES"
    TOO_MANY_SENDS = "TOO_MANY_SENDS"
    DIFFERS = "DIFFERS"
    UNDER_AGE = "UNDER_AGE"
    ALREADY_MEMBER = "ALREADY_MEMBER"
    ENDED = "ENDED"


class IdentityDeniedError(Exception):
    def __init__(self, denial: Denial) -> None:
        super().__init__(denial)
        self.denial = denial


@dataclass(frozen=True, slots=True)
class Claim:
    """Who a person says to be; the phone number as E.164, sex M or F."""

    carrier: str
    verify_method: str
    name: str
    birth_date: date
    sex: str
    phone_number: str

    @property
    def operator(self) -> Operator:
        return Operator(self.carrier)

    @property
    def method(self) -> Method:
        return Method.SMS if self.verify_method == "SMS" else Method.APP

    def first_seven(self) -> str:
        """Give what the agency asks for: the date of birth and the digit for sex and century of a foreigner."""
        century = self.birth_date.year // 100 * 100
        return f"{self.birth_date:%y%m%d}{FOREIGN_SEXES[self.sex, century]}"


def browser_hash(browser: str) -> str:
    return hashlib.sha256(browser.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Asker:
    """The browser that asks: its key, its address, the form it sends (sent twice, it is one question), our secret."""

    browser: str
    address: str
    attempt: str
    key: bytes = field(repr=False)
    purpose: Purpose = SIGN_UP

    def verification_id(self, claim: Claim) -> str:
        """The same for the same form with the same answers, so that the agency can tell a repetition."""
        text = f"{self.purpose}|{self.browser}|{self.attempt}|{claim}"
        return hmac.new(self.key, text.encode(), hashlib.sha256).hexdigest()[:32]


def ask(session: Session, service: agency.IdentityVerification, claim: Claim, asker: Asker) -> IdentityVerification:
    """Have the agency ask the person; raises ProviderError, and then nothing is written."""
    verification_id = asker.verification_id(claim)
    known = session.get(IdentityVerification, verification_id)
    if known is not None and known.ended_at is None and known.used_at is None:
        return known
    if known is not None:
        verification_id = agency.new_verification_id()
    person = Person(claim.name, domestic_digits(claim.phone_number), claim.first_seven(), asker.address)
    try:
        service.send(verification_id, person, claim.operator, claim.method)
    except VerificationRefusedError as error:
        if error.refusal is not Refusal.ALREADY_SENT:
            raise
        service.fetch(verification_id)  # ours: the answer to the first sending got lost; a failed one raises
    return _remember(session, claim, asker, verification_id)


def open_window(session: Session, claim: Claim, asker: Asker) -> IdentityVerification:
    """Note who is about to be asked in the agency's own window; the agency is not called."""
    return _remember(session, claim, asker, agency.new_verification_id())


def _remember(session: Session, claim: Claim, asker: Asker, verification_id: str) -> IdentityVerification:
    """Write the question; what this browser asked or proved before is void with it."""
    asked = IdentityVerification(
        id=verification_id,
        browser_hash=browser_hash(asker.browser),
        purpose=asker.purpose,
        carrier=claim.carrier,
        verify_method=claim.verify_method,
        name=claim.name,
        birth_date=claim.birth_date,
        sex=claim.sex,
        phone_number=claim.phone_number,
    )
    _void_earlier(session, asked)
    session.add(asked)
    try:
        session.commit()
    except IntegrityError:  # the same form, sent twice at once: the other one was faster
        session.rollback()
        return session.get_one(IdentityVerification, verification_id)
    return asked


def _void_earlier(session: Session, asked: IdentityVerification) -> None:
    earlier = update(IdentityVerification).where(
        IdentityVerification.browser_hash == asked.browser_hash,
        IdentityVerification.id != asked.id,
        IdentityVerification.ended_at.is_(None),
        IdentityVerification.used_at.is_(None),
    )
    session.execute(earlier.values(ended_at=now()))


def find(session: Session, browser: str, purpose: Purpose = SIGN_UP) -> IdentityVerification | None:
    """Give this browser's last verification that is neither used nor ended."""
    return session.scalar(_last(browser, purpose).where(IdentityVerification.ended_at.is_(None)))


def find_last(session: Session, browser: str, purpose: Purpose) -> IdentityVerification | None:
    """Give this browser's last verification of late that was put to no use, even if it has ended."""
    return session.scalar(_last(browser, purpose).where(IdentityVerification.created_at > now() - PROOF_LIFETIME))


def _last(browser: str, purpose: Purpose) -> Select[IdentityVerification]:
    mine = select(IdentityVerification).where(
        IdentityVerification.browser_hash == browser_hash(browser),
        IdentityVerification.purpose == purpose,
        IdentityVerification.used_at.is_(None),
    )
    return mine.order_by(IdentityVerification.created_at.desc()).limit(1)


def find_proof(session: Session, browser: str, purpose: Purpose = SIGN_UP) -> IdentityVerification | None:
    """Give this browser's verified identity, as long as it may be used."""
    found = find(session, browser, purpose)
    is_fresh = found is not None and found.verified_at is not None and found.verified_at > now() - PROOF_LIFETIME
    return found if is_fresh else None


def resend(session: Session, service: agency.IdentityVerification, asked: IdentityVerification, key: bytes) -> bool:
    """Have the code sent again; True where the person is proven already, because only the answer got lost."""
    if asked.send_count >= MOST_SENDS:
        raise IdentityDeniedError(Denial.TOO_MANY_SENDS)
    try:
        service.resend(asked.id)
    except VerificationRefusedError as error:
        if error.refusal is not Refusal.ALREADY_VERIFIED:
            raise
        return settle(session, service, asked, key)
    asked.send_count += 1
    asked.sent_at = now()
    session.commit()
    return False


def confirm(
    session: Session,
    service: agency.IdentityVerification,
    asked: IdentityVerification,
    code: str | None,
    key: bytes,
) -> None:
    """Prove the identity; raises IdentityDeniedError and ProviderError. A try is counted before it is made."""
    if asked.verified_at is not None:
        return
    if asked.sent_at < now() - CODE_LIFETIME and code is not None:
        raise IdentityDeniedError(Denial.EXPIRED)
    if asked.try_count >= MOST_TRIES and code is not None:
        raise IdentityDeniedError(Denial.TOO_MANY_TRIES)
    asked.try_count += 1
    session.commit()
    try:
        person = service.confirm(asked.id, code)
    except (ProviderUnavailableError, ProviderAnswerError):  # nobody judged the code: the try is given back
        asked.try_count -= 1
        session.commit()
        raise
    _prove(session, asked, person, key)


def settle(session: Session, service: agency.IdentityVerification, asked: IdentityVerification, key: bytes) -> bool:
    """Ask the agency itself what came of it, and tell whether anything did: a browser's word proves nothing."""
    if asked.verified_at is not None:
        return True
    try:
        person = service.fetch(asked.id)
    except VerificationRefusedError as error:
        if error.refusal is Refusal.NOT_FOUND:
            return False
        _end(session, asked)
        raise
    if person is None:
        return False
    _prove(session, asked, person, key)
    return True


def _prove(session: Session, asked: IdentityVerification, person: VerifiedPerson, key: bytes) -> None:
    denial = _denial(asked, person)
    if denial is None:
        asked.identity_key = identity_key(person, asked, key)
        mine = select(User.id).where(User.identity_key == asked.identity_key)
        if asked.purpose == SIGN_UP and session.scalar(mine):
            denial = Denial.ALREADY_MEMBER
    if denial:
        _end(session, asked)
        raise IdentityDeniedError(denial)
    asked.verified_at = now()
    session.commit()


def _end(session: Session, asked: IdentityVerification) -> None:
    asked.ended_at = now()
    session.commit()


def _denial(asked: IdentityVerification, person: VerifiedPerson) -> Denial | None:
    if not asked.created_at - CLOCK_DIFFERENCE <= person.verified_at <= now() + CLOCK_DIFFERENCE:
        return Denial.EXPIRED
    if person.verified_at < now() - RECENT:
        return Denial.EXPIRED
    born = person.birth_date or asked.birth_date
    today = now().date()
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if age < LEAST_AGE:
        return Denial.UNDER_AGE
    phone = person.phone_number or domestic_digits(asked.phone_number)
    is_same = phone == domestic_digits(asked.phone_number) and born == asked.birth_date
    return None if is_same and same_name(person.name, asked.name) else Denial.DIFFERS


def identity_key(person: VerifiedPerson, asked: IdentityVerification, key: bytes) -> str:
    """Give the keyed hash that is the same whenever the same person is verified: of DI, else CI, else of the claim."""
    if not (person.di or person.ci):
        log.warning("identity without DI and CI", verification=asked.id)
    mark = person.di or person.ci or f"{asked.name}|{asked.birth_date}|{asked.phone_number}"
    return hmac.new(key, mark.encode(), hashlib.sha256).hexdigest()
