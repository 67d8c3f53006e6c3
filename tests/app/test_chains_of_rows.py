"""Forwards and replies in a file of rows: passing words on never makes a second witness."""

import json
from pathlib import Path

import pytest

IZIUM = "UA63040090010029555"
AT = "2026-01-10T{}:00+02:00"


def row(number: int, clock: str, source: str, text: str, **more: object) -> dict[str, object]:
    at = {"posted_at": AT.format(clock), "home": IZIUM}
    return {"id": str(number), "source": source, "text": text, **at, **more}


FIRST = row(17, "10:00", "monitor_one", "В Ізюмі немає світла.")


@pytest.fixture
def origins(run_vidomo, tmp_path: Path):
    """Import rows; return the origins of what they say, and when the outage was confirmed."""

    def told(*rows: dict[str, object]) -> tuple[list[str], str | None]:
        path = tmp_path / "posts.jsonl"
        path.write_text("".join(json.dumps(one) + "\n" for one in rows), "utf-8")
        assert run_vidomo("import", path).code == 0
        at = ("--valid-at", AT.format("12:00"))
        found = json.loads(run_vidomo("state", IZIUM, "--json", *at).out)
        power = next(one for one in found["dimensions"] if one["dimension"] == "power")
        return [item["origin"] for item in found["evidence"]], power["confirmed_at"]

    return told


def test_other_words_of_another_channel_confirm(origins) -> None:
    found, confirmed_at = origins(FIRST, row(1, "10:30", "monitor_two", "Ізюм: світла нема."))
    assert len(set(found)) == 2
    assert confirmed_at is not None


def test_a_forward_is_of_one_origin_with_whom_it_comes_from(origins) -> None:
    passed_on = row(1, "10:30", "izium_copy", "Ізюм: світла нема.", forwarded_from="izium_mva")
    own = row(5, "10:00", "izium_mva", "В Ізюмі немає світла.")
    found, confirmed_at = origins(own, passed_on)
    assert len(set(found)) == 1
    assert confirmed_at is None


def test_a_stranger_who_is_passed_on_confirms_nothing(origins) -> None:
    passed_on = row(1, "10:30", "monitor_two", "Ізюм: світла нема.", forwarded_from="Хтось")
    _, confirmed_at = origins(FIRST, passed_on)
    assert confirmed_at is None


def test_a_reply_in_its_own_channel_is_of_one_origin_with_the_first_post(origins) -> None:
    reply = row(18, "10:30", "monitor_one", "Ізюм: світла нема.", reply_to=17)
    found, confirmed_at = origins(FIRST, reply)
    assert len(set(found)) == 1
    assert confirmed_at is None
