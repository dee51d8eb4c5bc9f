"""One spelling of plain values as JSON: equal values give equal bytes, fit to be hashed."""

import hashlib
import json


def canonical_json(value: object) -> str:
    """Return JSON with sorted keys and no spaces; raise ValueError for NaN and infinity."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def sha256(text: str) -> str:
    """Return the SHA-256 of a text in 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
