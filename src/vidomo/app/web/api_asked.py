"""What a program asks: parameters, moments, and what it can take; nothing that is not understood."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode

import msgspec
from starlette.requests import Request

from vidomo.app.web.asked import FIRST_YEAR, LAST_YEAR
from vidomo.core.time import format_instant
from vidomo.publish.api.table import USUAL, Operation, Param
from vidomo.publish.api.write import LANGS, Slice
from vidomo.publish.words import LANGUAGES

LONGEST_QUERY = 2_000
"""Characters of a query; the longest that we write ourselves has some six hundred."""
MOST_PARAMETERS = 20
_TAKEN = frozenset({"*/*", "application/*", "application/json"})
_TAG = re.compile(r'(?:W/)?"([^"]*)"')


class Refused(Exception):
    """A request of a program that cannot be answered.

    Attributes:
        status: HTTP status.
        code: What it is refused for, as the manual lists them.
        field: Name of the parameter; empty where it is about none.
        wait_s: Seconds after which to ask again; 0 where that changes nothing.
    """

    def __init__(self, status: int, code: str, *, field: str = "", wait_s: int = 0) -> None:
        super().__init__(code)
        self.status, self.code, self.field, self.wait_s = status, code, field, wait_s


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One question of a program.

    Attributes:
        path: Address without its query.
        code: Code of the place; empty where it names none.
        given: What was said beside the address, as it was said.
        valid_at: None where the present is asked for; likewise ``known_at``.
    """

    path: str
    code: str = ""
    lang: str = LANGUAGES[0]
    given: Mapping[str, str] = {}
    valid_at: datetime | None = None
    known_at: datetime | None = None

    @property
    def is_of_the_past(self) -> bool:
        """Whether a moment is named."""
        return self.valid_at is not None or self.known_at is not None

    @property
    def part(self) -> Slice:
        """Which page of a list is asked for."""
        limit = int(self.given.get("limit", USUAL))
        return Slice(limit=limit, cursor=self.given.get("cursor", ""))

    def address(self, **changes: str) -> str:
        """Return the address of this question with some parameters changed, in one order."""
        said = {name: value for name, value in {**self.given, **changes}.items() if value}
        query = urlencode(sorted(said.items()))
        return f"{self.path}?{query}" if query else self.path

    def permanent(self, valid_at: datetime, known_at: datetime) -> str:
        """Return the address of this question about one moment."""
        return self.address(valid_at=format_instant(valid_at), known_at=format_instant(known_at))


def read_request(request: Request, operation: Operation) -> Asked:
    """Return what a request asks.

    Raises:
        Refused: Something in it cannot be understood, or is asked for twice.
    """
    given = _given(request, operation)
    moments = {
        name: _instant(given[name], name) for name in ("valid_at", "known_at") if name in given
    }
    return Asked(
        path=request.url.path,
        code=str(request.path_params.get("code", "")),
        lang=given.get("lang", LANGUAGES[0]),
        given=given,
        valid_at=moments.get("valid_at"),
        known_at=moments.get("known_at"),
    )


def asked_lang(request: Request) -> str:
    """Return the language that a request names, for its refusal; the first one otherwise."""
    lang = request.query_params.get("lang", "")
    return lang if lang in LANGS else LANGUAGES[0]


def takes_json(request: Request) -> bool:
    """Whether whoever asks can take JSON."""
    accepted = [one for value in request.headers.getlist("accept") for one in value.split(",")]
    return not accepted or any(map(_is_json, accepted))


def holds_already(request: Request, tag: str) -> bool:
    """Whether whoever asks has the answer with this tag."""
    named = ",".join(request.headers.getlist("if-none-match"))
    return named.strip() == "*" or tag in _TAG.findall(named)


def _given(request: Request, operation: Operation) -> dict[str, str]:
    raw: bytes = request.scope["query_string"]
    if operation.is_deprecated:
        return {}  # it never took any, and never minded
    if len(raw) > LONGEST_QUERY:
        raise Refused(400, "bad_request")
    try:
        pairs = parse_qsl(
            raw.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_PARAMETERS,
        )
    except ValueError as error:
        raise Refused(400, "bad_request") from error
    known = {param.name: param for param in operation.params}
    given: dict[str, str] = {}
    for name, value in pairs:
        if name not in known:
            raise Refused(422, "unknown_parameter", field=name[:LONGEST_NAME])
        if name in given:
            raise Refused(422, "repeated_parameter", field=name)
        _check(known[name], value)
        given[name] = value
    for param in operation.params:
        if param.is_required and param.name not in given:
            raise Refused(422, "missing_parameter", field=param.name)
    return given


LONGEST_NAME = 40
"""Characters of an unknown parameter's name that are repeated to whoever sent it."""


def _check(param: Param, value: str) -> None:
    """Hold a value against the schema that describes it."""
    schema = param.schema
    is_wrong = (
        ("enum" in schema and value not in schema["enum"])
        or len(value) > schema.get("maxLength", LONGEST_QUERY)
        or len(value) < schema.get("minLength", 0)
        or ("pattern" in schema and not re.fullmatch(schema["pattern"].strip("^$"), value))
        or (schema["type"] == "integer" and not _is_within(schema, value))
    )
    if is_wrong:
        raise Refused(422, "bad_value", field=param.name)


def _is_within(schema: Mapping[str, int], value: str) -> bool:
    if not re.fullmatch(r"[0-9]{1,6}", value):
        return False
    return schema["minimum"] <= int(value) <= schema["maximum"]


def _instant(text: str, field: str) -> datetime:
    """Return an instant to the second; a plus sign in an address is read as a blank."""
    try:
        instant = datetime.fromisoformat(text.strip().replace(" ", "+").upper())
        if instant.tzinfo is None:
            raise Refused(422, "bad_instant", field=field)
        instant = instant.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError) as error:
        raise Refused(422, "bad_instant", field=field) from error
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise Refused(422, "bad_instant", field=field)
    return instant


def _is_json(accepted: str) -> bool:
    kind, *more = (part.strip().casefold() for part in accepted.split(";"))
    weights = [part.removeprefix("q=") for part in more if part.startswith("q=")]
    return kind in _TAKEN and not any(re.fullmatch(r"0(\.0*)?", one) for one in weights)
