"""Every entry of the place tables fits its example and not its counter-example."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from vidomo.claims.hits import MentionHit
from vidomo.claims.mentions import find_mentions
from vidomo.claims.prepare import prepare
from vidomo.claims.tables import LANGUAGES, table
from vidomo.gazetteer import Gazetteer

Entry = Mapping[str, Any]


def of_level(hit: MentionHit, entry: Entry) -> bool:
    return hit.kind == entry["level"] and hit.typed and bool(hit.candidates)


def seated_in(hit: MentionHit, entry: Entry) -> bool:
    gazetteer = Gazetteer.open()
    seats = {gazetteer.unit(code).seat or "" for code in hit.candidates}
    return hit.kind == "hromada" and {gazetteer.unit(seat).category for seat in seats} <= set(
        entry["categories"]
    )


def of_category(hit: MentionHit, entry: Entry) -> bool:
    gazetteer = Gazetteer.open()
    found = {gazetteer.unit(code).category for code in hit.candidates}
    return hit.typed and bool(found) and found <= set(entry["categories"])


def without_name(hit: MentionHit, entry: Entry) -> bool:
    return hit.kind == entry["kind"] and not hit.candidates


def of_capital(hit: MentionHit, _: Entry) -> bool:
    return hit.candidates == ("UA80000000000093317",)


def in_role(hit: MentionHit, entry: Entry) -> bool:
    return hit.role == entry["role"]


def of_country(hit: MentionHit, entry: Entry) -> bool:
    kind = "settlement" if entry.get("is_part") else "country"
    return hit.kind == kind and hit.candidates == (entry["code"],)


def of_nation(hit: MentionHit, _: Entry) -> bool:
    return hit.candidates == ("UA",)


def of_neighbourhood(hit: MentionHit, entry: Entry) -> bool:
    return hit.candidates == (entry["code"],)


def named(hit: MentionHit, entry: Entry) -> bool:
    return bool(hit.candidates) and not hit.is_body


def excluded(hit: MentionHit, entry: Entry) -> bool:
    return hit.is_excluded


def of_body(hit: MentionHit, entry: Entry) -> bool:
    return hit.is_body


# In these sections the example shows what the entry is for.
def of_russia(hit: MentionHit, entry: Entry) -> bool:
    return hit.candidates == ("RU",) and bool(entry)


SHOWS: dict[str, Callable[[MentionHit, Entry], bool]] = {
    "head": of_level,
    "kind": of_category,
    "seated": seated_in,
    "definite": without_name,
    "capital": of_capital,
    "role": in_role,
    "excluded": excluded,
    "elsewhere": excluded,
    "nation": of_nation,
    "office": of_body,
    "support": named,
    "body": of_body,
    "country": of_country,
    "neighbourhood": of_neighbourhood,
    "respelled": named,
    "okrug": of_russia,
}
# In these the example shows words that name no place, and the counter-example a place.
HIDES = ("speaking", "street", "person", "group", "river", "ordinary", "risky")


def entries(sections: Iterator[str] | tuple[str, ...] | dict[str, Any]) -> list[Any]:
    return [
        pytest.param(section, entry, id=f"{lang}-{section}-{number}")
        for lang in LANGUAGES
        for section in sections
        for number, entry in enumerate(table(lang, "places").get(section, ()))
    ]


def hits(text: str) -> tuple[MentionHit, ...]:
    return find_mentions(prepare(text), Gazetteer.open())


@pytest.mark.parametrize(("section", "entry"), entries(SHOWS))
def test_an_entry_shows_in_its_example_and_not_in_its_counter_example(
    section: str, entry: Entry
) -> None:
    fits = SHOWS[section]
    assert any(fits(hit, entry) for hit in hits(entry["example"])), entry["example"]
    assert not any(fits(hit, entry) for hit in hits(entry["counter"])), entry["counter"]


@pytest.mark.parametrize(("section", "entry"), entries(HIDES))
def test_a_word_of_another_kind_is_no_place_until_something_says_so(
    section: str, entry: Entry
) -> None:
    assert not any(named(hit, entry) for hit in hits(entry["example"])), entry["example"]
    assert any(named(hit, entry) for hit in hits(entry["counter"])), entry["counter"]


def test_every_section_of_entries_is_tried() -> None:
    for lang in LANGUAGES:
        sections = {
            name
            for name, listed in table(lang, "places").items()
            if isinstance(listed, list) and listed and isinstance(listed[0], dict)
        }
        assert sections <= {*SHOWS, *HIDES}


@pytest.mark.parametrize(("section", "entry"), entries(("respelled",)))
def test_a_form_that_the_gazetteer_lacks_is_read_as_its_name(section: str, entry: Entry) -> None:
    (meant,) = hits(entry["name"])
    assert section == "respelled"
    assert meant.candidates
    for form in entry["words"]:
        assert len(form.split()) == len(entry["name"].split())
        assert [hit.candidates for hit in hits(form)] == [meant.candidates], form
