"""A copy of the nation's addresses in a database of its own; it knows nothing of the site, nor of the sandbox."""

from kosme_web.address_index.look import Found, QuestionError, Why
from kosme_web.address_index.search import AddressIndex, Page

__all__ = ["AddressIndex", "Found", "Page", "QuestionError", "Why"]
