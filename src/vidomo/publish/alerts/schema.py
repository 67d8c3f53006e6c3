"""Whether a tree keeps the rules of CAP 1.2 for elements, their order and their values."""

from functools import lru_cache
from importlib.resources import files

from lxml import etree
from lxml.etree import _Element as Element

from vidomo.core.problems import Problem

_MOST = 20


def broken_schema(root: Element) -> tuple[Problem, ...]:
    """Return what breaks the schema, at most twenty findings; empty when the tree is valid.

    The schema is our own, written from the data dictionary of CAP 1.2, section 3.2; the tests
    hold it to the verdicts of the schema that OASIS publishes.
    """
    schema = _schema()
    if schema.validate(root):
        return ()
    found = [
        Problem(
            code="schema",
            found=str(entry.message).replace("{urn:oasis:names:tc:emergency:cap:1.2}", ""),
            where=f"line {entry.line}",
        )
        for entry in schema.error_log
    ]
    return tuple(found[:_MOST])


@lru_cache(maxsize=1)
def _compiled() -> bytes:
    return (files("vidomo.publish.alerts") / "cap12.xsd").read_bytes()


def _schema() -> etree.XMLSchema:
    # One for each call: the error log of a schema belongs to whoever validated last.
    return etree.XMLSchema(etree.fromstring(_compiled()))
