"""본인인증 for a purpose: asked once, proven once, used once, by the browser that asked (R-020…R-024)."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from kosme_web.domain.names import same_name
from kosme_web.domain.phone_numbers import domestic_digits
from kosme_web.models import IdentityVerification, User
from kosme_web.models.base import now
from kosme_web.providers import identity_verification as agency
from kosme_web.providers.identity_verification import Method, Operator, Person, VerifiedPerson

CODE_LIFETIME = timedelta(minutes=5)
PROOF_LIFETIME = timedelta(hours=2)
MOST_TRIES, MOST_SENDS = 5, 5
SIGN_UP = "SIGN_UP"
FOREIGN_SEXES = {("M", 1900): "5", ("F", 1900): "6", ("M", 2000): "7", ("F", 2000): "8"}
LEAST_AGE = 15


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


def ask(
    session: Session, service: agency.IdentityVerification, claim: Claim, browser: str, address: str
) -> IdentityVerification:
    """Have the agency ask the person; raises ProviderError, and then nothing is written."""
    verification_id = agency.new_verification_id()
    person = Person(claim.name, domestic_digits(claim.phone_number), claim.first_seven(), address)
    service.send(verification_id, person, claim.operator, claim.method)
    asked = IdentityVerification(
        id=verification_id,
        browser_hash=browser_hash(browser),
        purpose=SIGN_UP,
        carrier=claim.carrier,
        verify_method=claim.verify_method,
        name=claim.name,
        birth_date=claim.birth_date,
        sex=claim.sex,
        phone_number=claim.phone_number,
    )
    session.add(asked)
    session.commit()
    return asked


def find(session: Session, browser: str) -> IdentityVerification | None:
    """Give this browser's last verification that is neither used nor ended."""
    return session.scalar(
        select(IdentityVerification)
        .where(
            IdentityVerification.browser_hash == browser_hash(browser),
            IdentityVerification.used_at.is_(None),
            IdentityVerification.ended_at.is_(None),
        )
        .order_by(IdentityVerification.created_at.desc())
        .limit(1)
    )


def find_last(session: Session, browser: str) -> IdentityVerification | None:
    """Give this browser's last verification of late that has made no account, even if it has ended."""
    return session.scalar(
        select(IdentityVerification)
        .where(
            IdentityVerification.browser_hash == browser_hash(browser),
            IdentityVerification.used_at.is_(None),
            IdentityVerification.created_at > now() - PROOF_LIFETIME,
        )
        .order_by(IdentityVerification.created_at.desc())
        .limit(1)
    )


def find_proof(session: Session, browser: str) -> IdentityVerification | None:
    """Give this browser's verified identity, as long as it may be used."""
    found = find(session, browser)
    is_fresh = found is not None and found.verified_at is not None and found.verified_at > now() - PROOF_LIFETIME
    return found if is_fresh else None


def resend(session: Session, service: agency.IdentityVerification, asked: IdentityVerification) -> None:
    if asked.send_count >= MOST_SENDS:
        raise IdentityDeniedError(Denial.TOO_MANY_SENDS)
    service.resend(asked.id)
    asked.send_count += 1
    asked.sent_at = now()
    session.commit()


def confirm(
    session: Session,
    service: agency.IdentityVerification,
    asked: IdentityVerification,
    code: str | None,
    key: bytes,
) -> None:
    """Prove the identity; raises IdentityDeniedError and ProviderError. A try is counted before it is made."""
    if asked.sent_at < now() - CODE_LIFETIME and code is not None:
        raise IdentityDeniedError(Denial.EXPIRED)
    if asked.try_count >= MOST_TRIES and code is not None:
        raise IdentityDeniedError(Denial.TOO_MANY_TRIES)
    asked.try_count += 1
    session.commit()
    person = service.confirm(asked.id, code)
    denial = _denial(asked, person)
    if denial is None:
        asked.identity_key = identity_key(person, asked, key)
        if session.scalar(select(User.id).where(User.identity_key == asked.identity_key)):
            denial = Denial.ALREADY_MEMBER
    if denial:
        asked.ended_at = now()
        session.commit()
        raise IdentityDeniedError(denial)
    asked.verified_at = now()
    session.commit()


def _denial(asked: IdentityVerification, person: VerifiedPerson) -> Denial | None:
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
    mark = person.di or person.ci or f"{asked.name}|{asked.birth_date}|{asked.phone_number}"
    return hmac.new(key, mark.encode(), hashlib.sha256).hexdigest()
