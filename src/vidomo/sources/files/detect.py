"""Tell what a file is from its first bytes."""

import re

import msgspec

from vidomo.sources.files.preview import MARK

_PAGE = re.compile(
    r"<\s*(?:!doctype\s+html|html|head|body|main|article|div|section|meta)\b", re.IGNORECASE
)
_EXPORT = re.compile(r'"(?:messages|chats)"\s*:')
_JSON_START = re.compile(r'\s*(?:\{\s*(?:"|\}|$)|\[\s*[\[{\]])')
_SUFFIXES = {"jsonl": "jsonl", "ndjson": "jsonl", "html": "html", "htm": "html", "txt": "text"}


def detect(head: str, *, suffix: str) -> str:
    """Return text, html, jsonl, telegram or preview.

    What stands in the file counts more than its name; the name decides where
    the beginning does not.

    Args:
        head: Beginning of the file, decoded however roughly.
        suffix: Ending of the name, without dot, in lower case.
    """
    head = head.lstrip("\ufeff \t\r\n")
    if _JSON_START.match(head) and suffix not in {"html", "htm"}:
        return _kind_of_json(head, suffix)
    if head.startswith("<") and _PAGE.search(head):
        return "preview" if MARK in head else "html"
    if suffix == "json":
        return "telegram"
    return _SUFFIXES.get(suffix, "text")


def _kind_of_json(head: str, suffix: str) -> str:
    if suffix in {"jsonl", "ndjson"}:
        return "jsonl"
    first = head.partition("\n")[0]
    if head.startswith("["):
        return "jsonl"
    is_row = '"text"' in first and '"id"' in first and not first.startswith('{"about"')
    try:
        row = msgspec.json.decode(first)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        row = None
    if isinstance(row, dict):
        return "telegram" if "messages" in row or "chats" in row else "jsonl"
    if _EXPORT.search(head):
        return "telegram"
    return "jsonl" if is_row or len(first.strip()) > 1 else "telegram"
