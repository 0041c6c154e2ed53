"""What can go wrong with a message, by what is to be done about it; a code says more, never a service's own text."""

from kosme_web.providers.http import ProviderCredentialsError, ProviderError, ProviderUnavailableError


class MessageError(ProviderError):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class MessageTemporaryError(MessageError):
    """Not sent; trying later may help."""


class MessageAwayError(MessageTemporaryError, ProviderUnavailableError):
    """Not sent, because the service itself is away or busy."""


class MessageRefusedError(MessageError):
    """Not sent, and never will be: the recipient or the message itself is refused."""


class MessageConfigurationError(MessageError, ProviderCredentialsError):
    """Not sent, and nothing will be until somebody puts a setting, the sender or the balance right."""


class MessageLostError(MessageError, ProviderUnavailableError):
    """Nobody knows whether it was sent: no answer came after it had gone out."""
