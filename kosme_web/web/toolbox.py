"""What the app was assembled with, typed: its settings, its outside services, its vault."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from kosme_web.address_index import AddressIndex
from kosme_web.config import Settings
from kosme_web.domain.social import SocialProvider
from kosme_web.providers.address_search import AddressSearch, CachedAddressSearch, LocalAddressSearch
from kosme_web.providers.facebook import Facebook
from kosme_web.providers.identity_verification import IdentityVerification
from kosme_web.providers.institutional_sso import InstitutionalSso
from kosme_web.providers.kakao import Kakao
from kosme_web.providers.messages import MailServer, Security, SmsService
from kosme_web.providers.name_check import NameCheck, NameFormat
from kosme_web.providers.naver import Naver
from kosme_web.providers.photo_store import PhotoStore, open_photo_store
from kosme_web.providers.social import SocialService
from kosme_web.services.photos import Studio
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
    local_addresses: LocalAddressSearch
    photo_store: PhotoStore
    studio: Studio
    sms: SmsService
    mail: MailServer
    naver: Naver
    kakao: Kakao
    facebook: Facebook
    institutional_sso: InstitutionalSso

    @property
    def social(self) -> Mapping[SocialProvider, SocialService]:
        """Give the services by which a person may log in."""
        return {
            SocialProvider.NAVER: self.naver,
            SocialProvider.KAKAO: self.kakao,
            SocialProvider.FACEBOOK: self.facebook,
            SocialProvider.SSO: self.institutional_sso,
        }


def install(app: Flask, settings: Settings) -> None:
    naver, kakao, facebook, sso = (settings.oauth[name] for name in SocialProvider)
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
        local_addresses=LocalAddressSearch(AddressIndex(settings.address_index_url)),
        photo_store=open_photo_store(settings.photo_store_url),
        studio=Studio(settings.data_dir),
        sms=SmsService(
            settings.solapi_url,
            settings.solapi_key,
            settings.solapi_secret,
            sender=settings.solapi_sender,
            seconds=settings.provider_seconds,
        ),
        mail=MailServer(
            settings.smtp_host,
            settings.smtp_port,
            Security(settings.smtp_security),
            user=settings.smtp_user,
            password=settings.smtp_password,
            sender=settings.mail_from,
        ),
        naver=Naver(naver.url, naver.api_url, naver.client_id, naver.client_secret, settings.provider_seconds),
        kakao=Kakao(kakao.api_url, kakao.admin_key, settings.provider_seconds),
        facebook=Facebook(
            facebook.api_url,
            facebook.version,
            facebook.client_secret,
            settings.provider_seconds,
            client_id=facebook.client_id,
        ),
        institutional_sso=InstitutionalSso(sso.url, settings.provider_seconds),
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
