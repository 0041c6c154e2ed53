"""What the app was assembled with, typed: its settings, its outside services, its vault."""

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from kosme_web.config import Settings
from kosme_web.providers.address_search import AddressSearch, CachedAddressSearch
from kosme_web.providers.identity_verification import IdentityVerification
from kosme_web.providers.messages import MailServer, Security, SmsService
from kosme_web.providers.name_check import NameCheck, NameFormat
from kosme_web.providers.photo_store import PhotoStore, open_photo_store
from kosme_web.services.vault import Vault

NAME = "kosme_web"


@dataclass(frozen=True)
class Toolbox:
    """One of each for the whole process; all of them may be used from several threads."""

    settings: Settings
    vault: Vault
    identity_verification: IdentityVerification
    name_check: NameCheck
    address_search: CachedAddressSearch
    photo_store: PhotoStore
    sms: SmsService
    mail: MailServer


def install(app: Flask, settings: Settings) -> None:
    app.extensions[NAME] = Toolbox(
        settings=settings,
        vault=Vault(settings.number_keys),
        identity_verification=IdentityVerification(
            base_url=settings.portone_url,
            secret=settings.portone_secret,
            store_id=settings.portone_store_id,
            channel_key=settings.portone_channel_key,
            accepts_test_channel=not settings.is_production,
            bypass=settings.portone_bypass,
            seconds=settings.provider_seconds,
        ),
        name_check=_name_check(settings),
        address_search=CachedAddressSearch(_address_search(settings)),
        photo_store=open_photo_store(settings.photo_store_url),
        sms=SmsService(settings.solapi_url, settings.solapi_key, settings.solapi_secret, sender=settings.solapi_sender),
        mail=MailServer(
            settings.smtp_host,
            settings.smtp_port,
            Security(settings.smtp_security),
            user=settings.smtp_user,
            password=settings.smtp_password,
            sender=settings.mail_from,
        ),
    )


def _name_check(settings: Settings) -> NameCheck:
    return NameCheck(
        base_url=settings.nice_url,
        client_id=settings.nice_client_id,
        client_secret=settings.nice_client_secret,
        product_id=settings.nice_product_id,
        access_token=settings.nice_access_token or None,
        name_format=NameFormat(settings.nice_name_format),
        seconds=settings.provider_seconds,
    )


def _address_search(settings: Settings) -> AddressSearch:
    return AddressSearch(
        settings.juso_url,
        key=settings.juso_key,
        english_key=settings.juso_english_key,
        seconds=settings.provider_seconds,
        result_type=settings.juso_result_type,
    )


def toolbox() -> Toolbox:
    return cast("Toolbox", current_app.extensions[NAME])


def settings() -> Settings:
    return toolbox().settings
