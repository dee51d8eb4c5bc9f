"""Passwords: hashed with argon2, checked in the same time for everybody, and hard to guess."""

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

LEAST_LETTERS, MOST_LETTERS = 10, 128
#: What zxcvbn reads of a password; the rest only makes it harder to guess.
JUDGED_LETTERS = 72
#: Of zxcvbn's 0 to 4: more than 10^8 guesses.
LEAST_SCORE = 3
#: Above the least that OWASP asks of Argon2id (19 MiB, 2 rounds), about 80 ms on one core.
_hasher = PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)
#: A flood of sign-ins takes no more than this of the machine; further ones come back later.
_checks = threading.BoundedSemaphore(2)


class WeakPasswordError(ValueError):
    """The password is too short, too long or too easy to guess."""


class BusyError(Exception):
    """As many passwords are being checked as may be at once."""


def hashed(password: str) -> str:
    """Return the argon2 hash of a password, with a salt of its own."""
    return _hasher.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Whether the password has this hash; without a hash, the same work is done for nothing.

    Raises BusyError where two other passwords are being checked.
    """
    if not _checks.acquire(timeout=0.25):
        raise BusyError
    try:
        right = _hasher.verify(kept or _of_nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    finally:
        _checks.release()
    return right and kept is not None


@cache
def _of_nobody() -> str:
    return hashed("nobody has this password")


def check_strength(password: str, *, about: tuple[str, ...] = ()) -> None:
    """Raise WeakPasswordError where a password is easily guessed by who knows the words about."""
    if not LEAST_LETTERS <= len(password) <= MOST_LETTERS:
        raise WeakPasswordError(
            f"A password has {LEAST_LETTERS} to {MOST_LETTERS} characters. Choose a longer one, "
            "such as four words that do not belong together."
        )
    known = ["cockpit", "customer", *(word for word in about if word)]
    if zxcvbn(password[:JUDGED_LETTERS], user_inputs=known)["score"] < LEAST_SCORE:
        raise WeakPasswordError(
            "This password is among those tried first: a common word, a name, a date or a row of "
            "keys. Choose four words that do not belong together, or let a password manager do it."
        )
