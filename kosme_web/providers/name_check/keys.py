"""The keys of one crypto token (contract: namecheck-nice.md 4); names travel in EUC-KR."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

BLOCK_BITS = 128


@dataclass(frozen=True)
class CryptoKeys:
    """AES-128-CBC key and iv, and the HMAC key: the last 32 characters, unlike NICE's identity service."""

    key: bytes = field(repr=False)
    iv: bytes = field(repr=False)
    hmac_key: bytes = field(repr=False)

    @classmethod
    def derive(cls, req_dtim: str, req_no: str, token_val: str) -> "CryptoKeys":
        digest = hashlib.sha256(f"{req_dtim}{req_no}{token_val}".encode()).digest()
        text = base64.b64encode(digest)
        return cls(key=text[:16], iv=text[-16:], hmac_key=text[-32:])

    def encrypt(self, content: bytes) -> str:
        padder = PKCS7(BLOCK_BITS).padder()
        encryptor = Cipher(algorithms.AES(self.key), modes.CBC(self.iv)).encryptor()
        padded = padder.update(content) + padder.finalize()
        return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()

    def sign(self, text: str) -> str:
        return base64.b64encode(hmac.new(self.hmac_key, text.encode(), hashlib.sha256).digest()).decode()
