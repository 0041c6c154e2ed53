"""The settings about how long something is kept."""

from dataclasses import dataclass
from datetime import timedelta

from kosme_web.config.reading import Reader


@dataclass(frozen=True)
class Periods:
    """How many days each kind of data is kept; members read them on a page of their own."""

    leaving: int  # between the wish to leave and the erasure; 0: at once
    draft: int  # a résumé that is not published, since it was last touched
    removed: int  # a résumé that its owner removed
    version: int  # a published version, since a newer one took its place
    verification: int  # an identity verification, since it was asked for
    code: int  # hand-over codes, e-mail codes and share links that are over
    message: int  # a message, since it was put into the outbox
    log_in: int  # a log-in, since it ended

    @property
    def grace(self) -> timedelta:
        return timedelta(days=self.leaving)


class RetentionReader(Reader):
    """The part of the reader of settings that knows the periods; the legal texts bound some of them."""

    def _periods(self) -> Periods:
        return Periods(
            leaving=self._number("KOSME_LEAVING_DAYS", 7, 0, 30),
            draft=self._number("KOSME_KEEP_DRAFT_DAYS", 180, 30, 3650),
            removed=self._number("KOSME_KEEP_REMOVED_DAYS", 5, 1, 5),
            version=self._number("KOSME_KEEP_VERSION_DAYS", 365, 30, 3650),
            verification=self._number("KOSME_KEEP_VERIFICATION_DAYS", 5, 1, 5),
            code=self._number("KOSME_KEEP_CODE_DAYS", 1, 1, 30),
            message=self._number("KOSME_KEEP_MESSAGE_DAYS", 90, 7, 365),
            log_in=self._number("KOSME_KEEP_LOG_IN_DAYS", 90, 1, 365),
        )
