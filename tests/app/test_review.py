"""The review queue: what it shows, what an answer does, and that no answer is lost."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from msgspec import structs

from vidomo.app.house import House
from vidomo.app.review import Item, queue, take
from vidomo.app.review_labels import labels
from vidomo.app.reviewed import Reviewed, is_stated, restated
from vidomo.app.verdict import Verdict, parse_verdict
from vidomo.claims.model import Claim, Reading
from vidomo.claims.topics import topics
from vidomo.core.codec import to_json
from vidomo.core.errors import ConfigError, NothingKnown, VidomoError
from vidomo.core.ids import content_id
from vidomo.core.time import instant_interval
from vidomo.reports.keep import version_of
from vidomo.sources.model import Post

IZIUM = "UA63040090010029555"
OBLAST = "agency_one"
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
# Spelt so that no rule reads it, and a person and the net still do.
GARBLED = "Explosionns in Izium, housses damagged, peoplle injurred"
WORDS = "Explosionns in Izium"
STATES = f"topic=event.explosion,kind=report,place={IZIUM},quote={WORDS}"


class Clock:
    """A clock that moves on by a minute whenever somebody looks."""

    def __init__(self) -> None:
        self.now = NOON + timedelta(hours=6)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def house(tmp_path: Path):
    with House.open(tmp_path / "data", clock=Clock()) as opened:
        yield opened


def post(number: int, text: str, *, source: str = "izium_mva", **more: object) -> Post:
    said = instant_interval(NOON + timedelta(minutes=number))
    return Post(
        source=source, native_id=str(number), text=text, posted_at=said, **{"home": IZIUM, **more}
    )


def only(house: House, what: str) -> Item:
    found = [item for item in queue(house) if item.what == what]
    assert len(found) == 1, found
    return found[0]


def answer(house: House, item: str, words: str) -> tuple[str, ...]:
    return take(house, item, parse_verdict(words), reason="seen", by="Olena")


def claims(house: House) -> list[Claim]:
    return [claim for one in house.known(house.now()) for claim in one.reading.claims]


def attack(house: House, *, known_at: datetime | None = None) -> str:
    now = house.now()
    found = house.situation(valid_at=NOON + timedelta(hours=1), known_at=known_at or now)
    place = next((one for one in found.places if one.place == IZIUM), None)
    if place is None:
        return "nothing"
    return next(one.phase for one in place.dimensions if one.dimension == "attack")


# what is shown --------------------------------------------------------------------------------


def test_a_post_that_the_rules_left_empty_is_shown_with_reason_and_words(house: House) -> None:
    house.take_in([post(1, GARBLED)])
    item = only(house, "post")
    assert item.words == GARBLED
    assert "event" in item.families
    assert item.chance is not None
    assert "rules found nothing" in item.why


def test_an_everyday_post_is_not_shown(house: House) -> None:
    house.take_in([post(1, "Запрошуємо на концерт у міському парку, вхід вільний.")])
    assert queue(house) == ()


def test_a_sentence_beside_claims_is_shown_with_its_own_id(house: House) -> None:
    house.take_in([post(1, f"В Ізюмі немає світла.\n\n{GARBLED}")])
    item = only(house, "sentence")
    assert item.words.startswith(WORDS)
    version, _, span = item.id.partition(":")
    start, end = map(int, span.split("-"))
    assert version.startswith("ver_")
    assert house.known(house.now())[0].version.post.text[start:end] == item.words


def test_a_claim_in_a_village_of_many_names_is_shown_with_its_candidates(house: House) -> None:
    house.take_in([post(1, "У селі Андріївка двоє поранених.", source="file:x", home=None)])
    item = only(house, "place")
    assert len(item.candidates) > 1
    assert "Андріївка" in item.why


def test_a_place_abroad_needs_no_decision(house: House) -> None:
    house.take_in([post(1, "Пожежа в Німеччині, двоє поранених.", source="file:x", home=None)])
    assert [item.what for item in queue(house) if item.what == "place"] == []


def test_a_telephone_number_is_no_sentence(house: House) -> None:
    house.take_in([post(1, "В Ізюмі немає світла.\n+38 (066) 790 99 00; +38 (067) 790 99 00")])
    assert queue(house) == ()


def test_times_of_one_incident_that_disagree_are_shown(house: House) -> None:
    house.take_in(
        [
            post(1, "В Ізюмі о 13:50 пролунали вибухи."),
            post(2, "В Ізюмі о 12:10 пролунали вибухи.", source=OBLAST),
        ]
    )
    shown = [item for item in queue(house) if item.what == "conflict"]
    known = [c for one in house.situation().incidents for c in one.conflicts]
    assert len(shown) == len(known) > 0
    assert "вибухи" in shown[0].words
    assert "disagree" in shown[0].why


def test_deleted_posts_are_not_shown(house: House) -> None:
    house.take_in([post(1, GARBLED)])
    house.take_in([post(1, GARBLED, deleted_at=NOON + timedelta(hours=1))])
    assert queue(house) == ()


def test_likelier_posts_come_first_and_doubtful_places_before_them(house: House) -> None:
    house.take_in(
        [
            post(1, "Світтла немма у Чугуєві вже годинуу"),
            post(2, GARBLED),
            post(3, "У селі Андріївка двоє поранених.", source="file:x", home=None),
        ]
    )
    found = queue(house)
    assert found[0].what == "place"
    chances = [item.chance for item in found[1:]]
    assert chances == sorted(chances, reverse=True)


# what an answer does --------------------------------------------------------------------------


def test_none_takes_a_post_from_the_queue_and_changes_no_claim(house: House) -> None:
    house.take_in([post(1, GARBLED)])
    before = house.situation(valid_at=NOON, known_at=NOON)
    answer(house, only(house, "post").id, "none")
    assert queue(house) == ()
    assert claims(house) == []
    assert house.situation(valid_at=NOON, known_at=NOON) == before


def test_a_post_comes_again_when_its_text_changes(house: House) -> None:
    house.take_in([post(1, GARBLED)])
    answer(house, only(house, "post").id, "none")
    house.take_in([post(1, f"{GARBLED}!", edited_at=NOON + timedelta(hours=1))])
    assert only(house, "post").words.endswith("!")


def test_what_a_person_states_is_a_claim_with_its_exact_words(house: House) -> None:
    house.take_in([post(1, GARBLED)])
    answer(house, only(house, "post").id, STATES)
    (claim,) = claims(house)
    assert is_stated(claim)
    assert claim.quote == WORDS == GARBLED[claim.start : claim.end]
    assert [place.code for place in claim.places] == [IZIUM]
    assert attack(house) == "reported"
    assert queue(house) == ()


def test_without_a_place_the_source_decides_where(house: House) -> None:
    house.take_in([post(1, "Housses damagged, peoplle injurred, explosionns")])
    version = house.known(house.now())[0].version.id
    answer(house, version, "topic=event.explosion,quote=explosionns")
    (claim,) = claims(house)
    assert [place.code for place in claim.places] == [IZIUM]


def test_the_past_does_not_change_by_an_answer(house: House) -> None:
    house.take_in([post(1, GARBLED)])
    before = house.now()
    assert attack(house, known_at=before) == "nothing"
    answer(house, only(house, "post").id, STATES)
    assert attack(house, known_at=before) == "nothing"
    assert attack(house) == "reported"


def test_a_stated_claim_survives_a_new_reader(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.take_in([post(1, GARBLED)])
    answer(house, only(house, "post").id, STATES)
    (before,) = claims(house)
    monkeypatch.setattr("vidomo.app.house.reader_version", lambda: "rdr_of_tomorrow")
    assert house.catch_up() == 1
    (after,) = claims(house)
    assert after == before
    readers = {one.reading.reader_version for one in house.known(house.now())}
    assert readers == {"rdr_of_tomorrow"}


def test_a_stated_claim_moves_with_its_words(house: House) -> None:
    house.take_in([post(1, GARBLED)])
    answer(house, only(house, "post").id, STATES)
    text = f"Correction. {GARBLED}"
    house.take_in([post(1, text, edited_at=NOON + timedelta(hours=1))])
    newest = house.known(house.now())[-1]
    stated = [claim for claim in newest.reading.claims if is_stated(claim)]
    assert [text[claim.start : claim.end] for claim in stated] == [WORDS]


def test_a_stated_claim_whose_words_are_gone_comes_back_to_the_queue(house: House) -> None:
    house.take_in([post(1, GARBLED)])
    (record,) = answer(house, only(house, "post").id, STATES)
    house.take_in([post(1, "All is well.", edited_at=NOON + timedelta(hours=1))])
    item = only(house, "orphaned")
    assert (item.id, item.words) == (record, WORDS)


def test_none_takes_back_what_was_stated(house: House) -> None:
    house.take_in([post(1, GARBLED)])
    version = only(house, "post").id
    answer(house, version, STATES)
    answer(house, version, "none")
    assert claims(house) == []
    assert attack(house) == "nothing"


def test_the_place_of_a_claim_can_be_decided(house: House) -> None:
    house.take_in([post(1, "У селі Андріївка двоє поранених.", source="file:x", home=None)])
    item = only(house, "place")
    answer(house, item.id, f"place={item.candidates[0]}")
    assert queue(house) == ()
    (label,) = labels(house)
    assert {place.code for claim in label.claims for place in claim.places} == {item.candidates[0]}


def test_a_wrong_claim_is_set_aside(house: House) -> None:
    house.take_in([post(1, "В Ізюмі пролунали вибухи.")])
    assert attack(house) == "reported"
    (claim,) = claims(house)
    answer(house, claim.id, "none")
    assert attack(house) != "reported"
    (label,) = labels(house)
    assert label.claims == ()


def test_a_right_claim_can_be_confirmed(house: House) -> None:
    house.take_in([post(1, "В Ізюмі пролунали вибухи.")])
    (claim,) = claims(house)
    answer(house, claim.id, "confirm")
    assert [one.kind for one in house.situation().decisions] == ["confirm"]


def test_a_misread_claim_is_set_aside_and_stated_anew(house: House) -> None:
    house.take_in([post(1, "В Ізюмі пролунали вибухи.")])
    (claim,) = claims(house)
    made = answer(house, claim.id, "topic=event.strike,quote=пролунали вибухи")
    assert [one[:4] for one in made] == ["rev_", "dec_"]
    (label,) = labels(house)
    assert [one.topic for one in label.claims] == ["event.strike"]


def test_a_stated_unknown_is_a_question_and_never_a_number(house: House) -> None:
    house.take_in([post(1, GARBLED)])
    item = only(house, "post").id
    answer(house, item, "topic=harm.casualties,kind=unknown,quote=peoplle injurred")
    (claim,) = claims(house)
    assert claim.number is None
    assert claim.unknown is not None
    assert claim.unknown.subject == "casualties"


def test_a_stated_zero_is_negated_and_counts_none(house: House) -> None:
    house.take_in([post(1, GARBLED)])
    item = only(house, "post").id
    answer(house, item, "topic=harm.injured,polarity=negated,quote=peoplle injurred")
    (claim,) = claims(house)
    assert claim.number is not None
    assert (claim.number.min, claim.number.max, claim.number.mode) == (0, 0, "none")


def test_a_stated_count_has_the_unit_of_its_topic(house: House) -> None:
    house.take_in([post(1, GARBLED)])
    item = only(house, "post").id
    answer(house, item, "topic=harm.injured,count=3,quote=peoplle injurred")
    (claim,) = claims(house)
    assert claim.number is not None
    assert (claim.number.min, claim.number.unit) == (3, "persons")


def test_a_person_cannot_end_an_alert_for_a_source_without_that_competence(house: House) -> None:
    house.take_in(
        [
            post(1, "🔴 Ізюм. Повітряна тривога!"),
            post(2, "Izium: alll cleer, explosionns are ovver, peoplle injurred", source="rumours"),
        ]
    )
    version = house.known(house.now())[-1].version.id
    answer(house, version, f"topic=alert.end,place={IZIUM},quote=alll cleer")
    found = house.situation(valid_at=NOON + timedelta(minutes=10))
    place = next(one for one in found.places if one.place == IZIUM)
    assert next(one.phase for one in place.dimensions if one.dimension == "alert") != "ended"


# labels ---------------------------------------------------------------------------------------


def test_labels_hold_offsets_and_no_words(house: House) -> None:
    house.take_in([post(1, GARBLED), post(2, "Запрошуємо на концерт."), post(3, f"{GARBLED}?")])
    first, second = (item.id for item in queue(house) if item.what == "post")
    answer(house, first, STATES)
    answer(house, second, "none")
    written = [to_json(label) for label in labels(house)]
    assert len(written) == 2
    for line in written:
        assert b"xplosion" not in line.replace(b"event.explosion", b"")
        assert b"Olena" not in line
    assert sorted(len(json.loads(line)["claims"]) for line in written) == [0, 1]


# what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "",
        "yes",
        "topic=event.explosion",
        "topic=event.bang,quote=x",
        "topic=event.explosion,kind=rumour,quote=x",
        "topic=event.explosion,polarity=maybe,quote=x",
        "colour=red,quote=x",
        "place=UA00",
        "topic=harm.killed,count=many,quote=x",
        "topic=harm.killed,count=0,quote=x",
        "topic=harm.killed,kind=unknown,count=2,quote=x",
        "topic=advice.shelter,kind=unknown,quote=x",
        "topic=event.explosion,quote=",
    ],
)
def test_an_answer_that_says_nothing_sound_is_refused(words: str) -> None:
    with pytest.raises(ConfigError) as raised:
        parse_verdict(words)
    assert raised.value.hint


def test_a_quotation_may_hold_commas() -> None:
    verdict = parse_verdict("topic=harm.killed, kind=report, count=2, quote=two, perhaps, quote=x")
    assert verdict == Verdict(
        what="states", topic="harm.killed", kind="report", quote="two, perhaps, quote=x", count=2
    )


@given(st.text() | st.sampled_from(sorted(topics())).map(lambda topic: f"topic={topic},quote=x"))
def test_any_answer_is_understood_or_refused_with_a_hint(words: str) -> None:
    try:
        assert parse_verdict(words).what in {"none", "confirm", "place", "states"}
    except VidomoError as error:
        hint = error.hint
        assert hint, words


@pytest.mark.parametrize(
    ("item", "words", "error"),
    [
        ("ver_0", "none", NothingKnown),
        ("clm_0", "none", NothingKnown),
        ("clm_0", STATES, NothingKnown),
        ("{}", "confirm", ConfigError),
        ("{}", f"place={IZIUM}", ConfigError),
        ("{}:4-2", "none", ConfigError),
        ("{}:0-9999", "none", ConfigError),
        ("{}:here", "none", ConfigError),
        ("{}", "topic=event.explosion,quote=not there", ConfigError),
    ],
)
def test_an_answer_that_does_not_fit_changes_nothing(
    house: House, item: str, words: str, error: type[VidomoError]
) -> None:
    house.take_in([post(1, GARBLED)])
    version = only(house, "post").id
    before = house.journal.count()
    with pytest.raises(error):
        answer(house, item.format(version), words)
    assert house.journal.count() == before


def test_an_answer_needs_a_reason(house: House) -> None:
    house.take_in([post(1, GARBLED)])
    with pytest.raises(ConfigError, match="reason"):
        take(house, only(house, "post").id, parse_verdict("none"), reason=" ", by="Olena")


# the command ----------------------------------------------------------------------------------


def test_the_command_lists_takes_and_exports(run_vidomo, tmp_path: Path) -> None:
    rows = [
        {"id": "1", "source": "izium_mva", "home": IZIUM, "text": GARBLED},
        {"id": "2", "text": "У селі Андріївка двоє поранених."},
    ]
    path = tmp_path / "posts.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert run_vidomo("import", path).code == 0
    shown = run_vidomo("review")
    assert shown.code == 0
    assert GARBLED in shown.out
    assert "Андріївка" in shown.out
    assert "2 of 2 shown" in shown.err
    assert "1 of 2 shown" in run_vidomo("review", "--limit", "1").err
    listed = json.loads(run_vidomo("review", "--json").out)
    ids = {item["what"]: item["id"] for item in listed["items"]}
    ran = run_vidomo("review", "take", ids["post"], "--as", STATES, "--reason", "plain enough")
    assert (ran.code, ran.out[:4]) == (0, "rev_")
    ran = run_vidomo("review", "take", ids["place"], "--as", "none", "--reason", "a film", "--json")
    assert json.loads(ran.out)["records"][0].startswith("dec_")
    assert run_vidomo("review").code == 3
    exported = run_vidomo("review", "export")
    assert exported.code == 0
    found = {row["id"]: len(row["claims"]) for row in map(json.loads, exported.out.splitlines())}
    assert found == {"izium_mva/1": 1, "2": 0}


def test_nothing_decided_gives_no_labels(run_vidomo, tmp_path: Path) -> None:
    path = tmp_path / "post.txt"
    path.write_text("Запрошуємо на концерт.", "utf-8")
    assert run_vidomo("import", path).code == 0
    assert run_vidomo("review", "export").code == 3


# laws -----------------------------------------------------------------------------------------

VERSION = version_of(post(1, f"{GARBLED}. {GARBLED}"))
BARE = Reading(report=VERSION.report, version=VERSION.id, reader_version="t", lang="en")


@st.composite
def answers(draw: st.DrawFn) -> Reviewed:
    start, end = sorted(draw(st.lists(st.integers(0, 100), min_size=2, max_size=2, unique=True)))
    is_stated_here = draw(st.booleans())
    draft = Reviewed(
        id="",
        report=VERSION.report,
        version=VERSION.id,
        start=start,
        end=end,
        verdict="states" if is_stated_here else "none",
        reason="seen",
        by="Olena",
        at=NOON + timedelta(minutes=draw(st.integers(0, 5))),
        topic=draw(st.sampled_from(["event.explosion", "harm.injured", "impact.power.outage"])),
        kind="report",
        quote=VERSION.post.text[start:end],
        place=IZIUM,
    )
    return structs.replace(draft, id=content_id("rev", draft))


@given(st.lists(answers(), max_size=6), st.randoms())
def test_answers_in_any_order_and_twice_over_give_one_reading(said, rng) -> None:
    first = restated(BARE, VERSION, said)
    again = [*said, *said]
    rng.shuffle(again)
    assert restated(BARE, VERSION, again) == first
    assert restated(first, VERSION, again) == first
    for claim in first.claims:
        assert VERSION.post.text[claim.start : claim.end] == claim.quote
