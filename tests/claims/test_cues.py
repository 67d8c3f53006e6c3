"""Every entry of every phrase table finds its example and not its counter-example."""

import time

import pytest

from vidomo.claims.chunks import Chunks
from vidomo.claims.cues import BLOCKED, find_cues, find_means
from vidomo.claims.discourse import find_triggers
from vidomo.claims.document import Document
from vidomo.claims.lexicon import Entry, families, lexicon
from vidomo.claims.patterns import parse_pattern, with_families
from vidomo.claims.prepare import prepare
from vidomo.claims.tables import LANGUAGES, table
from vidomo.claims.topics import topics

TABLES = ("cues", "means", "monitor", "rail", "discourse", "speakers", "bodies", "alarms")
ENTRIES = [(table, entry) for table in TABLES for entry in lexicon(table).entries]


def rules(table: str, entry: Entry, text: str) -> set[str]:
    doc = prepare(text, lang=entry.id[:2])
    if table in {"cues", "monitor", "rail"} and entry.fields["topic"] != BLOCKED:
        return standing(table, doc)
    if table == "means":
        return {hit.rule for hit in find_means(doc)}
    if table == "discourse":
        return {hit.rule for hit in find_triggers(doc, Chunks(doc))}
    words = lexicon(table)
    return {found.id for clause in doc.clauses for found, _ in words.matches(doc, clause)}


def standing(table: str, doc: Document) -> set[str]:
    """The entries whose words stand in a text, and those that say the same of some of them."""
    found = find_cues(doc, table=table)
    return {hit.rule for hit in found} | {
        entry.id
        for clause in doc.clauses
        for entry, taken in lexicon(table).matches(doc, clause)
        for hit in found
        if meaning(entry) == meaning(lexicon_entry(table, hit.rule))
        and not set(taken).isdisjoint(hit.tokens)
    }


def lexicon_entry(table: str, rule: str) -> Entry:
    return next(entry for entry in lexicon(table).entries if entry.id == rule)


def meaning(entry: Entry) -> tuple[str, ...]:
    kept = ("topic", "kind", "polarity", "subject", "regime")
    return tuple(str(entry.fields.get(name, "")) for name in kept)


@pytest.mark.parametrize(("table", "entry"), ENTRIES, ids=lambda value: getattr(value, "id", value))
def test_an_entry_finds_its_example_and_leaves_its_counter_example(
    table: str, entry: Entry
) -> None:
    assert entry.id in rules(table, entry, entry.example)
    assert entry.id not in rules(table, entry, entry.counter)


def test_every_topic_of_a_cue_is_a_topic_of_the_table() -> None:
    named = {
        entry.fields["topic"]
        for table in ("cues", "monitor", "rail")
        for entry in lexicon(table).entries
    }
    assert named - {BLOCKED} <= set(topics())


def test_the_longer_of_two_cues_that_share_words_stands() -> None:
    doc = prepare("Пожежу ліквідовано.")
    assert [hit.topic for hit in find_cues(doc)] == ["impact.fire.out"]


def test_two_supplies_may_share_one_verb() -> None:
    doc = prepare("Зафіксовано перебої з водопостачанням та мобільним зв'язком.")
    assert {hit.topic for hit in find_cues(doc)} == {"impact.water.outage", "impact.comms.outage"}


@pytest.mark.parametrize(
    "text",
    [
        "The regional council of the oblast met.",
        "Кабінет міністрів ухвалив рішення.",
        "Цікава кабінка та каблучка.",
        "Інформаційна атака на сайт міста.",
    ],
)
def test_words_that_only_contain_a_cue_are_none(text: str) -> None:
    doc = prepare(text)
    assert not find_cues(doc)
    assert not find_means(doc)


@pytest.mark.parametrize("pattern", ["", "..2 слово", "слово ~1"])
def test_a_pattern_that_is_empty_or_ends_in_a_gap_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="gap at its edge"):
        parse_pattern(pattern)


@pytest.mark.parametrize(
    "bait",
    [
        "світло " * 20_000,
        "без світла, " * 10_000,
        "не " * 30_000,
        "загроза застосування " * 10_000,
        "немає інформації про " * 10_000,
        "power " * 20_000,
        "(" * 30_000 + "вибух" + ")" * 30_000,
    ],
)
def test_no_text_makes_a_pattern_slow(bait: str) -> None:
    doc = prepare(bait)
    begun = time.perf_counter()
    find_cues(doc)
    find_means(doc)
    find_triggers(doc, Chunks(doc))
    assert time.perf_counter() - begun < 10


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_family_has_a_word_of_its_example_and_none_of_its_counter_example(lang: str) -> None:
    for name, words in families(lang).items():
        (row,) = parse_pattern(words)
        entry = table(lang, "families")[name]
        assert any(row[0].fits(token) for token in prepare(entry["example"]).tokens), name
        assert not any(row[0].fits(token) for token in prepare(entry["counter"]).tokens), name


def test_a_pattern_may_take_its_two_sides_in_either_order() -> None:
    assert parse_pattern("a &2 b c") == [
        *parse_pattern("a ~2 b c"),
        *parse_pattern("b c ~2 a"),
    ]


def test_a_family_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match="no family 'lost'"):
        with_families("@lost b", {"found": "a"})
