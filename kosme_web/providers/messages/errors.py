"""What can go wrong with a message, by what is to be done about it; a code says more, never a service's own text."""

from kosme_web.providers.http import ProviderError


class MessageError(ProviderError):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class MessageTemporaryError(MessageError):
    """Not sent; trying later may help."""


class MessageRefusedError(MessageError):
    """Not sent, and never will be: the recipient or the message itself is refused."""


class MessageConfigurationError(MessageError):
    """Not sent, and nothing will be until somebody puts a setting, the sender or the balance right."""


class MessageLostError(MessageError):
    """Nobody knows whether it was sent: no answer came after it had gone out."""
