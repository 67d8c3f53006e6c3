import time

import pytest
from hypothesis import given, strategies as st

from vidomo.claims.normalise import lower_evenly, normalise
from vidomo.claims.prepare import prepare

ANY_TEXT = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=300)
UKRAINIAN = st.text(
    alphabet="абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'\u0301\u0308\u200b \n-—«»aceopxiIОО", max_size=200
)


def spelled(text: str) -> str:
    return normalise(text)[0]


@pytest.mark.parametrize(
    "mark", ["’", "ʼ", "`", "´", "′", "‘", "＇"], ids=lambda mark: f"U+{ord(mark):04X}"
)
def test_every_apostrophe_becomes_one(mark: str) -> None:
    assert spelled(f"Куп{mark}янськ") == "Куп'янськ"


def test_exotic_blanks_become_blanks() -> None:
    assert spelled("14\u00a0200\u202fлюдей\tй") == "14 200 людей й"


def test_dashes_become_an_en_dash_and_hyphens_a_hyphen() -> None:
    assert spelled("Харків \u2014 відбій, Куп'янськ\u2011Вузловий") == (
        "Харків \u2013 відбій, Куп'янськ-Вузловий"
    )


def test_quotation_marks_are_written_in_one_way() -> None:
    assert spelled("„Шахед“ “Шахед” «Шахед» ‹Шахед›") == '"Шахед" "Шахед" «Шахед» «Шахед»'


def test_invisible_characters_disappear() -> None:
    assert spelled("\ufeffвід\u00adбій\u200b \u202eтривоги\u2069\ufe0f") == "відбій тривоги"


def test_stress_marks_disappear_and_letters_are_composed() -> None:
    assert spelled("Ізю\u0301м і Киі\u0308в, ма\u0301й, и\u0306") == "Ізюм і Київ, май, й"


def test_line_ends_become_one_kind() -> None:
    assert spelled("а\r\nб\rв\u2028г") == "а\nб\nв\nг"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Xарків", "Харків"),
        ("Iзюм", "Ізюм"),
        ("KАБ", "КАБ"),
        ("Shаhed", "Shahed"),
        ("Вибух o 15:40", "Вибух о 15:40"),
        ("телеграм-канал OVA", "телеграм-канал OVA"),
        ("G7 й Wi-Fi", "G7 й Wi-Fi"),
    ],
)
def test_a_word_is_written_in_one_script(written: str, meant: str) -> None:
    assert spelled(written) == meant


def test_a_word_that_no_one_script_can_write_stays() -> None:
    assert spelled("Zоржик й Shahedи") == "Zоржик й Shahedи"


def test_lower_case_keeps_the_length() -> None:
    assert len(lower_evenly("İzmir ІЗЮМ")) == len("İzmir ІЗЮМ")
    assert lower_evenly("ІЗЮМ") == "ізюм"


def test_a_quotation_takes_the_marks_of_its_last_letter() -> None:
    text = "Киі\u0308в та Ізюм чуи\u0306"
    doc = prepare(text)
    start, end = doc.original_span(doc.tokens[-1].start, doc.tokens[-1].end)
    assert text[start:end] == "чуи\u0306"


@given(st.one_of(ANY_TEXT, UKRAINIAN))
def test_offsets_lead_back_to_the_words_as_received(text: str) -> None:
    doc = prepare(text)
    assert len(doc.offsets) == len(doc.text) + 1
    assert len(doc.lower) == len(doc.text)
    assert list(doc.offsets) == sorted(doc.offsets)
    for token in doc.tokens:
        start, end = doc.original_span(token.start, token.end)
        assert 0 <= start < end <= len(text)
        # A word alone may lose what only its neighbours decide: the script of a lone letter.
        again = spelled(text[start:end])
        assert again == token.text or len(token.text) == 1 or _differs_by_script(again, token.text)


def _differs_by_script(first: str, second: str) -> bool:
    return len(first) == len(second) and spelled(first) == spelled(second)


@given(st.one_of(ANY_TEXT, UKRAINIAN))
def test_a_normalised_text_stays_as_it_is(text: str) -> None:
    once = spelled(text)
    assert spelled(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "\u0301" * 100_000,
        "а" + "\u0316\u0301" * 50_000,
        "\u202e" * 100_000,
        "\ud800" * 100_000,
        "aа" * 50_000,
        "а'" * 50_000,
        "1 000 " * 20_000,
        "1-" * 50_000,
        "м. " * 30_000,
        "🟢" * 50_000,
        "а але " * 20_000,
    ],
    ids=[
        "marks",
        "mixed marks",
        "overrides",
        "surrogates",
        "scripts",
        "apostrophes",
        "thousands",
        "hyphens",
        "abbreviations",
        "emoji",
        "conjunctions",
    ],
)
def test_time_grows_with_the_length_only(text: str) -> None:
    started = time.perf_counter()
    doc = prepare(text)
    # A text of 100,000 characters takes a tenth of a second; squared growth would take minutes.
    assert time.perf_counter() - started < 10
    assert doc.original == text


@pytest.mark.parametrize(
    ("original", "text"),
    [
        ("**Взрывы** в городе", "Взрывы в городе"),
        ("погибли [13 человек](https://t.me/x/1), ранены", "погибли 13 человек, ранены"),
        ("__34__ дрона", "34 дрона"),
        ("[в скобках] слово", "[в скобках] слово"),
        ("5 ** 6", "5  6"),
    ],
)
def test_markup_goes_and_its_words_stay(original: str, text: str) -> None:
    assert normalise(original)[0] == text


def test_a_quotation_over_markup_is_a_substring_of_the_original() -> None:
    original = "Утром **34** дрона"
    text, offsets = normalise(original)
    at = text.index("34")
    assert original[offsets[at] : offsets[at + 1] + 1] == "34"
