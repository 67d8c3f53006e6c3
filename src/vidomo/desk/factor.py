"""The second factor: six digits that change every half minute (RFC 6238)."""

from datetime import datetime

import pyotp

STEP_S = 30
_DRIFT = (0, -1, 1)
"""Steps that a clock may be off: the code before and the one after are taken too."""
ISSUER = "Vidomo"


def new_secret() -> str:
    """Return a new secret for an authenticator."""
    return pyotp.random_base32()


def address_of(secret: str, *, login: str) -> str:
    """Return what an authenticator reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def step_of(code: str, secret: str, *, at: datetime, after: int) -> int | None:
    """Return the step that a code stands for; None where it is wrong or was used before.

    Args:
        code: As typed; blanks do not matter.
        secret: The person's secret.
        at: Now, by the machine's own clock.
        after: The step of the last code that was taken: one code opens once.
    """
    typed = "".join(code.split())
    if not (typed.isascii() and typed.isdecimal()):
        return None
    totp = pyotp.TOTP(secret, interval=STEP_S)
    now = int(at.timestamp()) // STEP_S
    # Every candidate is compared, so that the time taken tells nothing.
    right = [now + off for off in _DRIFT if totp.verify(typed, for_time=(now + off) * STEP_S)]
    fresh = [step for step in right if step > after]
    return max(fresh, default=None)
