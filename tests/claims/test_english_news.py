"""What English news and posts tell of the past, deny, or ask not to show."""

import pytest

from claims.reading import facts, read


@pytest.mark.parametrize(
    "text",
    [
        "Recall, on November 3 a Russian drone hit a bus in Nikopol. Four people were killed.",
        "As previously reported, a missile hit a school in Lutsk. Two people were injured.",
        "Earlier, Ukrinform reported that three people were killed in Lutsk.",
        "As UNN reported, on Sunday Russia attacked Lutsk. A fire broke out.",
        "Let us remind you that on Sunday the enemy shelled Lutsk. A woman was injured.",
        "Lutsk. In 2025 our community lived through 40 attacks; five residents died.",
        "The day of memory in Lutsk: a drone hit the market and two people were killed.",
        "The plant's previous explosion killed four in Lutsk.",
        "Over 12 December Russians wounded six residents of the region.",
        "This is the eighth strike on the depot in Lutsk since the summer.",
    ],
)
def test_what_an_agency_recalls_is_background(text: str) -> None:
    assert {kind for _, kind, _ in facts(text)} == {"background"}


def test_all_below_the_heading_of_what_is_recalled_is_background() -> None:
    text = (
        "A drone hit a house in Lutsk today.\n\nRecall\n\nOn Sunday a missile hit Rivne.\n\n"
        "On Monday a fire broke out there."
    )
    found = read(text).claims
    assert {c.kind.value for c in found if c.start < text.index("Recall")} == {"report"}
    assert {c.kind.value for c in found if c.start > text.index("Recall")} == {"background"}


def test_what_an_official_reports_is_no_history() -> None:
    text = "As reported by the mayor, a strike killed three people in Lutsk."
    assert ("harm.killed", "report", "affirmed") in facts(text)


def test_no_passenger_was_injured_is_zero() -> None:
    text = "Lutsk. No passenger or crew member was injured."
    assert facts(text) == {("harm.injured", "report", "negated")}


def test_no_light_where_three_were_injured_is_no_zero() -> None:
    text = "There is no light in the house where three were injured."
    assert ("harm.injured", "report", "negated") not in facts(text)


def test_officials_who_give_no_number_of_victims_state_no_zero() -> None:
    text = "Local officials in Lutsk give no number of victims."
    assert facts(text) == {("harm.casualties", "unknown", "affirmed")}


def test_an_all_clear_that_does_not_come_soon_is_no_all_clear() -> None:
    text = "Kryvyi Rih, the all-clear is not coming soon."
    assert not {f for f in facts(text) if f[0] == "alert.end" and f[1] == "report"}


def test_an_opinion_of_analysts_is_no_report() -> None:
    text = "In the analysts' opinion Moscow will answer with a strike on Lutsk."
    assert ("event.strike", "report", "affirmed") not in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Filming air defence at work helps the enemy.",
        "Photos of a damaged house with the street sign help the enemy.",
    ],
)
def test_what_must_not_be_filmed_is_no_event(text: str) -> None:
    assert not {f for f in facts(text) if f[0].startswith(("event.", "impact.", "threat."))}


@pytest.mark.parametrize(
    "text",
    [
        "Poltava obl 🟢",
        "🟢 ALL CLEAR — Cherkasy, Vinnytsia oblasts",
        "✅ Shostka raion off.",
        "Lozova. ALL-CLEAR since 07:58.",
        "Myrhorod is green since 5:55.",
        "all clear kyiv city 3:38",
    ],
)
def test_a_short_all_clear_ends_the_alert(text: str) -> None:
    assert ("alert.end", "report", "affirmed") in facts(text)


@pytest.mark.parametrize("text", ["The lights in Sumy district off.", "All clear? Not yet, Sumy."])
def test_what_is_off_or_asked_ends_no_alert(text: str) -> None:
    assert ("alert.end", "report", "affirmed") not in facts(text)


@pytest.mark.parametrize("text", ["Kharkiv obl 🔴", "Sumy raion: hold on.", "Siren in Lutsk."])
def test_a_short_alert_starts_it(text: str) -> None:
    assert ("alert.start", "report", "affirmed") in facts(text)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Two tourists were found alive near Lutsk.", ("harm.rescued", "report", "affirmed")),
        ("Two residents were burned in Lutsk.", ("harm.injured", "report", "affirmed")),
        ("In Lutsk a cyclist has a wound of the hand.", ("harm.injured", "report", "affirmed")),
        ("Nine people did not come home in Lutsk.", ("harm.killed", "report", "affirmed")),
        ("A guided bomb destroyed a house in Lutsk.", ("event.strike", "report", "affirmed")),
        ("Several bangs were heard over Lutsk.", ("event.explosion", "report", "affirmed")),
        ("Nothing was shot down over Lutsk.", ("event.air_defence", "report", "negated")),
        ("Nothing in Lutsk was struck last night.", ("event.strike", "report", "negated")),
        ("Eight houses were smashed in Lutsk.", ("impact.damage", "report", "affirmed")),
        ("The blaze in Lutsk was out by 12:50.", ("impact.fire.out", "report", "affirmed")),
        ("The list of damaged homes is being compiled.", ("impact.damage", "unknown", "affirmed")),
    ],
)
def test_news_is_read_in_many_words(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(text)


def test_a_year_before_an_article_is_no_count() -> None:
    found = read("In 2023 a similar strike left Lutsk dark.").claims
    assert not [c for c in found if c.number is not None]


def placed(text: str) -> dict[str, set[str]]:
    """Return the surfaces of the places of each topic."""
    return {
        claim.topic: {place.surface for place in claim.places if place.role.value == "affected"}
        for claim in read(text).claims
    }


@pytest.mark.parametrize(
    "text",
    [
        "Kyiv • UNN\nA drone hit a warehouse in Lubny.",
        "KYIV, March 3 (Reuters) - A missile struck a bakery in Lubny, officials said.",
        "ISTANBUL (AA) - A bomb hit a farm in Lubny, officials said.",
        "Ukraine's state grid company said that a drone hit its office in Lubny.",
        "Moscow is targeting substations, and one in Lubny was hit overnight.",
    ],
)
def test_where_somebody_writes_or_speaks_is_no_place(text: str) -> None:
    assert placed(text)["event.strike"] == {"Lubny"}


def test_two_ages_after_a_noun_are_no_count() -> None:
    (claim,) = [
        c for c in read("Rescuers, 48 and 24, were injured in Lubny.").claims if c.unknown is None
    ]
    assert claim.topic == "harm.injured"
    assert claim.number is None or claim.number.min not in {24, 48}


def test_a_total_of_the_day_at_the_end_does_not_make_the_night_past() -> None:
    text = (
        "A drone hit a house in Lubny overnight, two people were injured.\n\n"
        "Over the past day, 13 settlements of the region were attacked."
    )
    assert ("harm.injured", "report", "affirmed") in facts(text)


def test_what_an_agency_notes_is_no_history() -> None:
    assert ("impact.damage", "report", "affirmed") in facts(
        "It is noted that eleven houses were damaged in Lubny."
    )
