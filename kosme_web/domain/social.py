"""SNS: who may vouch for a member; the names are part of addresses and of what is stored."""

from enum import StrEnum


class SocialProvider(StrEnum):
    NAVER = "naver"
    KAKAO = "kakao"
    FACEBOOK = "facebook"
    SSO = "sso"  # the institutional log-in in Digital OnePass's place


SNS = (SocialProvider.NAVER, SocialProvider.KAKAO, SocialProvider.FACEBOOK)
