"""Whatever programs send, the answer is one of those that the description names."""

import asyncio
import zlib
from urllib.parse import quote_from_bytes

import pytest
import schemathesis
from hypothesis import given, settings, strategies as st
from schemathesis.checks import CHECKS
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from app.api_asking import RememberingHouse, ask_within
from disclosure.planted import ALL, IZIUM, world
from disclosure.rendered import HOST
from vidomo.app.server import make_app
from vidomo.app.web import api_past
from vidomo.publish.api.openapi import describe
from vidomo.publish.api.table import OPERATIONS

PROFILE = settings.get_current_profile_name()
FEW = settings(max_examples=15 if PROFILE == "short" else 500, derandomize=PROFILE == "short")
SOME = settings(max_examples=60 if PROFILE == "short" else 3000)
NAMED = {name.decode(): text.decode() for name, text in (HOST,)}
SOMETIMES_WRONG = {"in_the_future", "bad_instant"}
"""What no schema can say: an instant of its form may lie ahead, or beyond the calendar."""
APP = make_app(RememberingHouse(world(5)))
SCHEMA = schemathesis.openapi.from_asgi("/api/openapi.json", APP, headers=NAMED)


@pytest.fixture(autouse=True, scope="module")
def _no_rest() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api_past, "REST", 0)
        yield


def validated(case: schemathesis.Case, *without: object) -> None:
    """Hold the answer to a request against every check, but those that cannot apply to it."""
    response = case.call(headers=NAMED)
    excluded = list(without)
    if response.status_code == 422:
        error = response.json()["error"]
        # A cursor of the right form may still be none of ours.
        if error["code"] in SOMETIMES_WRONG or error["field"] == "cursor":
            excluded.append(positive_data_acceptance)
    case.validate_response(response, excluded_checks=excluded)


@SCHEMA.parametrize()
@FEW
def test_every_answer_is_one_that_the_description_names(case: schemathesis.Case) -> None:
    validated(case)


@SCHEMA.include(path_regex="code").parametrize()
@FEW
def test_every_answer_about_a_place_that_there_is_is_one_that_the_description_names(
    case: schemathesis.Case,
) -> None:
    number = zlib.crc32(repr(sorted(dict(case.query or {}).items())).encode())
    case.path_parameters = {"code": ALL[number % len(ALL)]}
    validated(case, negative_data_rejection)


def test_all_checks_are_made_and_all_questions_are_asked() -> None:
    assert {"not_a_server_error", "response_schema_conformance", "status_code_conformance"} <= set(
        CHECKS.get_all_names()
    )
    asked = {result.ok().path for result in SCHEMA.get_all_operations()}
    # The description is how they were learned of.
    assert asked | {"/api/openapi.json"} == {one.path for one in OPERATIONS}
    assert SCHEMA.raw_schema["paths"].keys() == describe()["paths"].keys()


# what no program would send ---------------------------------------------------------------------

QUERIES = st.one_of(
    st.binary(max_size=60).map(quote_from_bytes),
    st.lists(
        st.tuples(
            st.sampled_from(["q", "lang", "limit", "cursor", "known_at", "valid_at", "level", "x"]),
            st.one_of(
                st.text(max_size=30).map(
                    lambda text: quote_from_bytes(text.encode("utf-8", "replace"))
                ),
                st.sampled_from(
                    ["%00", "..%2F", "%FF", "1e9", "-1", "2026-13-45T99:99Z", "2025-12-20T12:00Z"]
                ),
            ),
        ).map("=".join),
        max_size=5,
    ).map("&".join),
)
PATHS = st.one_of(
    st.sampled_from([one.path.replace("{code}", IZIUM) for one in OPERATIONS]),
    st.text(alphabet=st.characters(codec="utf-8"), max_size=30).map(
        lambda text: "/api/v1/places/" + text
    ),
    st.text(alphabet=st.characters(codec="utf-8"), max_size=30).map(lambda text: "/api/" + text),
)
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        name: st.text(alphabet=st.characters(codec="latin-1"), max_size=40)
        for name in ("accept", "accept_encoding", "if_none_match")
    },
)


@SOME
@given(
    PATHS,
    QUERIES,
    HEADERS,
    st.sampled_from(["GET", "HEAD", "OPTIONS", "POST", "DELETE", "PROPFIND"]),
)
def test_nothing_that_is_sent_breaks_anything(
    path: str, query: str, headers: dict[str, str], method: str
) -> None:
    answer = asyncio.run(
        ask_within(APP, f"{path.replace('?', '')}?{query}", method=method, **headers)
    )
    assert answer.status in {200, 204, 304, 307, 400, 404, 405, 406, 422}
    if answer.status >= 400 and method != "HEAD":
        assert set(answer.json) == {"error"}
    if answer.status != 307 and path != "/api/":
        assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "path", ["/api/\n", "/api/v1/places/\n/state", "/api/v1/\r\n", "/api/\x00"]
)
def test_an_address_of_strange_letters_is_refused_in_the_same_shape(path: str) -> None:
    answer = asyncio.run(ask_within(APP, path))
    assert answer.status == 404
    assert set(answer.json) == {"error"}
