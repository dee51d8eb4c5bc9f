"""What a channel keeps secret, sealed with a key made of SECRET_KEY; the database has no key."""

import base64
import json

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from data import settings
from data.domain.canonical import canonical_json
from data.domain.channel import ChannelError, Config


def sealed(config: Config) -> str:
    """Return a configuration as text that only this installation can read."""
    return _box().encrypt(canonical_json(config.plain()).encode()).decode()


def opened(text: str) -> Config:
    """Return what was sealed; raise ChannelError where the key is another one."""
    try:
        return Config(**json.loads(_box().decrypt(text.encode())))
    except InvalidToken as error:
        raise ChannelError("sealed") from error


def _box() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"cockpit channels")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.secret_key().encode())))
