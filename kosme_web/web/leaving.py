"""What leaving needs of the site around it: the providers and the photo store, and what every page says of it."""

from datetime import datetime

from flask import g

from kosme_web.domain.social import SocialProvider
from kosme_web.services.withdrawal import Outside
from kosme_web.web.session import is_hiding, is_logged_in
from kosme_web.web.toolbox import Toolbox


def outside_of(tools: Toolbox) -> Outside:
    """Give what an erasure reaches beside the database."""

    def release(provider: str, subject: str) -> bool:
        """End a link; one to a provider that we know no more has no way."""
        return provider in [*SocialProvider] and tools.social[SocialProvider(provider)].release(subject)

    return Outside(tools.photo_store, release)


def leaves_at() -> datetime | None:
    """Give the day on which who is logged in leaves, for a note on every page; none while personal data are hidden."""
    is_logged_in()  # reads the log-in, if nothing has yet
    found: datetime | None = g.get("leaves_at")
    return None if found is None or is_hiding() else found
