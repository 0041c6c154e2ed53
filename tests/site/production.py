"""Settings as production has them; every value is made up."""

import base64
from pathlib import Path

KEY = base64.b64encode(bytes(range(32))).decode()
HOST = "jobs.example.kr"
SECRETS = {
    "KOSME_SECRET_KEY": "0123456789abcdef0123456789abcdef-canary",
    "KOSME_NUMBER_KEYS": f"k2:{KEY} k1:{KEY}",
    "KOSME_IDENTITY_KEY": KEY,
    "KOSME_PORTONE_SECRET": "live-portone-canary",
    "KOSME_PORTONE_STORE_ID": "store-1",
    "KOSME_PORTONE_CHANNEL_KEY": "live-channel-canary",
    "KOSME_NICE_CLIENT_ID": "live-nice-client-canary",
    "KOSME_NICE_CLIENT_SECRET": "live-nice-secret-canary",
    "KOSME_JUSO_KEY": "live-juso-canary",
    "KOSME_JUSO_ENGLISH_KEY": "live-juso-english-canary",
    "KOSME_SOLAPI_KEY": "live-solapi-key-canary",
    "KOSME_SOLAPI_SECRET": "live-solapi-secret-canary",
    "KOSME_SOLAPI_WEBHOOK_SECRET": "live-webhook-canary",
    "KOSME_SMTP_USER": "live-mail-user-canary",
    "KOSME_SMTP_PASSWORD": "live-mail-password-canary",
}
ADDRESSES = {
    "KOSME_PUBLIC_URL": f"https://{HOST}",
    "KOSME_SOLAPI_SENDER": "0215881111",
    "KOSME_SMTP_HOST": "mail.example.kr",
    "KOSME_MAIL_FROM": "일자리매칭플랫폼 <no-reply@example.kr>",
}
OPTIONAL_SECRETS = {
    "KOSME_BACKUP_KEY": KEY,
    "KOSME_METRICS_TOKEN": "live-metrics-token-of-32-letters-canary",
    "KOSME_NICE_ACCESS_TOKEN": "live-nice-token-canary",
    "KOSME_DATABASE_URL": "postgresql+psycopg://kosme:canary@db/kosme",
    "KOSME_PHOTO_STORE_URL": "s3://canary:canary@photos",
    "KOSME_RATE_LIMIT_STORAGE": "redis://:canary@limits",
}


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    return {
        "KOSME_ENV": "production",
        "KOSME_DATA_DIR": str(data_dir),
        "KOSME_TRUSTED_HOSTS": HOST,
        "KOSME_LOG_LEVEL": "ERROR",
        **SECRETS,
        **ADDRESSES,
        **more,
    }
