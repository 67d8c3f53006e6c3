"""The OpenAPI 3.1 description, made of the table and the types that serve the answers."""

import inspect
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

import msgspec

from vidomo.publish.api.model import FaultAnswer
from vidomo.publish.api.table import OPERATIONS, Operation, Param
from vidomo.publish.api.wording import api_words

VERSION = "1.0.0"
"""Version of the interface; the first number is the one in the addresses."""
KEPT = "no-cache"
"""What caches are told: keep it, and ask each time, for a word may have been taken back."""
_JSON = "application/json"
_CODE = "^UA[0-9]{17}$|^UA$"
_SHARED = (400, 405, 406, 422, 500)
_EXAMPLE = "UA63040090010029555"
_FIELD = re.compile(r"^ {4}(\w+): ((?:.|\n {6,})*)", re.MULTILINE)
"""One line of an ``Attributes`` section, with the lines that go on from it."""
_REFS = "#/components/schemas/{name}"


@cache
def describe(lang: str = "en") -> dict[str, Any]:
    """Return the description as plain values."""
    words = api_words(lang)
    types = [one.answer for one in OPERATIONS if one.answer is not None]
    refs, schemas = msgspec.json.schema_components([*types, FaultAnswer], ref_template=_REFS)
    answers = dict(zip(types, refs, strict=False))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": words("api.title"),
            "description": words("api.about"),
            "version": VERSION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": {
            one.path: {
                "get": _operation(
                    one,
                    answers[one.answer] if one.answer else {"type": "object"},
                    refs[-1],
                    lang=lang,
                )
            }
            for one in OPERATIONS
        },
        "components": {"schemas": _closed(schemas)},
    }


def _operation(
    one: Operation, answer: dict[str, Any], failure: dict[str, Any], *, lang: str
) -> dict[str, Any]:
    words = api_words(lang)
    refusals = sorted({*_SHARED, *one.refusals, *((404,) if one.is_about_a_place else ())})
    return {
        "operationId": one.id,
        "summary": words(f"operation.{one.id}"),
        **({"deprecated": True} if one.is_deprecated else {}),
        "parameters": list(_parameters(one, lang=lang)),
        "responses": {
            "200": {
                "description": words("answer.ok"),
                "headers": {
                    "ETag": {"required": True, "schema": {"type": "string"}},
                    "Cache-Control": {"required": True, "schema": {"const": KEPT}},
                },
                "content": {_JSON: {"schema": answer}},
            },
            "304": {"description": words("answer.not_modified")},
            **{str(status): _refusal(status, failure, lang=lang) for status in refusals},
        },
    }


def _refusal(status: int, failure: dict[str, Any], *, lang: str) -> dict[str, Any]:
    words = api_words(lang)
    waits = {"Retry-After": {"required": True, "schema": {"type": "integer"}}}
    return {
        "description": words("answer.refused"),
        **({"headers": waits} if status == 503 else {}),  # noqa: PLR2004 - HTTP
        "content": {_JSON: {"schema": failure}},
    }


def _parameters(one: Operation, *, lang: str) -> Iterable[dict[str, Any]]:
    words = api_words(lang)
    if one.is_about_a_place:
        yield {
            "name": "code",
            "in": "path",
            "required": True,
            "description": words("parameter.code"),
            "schema": {"type": "string", "pattern": _CODE},
            "example": _EXAMPLE,
        }
    for param in one.params:
        yield _parameter(param, words(f"parameter.{param.name}"))


def _parameter(param: Param, description: str) -> dict[str, Any]:
    return {
        "name": param.name,
        "in": "query",
        "required": param.is_required,
        "description": description,
        "schema": param.schema,
        **({"example": param.example} if param.example else {}),
    }


def _closed(schemas: dict[str, Any]) -> dict[str, Any]:
    """Return the schemas as they are sent: every field is there, and no other."""
    return {name: _whole(schema) for name, schema in schemas.items()}


def _whole(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema as it is sent, each field with what its docstring says of it."""
    if "properties" not in schema:
        return schema
    about, _, told = _plain(schema.get("description", "")).partition("Attributes:\n")
    fields = dict(_FIELD.findall(told))
    return schema | {
        "required": list(schema["properties"]),
        "additionalProperties": False,
        "description": about.strip(),
        "properties": {
            name: _with(field, fields.get(name, "")) for name, field in schema["properties"].items()
        },
    }


def _with(field: dict[str, Any], told: str) -> dict[str, Any]:
    return field | {"description": " ".join(told.split())} if told else field


def _plain(text: str) -> str:
    """Return a docstring for people who read no Python."""
    return inspect.cleandoc(text).replace("``", "`")
