"""The description is made of the table and the types that serve the answers."""

import json
import re

import pytest

from disclosure.night import IZIUM, night
from vidomo.core.codec import to_json
from vidomo.gazetteer import Gazetteer
from vidomo.publish.api.openapi import describe
from vidomo.publish.api.page import example_of, render_api_page
from vidomo.publish.api.table import DIMENSION, OPERATIONS
from vidomo.publish.api.wording import api_words, fault, taken_back


def references(value: object) -> set[str]:
    return set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(value)))


def test_every_question_of_the_table_is_described_with_its_parameters() -> None:
    paths = describe()["paths"]
    assert list(paths) == [one.path for one in OPERATIONS]
    for one in OPERATIONS:
        told = paths[one.path]["get"]
        assert told["operationId"] == one.id
        names = [param["name"] for param in told["parameters"]]
        assert names == [*(["code"] if one.is_about_a_place else []), *(p.name for p in one.params)]
        assert all(param["description"] for param in told["parameters"])


def test_every_schema_that_is_named_is_there_and_every_one_there_is_named() -> None:
    told = describe()
    assert references(told) == set(told["components"]["schemas"])


def test_every_object_is_closed_and_sends_all_its_fields() -> None:
    for name, schema in describe()["components"]["schemas"].items():
        assert schema["additionalProperties"] is False, name
        assert schema["required"] == list(schema["properties"]), name
        assert schema["description"].endswith("."), name
        assert "Attributes:" not in schema["description"]


def test_every_refusal_has_one_shape_and_a_busy_past_says_when_to_ask_again() -> None:
    for path in describe()["paths"].values():
        for status, response in path["get"]["responses"].items():
            if int(status) >= 400:
                assert references(response) == {"FaultAnswer"}
            if status == "503":
                assert "Retry-After" in response["headers"]


def test_what_may_be_compared_names_neither_harm_nor_damage() -> None:
    assert not {"harm", "damage"} & set(DIMENSION.schema["enum"])


def test_the_description_is_the_same_bytes_each_time() -> None:
    assert to_json(describe()) == to_json(describe.__wrapped__())
    assert describe("uk")["info"]["title"] != describe("en")["info"]["title"]


def test_both_tables_of_words_have_the_same_keys() -> None:
    assert api_words("uk").keys == api_words("en").keys
    assert api_words("ru") is not api_words("en")
    assert api_words("ru")("api.other_lang") == "en"


def test_every_question_and_parameter_has_words() -> None:
    for lang in ("uk", "en"):
        words = api_words(lang)
        for one in OPERATIONS:
            assert words(f"operation.{one.id}")
            assert all(words(f"parameter.{param.name}") for param in one.params)


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_every_refusal_has_a_message_and_a_hint(lang: str) -> None:
    codes = {key.removeprefix("error.") for key in api_words(lang).keys if key[:6] == "error."}
    for code in codes:
        if not code.endswith("_hint"):
            error = fault(code, lang=lang).error
            assert error.code == code
            assert error.message.endswith(".")
            assert error.hint.endswith(".")
    assert taken_back(lang).message


@pytest.mark.parametrize("lang", ["uk", "en"])
def test_the_page_for_people_names_every_question_with_an_example(lang: str) -> None:
    page = render_api_page(lang)
    assert f'<html lang="{lang}">' in page
    for one in OPERATIONS:
        assert f"GET {one.path}" in page
        assert "{" not in example_of(one)


def test_the_example_is_a_place_of_the_scenario() -> None:
    assert Gazetteer.open().label(IZIUM, lang="en") == "Izium"
    assert any(place.place == IZIUM for place in night().places)
