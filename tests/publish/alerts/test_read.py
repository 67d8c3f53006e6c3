"""A file of others is read or refused with a reason."""

import pytest

from cap.situations import message
from vidomo.core.errors import InputError
from vidomo.publish.alerts.model import Reference
from vidomo.publish.alerts.read import read_alert
from vidomo.publish.alerts.write import write_alert


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (b"<alert", b"<!DOCTYPE a><alert", "document type"),
        (b"<alert", b"<alert<", "no alert file"),
        (b"cap:1.2", b"cap:1.1", "no alert of CAP 1.2"),
        (b"<scope>Public</scope>", b"", "not valid"),
        (b"49.462,36.461", b"49.462", "no point"),
        (b"49.462,36.461", b"x,36.461", "no number"),
        (b"<code>", b"<code>a</code><references>x,y</references><code>", "not valid"),
        (b" <info>", b" <references>nonsense</references><info>", "names no message"),
        (b" <info>", b" <references>a,b,yesterday</references><info>", "not an instant"),
        (b"T14:00:00+02:00</sent>", b"T24:00:00+02:00</sent>", "not an instant"),
    ],
)
def test_what_cannot_be_understood_is_told(old: bytes, new: bytes, found: str) -> None:
    body = write_alert(message())
    assert old in body
    with pytest.raises(InputError, match=found):
        read_alert(body.replace(old, new, 1))


def test_a_reference_names_sender_identifier_and_time_even_with_commas() -> None:
    body = write_alert(message()).replace(
        b" <info>", b" <references>a@b.c,x,y,2024-01-31T13:00:00+02:00</references><info>", 1
    )
    alert = read_alert(body)
    assert alert.references[0] == Reference("a@b.c", "x,y", alert.sent.replace(hour=11))
