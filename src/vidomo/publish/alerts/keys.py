"""The operator's key for alert files: made, kept, loaded, replaced."""

from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from vidomo.core.errors import ConfigError, MachineRefused
from vidomo.core.files import put_file
from vidomo.publish.alerts.model import Status

KEYS = "alert-keys"
EXERCISE_KEYS = "alert-keys-exercise"
"""Names of the folders of keys in a data folder; an exercise has its own, so that no key serves both."""
_KEY, _CERTIFICATE, _RETIRED = "key.pem", "certificate.pem", "retired"
_LIFE = timedelta(days=3 * 365)
_ACTUAL, _EXERCISE = "alerts", "EXERCISE"
_HINT = "make a key: vidomo alert key new"
_LARGEST = 20_000


class SigningKey(msgspec.Struct, frozen=True, eq=False):
    """A private key with its certificate; it never appears in text.

    Attributes:
        private: The key itself, on the curve P-256.
        certificate: What others verify with.
        is_exercise: Whether it may sign exercises only; else it may sign everything but them.
    """

    private: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    is_exercise: bool

    def __repr__(self) -> str:
        """Return the fingerprint, never the key."""
        return f"SigningKey({fingerprint(self.certificate)})"

    def may_sign(self, status: Status) -> bool:
        """Whether a message of a status may carry this key's signature."""
        if status is Status.DRAFT:
            return False
        return status is Status.EXERCISE if self.is_exercise else status is not Status.EXERCISE


def keys_folder(folder: Path, *, is_exercise: bool = False) -> Path:
    """Return where the keys of a data folder lie."""
    return folder / (EXERCISE_KEYS if is_exercise else KEYS)


def new_key(folder: Path, *, holder: str, is_exercise: bool, now: datetime) -> SigningKey:
    """Make a key with a self-signed certificate in a folder of keys, for three years.

    Raises:
        ConfigError: There is a key already, or the holder has no name.
        MachineRefused: The folder cannot be written.
    """
    if (folder / _KEY).exists() or (folder / _CERTIFICATE).exists():
        raise ConfigError("there is a key already", hint="replace it: vidomo alert key rotate")
    key = _made(holder, is_exercise=is_exercise, now=now)
    _store(folder, key)
    return key


def rotate_key(folder: Path, *, holder: str, is_exercise: bool, now: datetime) -> SigningKey:
    """Put a new key in the place of the old one; the old certificate stays, to verify with.

    Raises:
        ConfigError: There is no certificate to keep.
        MachineRefused: The folder cannot be written.
    """
    old = _read(folder / _CERTIFICATE)
    certificate = _certificate(old)
    key = _made(holder, is_exercise=is_exercise, now=now)
    retired = folder / _RETIRED
    _folder(retired)
    put_file(retired / f"{fingerprint(certificate).replace(':', '')[:32]}.pem", old, mode=0o644)
    _store(folder, key)
    return key


def load_key(folder: Path) -> SigningKey:
    """Return the key of a folder, after proof that it and its certificate belong together.

    Raises:
        ConfigError: No key, an unreadable one, one of another kind, or not the certificate's.
    """
    try:
        private = load_pem_private_key(_read(folder / _KEY), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ConfigError("the key of alerts cannot be read", hint=_HINT) from error
    if not isinstance(private, ec.EllipticCurvePrivateKey) or private.curve.name != "secp256r1":
        raise ConfigError("the key of alerts is of another kind", hint=f"{_HINT} (P-256)")
    certificate = _certificate(_read(folder / _CERTIFICATE))
    if certificate.public_key() != private.public_key():
        raise ConfigError(
            "the key of alerts does not belong to its certificate",
            hint="put back the pair that belongs together, or: vidomo alert key rotate",
        )
    if _units(certificate) not in ({_ACTUAL}, {_EXERCISE}):
        raise ConfigError("the certificate was not made for alerts", hint=_HINT)
    return SigningKey(private, certificate, is_for_exercises(certificate))


def is_for_exercises(certificate: x509.Certificate) -> bool:
    """Whether a certificate says of itself that its key signs exercises only."""
    return _EXERCISE in _units(certificate)


def trusted_certificates(folder: Path) -> tuple[x509.Certificate, ...]:
    """Return the certificate in use and the retired ones of a folder of keys, newest first.

    Raises:
        ConfigError: A certificate cannot be read.
    """
    paths = [path for path in (folder / _CERTIFICATE,) if path.exists()]
    paths += sorted((folder / _RETIRED).glob("*.pem"))
    found = [_certificate(_read(path)) for path in paths]
    return tuple(sorted(found, key=lambda one: one.not_valid_before_utc, reverse=True))


def certificate_of(body: bytes) -> x509.Certificate:
    """Return the certificate of PEM bytes.

    Raises:
        ConfigError: There is none.
    """
    return _certificate(body)


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of a certificate, as people read it out: pairs of hex digits."""
    return certificate.fingerprint(SHA256()).hex(":").upper()


def _made(holder: str, *, is_exercise: bool, now: datetime) -> SigningKey:
    name = " ".join(holder.split())
    if not name or len(name) > 64:  # noqa: PLR2004 - ub-common-name of RFC 5280
        raise ConfigError(f"the holder is {holder!r}", hint="name the body, in 1 to 64 characters")
    private = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(
                NameOID.ORGANIZATIONAL_UNIT_NAME, _EXERCISE if is_exercise else _ACTUAL
            ),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))  # a reader's clock may be late
        .not_valid_after(now + _LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .sign(private, SHA256())
    )
    return SigningKey(private, certificate, is_exercise)


def _units(certificate: x509.Certificate) -> set[str]:
    units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return {str(unit.value) for unit in units}


def _usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _store(folder: Path, key: SigningKey) -> None:
    _folder(folder)
    secret = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    # The key first: cut off in between, key and certificate do not match, and nothing is signed.
    put_file(folder / _KEY, secret, mode=0o600)
    put_file(folder / _CERTIFICATE, key.certificate.public_bytes(Encoding.PEM))


def _folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise MachineRefused(f"{folder.name} cannot be made: {error.strerror}") from error


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST)
    except OSError as error:
        raise ConfigError(f"{path.name} cannot be read: {error.strerror}", hint=_HINT) from error


def _certificate(body: bytes) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(body)
    except ValueError as error:
        raise ConfigError("the certificate cannot be read", hint="give a PEM file") from error
