"""Reading the file of a form: every fault is told, and what has none is a form."""

import pytest

from vidomo.desk.forms.model import CONFIRMED, UNOFFICIAL
from vidomo.desk.forms.read import LARGEST, read_form

SOUND = '''
id = "heat"
purpose = "power"
authority = "town"
version = "3"
audience = "internal"
status = "unofficial example"
next_after_min = 45
title.uk = "Тепло"
title.en = "Heating"

[[field]]
name = "place"
from = "place.name"
unknown.uk = "місце невідоме"
unknown.en = "the place is not known"

[[field]]
name = "heat"
from = "phase.heat"
must = true
unknown.uk = "Чи є тепло — невідомо, питаємо."
unknown.en = "Whether there is heating is not known."

[text.uk]
headline = "{place}: тепло"
description = """
Стан:
{heat}
"""

[text.en]
headline = "{place}: heating"
description = """
State:
{heat}
"""

[example]
uk = """
Ізюм: тепло
Стан:
Водоканал (16:20): тепла немає.
"""
en = """
Izium: heating
State:
Whether there is heating is not known.
"""

[counter]
uk = "Ізюм: тепло є"
'''


def read(text: str):
    return read_form(text.encode(), where="town/heat.toml")


def codes(text: str) -> list[str]:
    form, problems = read(text)
    assert form is None or not problems
    return [problem.code for problem in problems]


def changed(old: str, new: str) -> str:
    assert old in SOUND
    return SOUND.replace(old, new)


def test_a_sound_file_is_a_form_whose_digest_is_that_of_its_bytes() -> None:
    form, problems = read(SOUND)
    assert problems == ()
    assert form is not None
    assert form.key == "town/heat"
    assert form.next_after_min == 45
    assert form.status == UNOFFICIAL
    assert not form.is_confirmed
    assert form.field("heat").must
    assert form.field("none") is None
    assert read(SOUND + "\n")[0].digest != form.digest
    assert read(SOUND)[0].digest == form.digest


def test_a_confirmed_form_names_who_confirmed_it_and_when() -> None:
    by = 'status = "confirmed"\nconfirmed_by = "Виконком"\nconfirmed_on = 2026-11-01'
    form, problems = read(changed('status = "unofficial example"', by))
    assert problems == ()
    assert form.status == CONFIRMED
    assert form.is_confirmed
    assert form.confirmed_by == "Виконком"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('id = "heat"', 'id = "Heat!"', "form_id"),
        ('id = "heat"', "id = 3", "form_missing"),
        ('purpose = "power"', 'purpose = "party"', "form_purpose"),
        ('audience = "internal"', 'audience = "everybody"', "form_audience"),
        ('version = "3"', 'versoin = "3"', "form_key"),
        ('status = "unofficial example"', 'status = "official"', "form_status"),
        ('status = "unofficial example"', 'status = "confirmed"', "form_status"),
        (
            'status = "unofficial example"',
            'status = "unofficial example"\nconfirmed_by = "Хтось"',
            "form_status",
        ),
        ("next_after_min = 45", "next_after_min = -1", "form_promise"),
        ("next_after_min = 45", "next_after_min = true", "form_promise"),
        ("next_after_min = 45", 'next_after_min = "soon"', "form_promise"),
        ('title.en = "Heating"', "", "form_missing"),
        ('title.en = "Heating"', 'title.en = "Heating"\ntitle.de = "Heizung"', "form_language"),
        ('name = "heat"', 'name = "place"', "field_name"),
        ('name = "heat"', 'name = "Heat"', "field_name"),
        ('from = "phase.heat"', 'from = "phase.love"', "field_source"),
        ('from = "phase.heat"', 'from = "help.point"', "field_source"),
        ('from = "phase.heat"', 'from = "note."', "field_source"),
        ("must = true", "must = true\nmusst = true", "field_key"),
        ("Чи є тепло — невідомо, питаємо.", "Тепло є.", "unknown_unsaid"),
        ("Чи є тепло — невідомо, питаємо.", "", "unknown_unsaid"),
        ("Чи є тепло — невідомо, питаємо.", "невідомо, 0 будинків", "unknown_number"),
        ("Чи є тепло — невідомо, питаємо.", "невідомо {place}", "unknown_number"),
        ("Стан:\n{heat}", "Стан: {heat}", "gap_in_a_line"),
        ("Стан:\n{heat}", "Стан:\n{heat}\n{gas}", "gap_unknown"),
        ("Стан:\n{heat}", "Стан:", "gap_unused"),
        ("Стан:\n{heat}", "Стан {:\n{heat}", "gap_broken"),
        ('headline = "{place}: тепло"', 'headline = ""', "form_missing"),
        (
            'headline = "{place}: тепло"',
            'headline = "{place}: тепло"\nfooter = "x"',
            "form_section",
        ),
        ("[text.en]", "[text.de]", "form_language"),
        ("next_after_min = 45", "is_spoken = true\nnext_after_min = 45", "form_spoken"),
        ("Водоканал (16:20): тепла немає.", "", "example_differs"),
        ("Водоканал (16:20): тепла немає.", "0", "example_differs"),
        ('uk = "Ізюм: тепло є"', 'uk = "Ізюм: тепло\\nСтан:\\nТепло є."', "counter_fits"),
        ('uk = "Ізюм: тепло є"', "", "form_missing"),
        (
            "Чи є тепло — невідомо, питаємо.",
            "Тепло — невідомо. Відбій тривоги.",
            "reads_as_all_clear",
        ),
    ],
)
def test_a_fault_is_told(old: str, new: str, code: str) -> None:
    text = changed(old, new)
    if code == "form_spoken":
        text = text.replace("Стан:", "Стан 1:")
    assert code in codes(text)


def test_every_fault_of_a_file_is_told_at_once() -> None:
    text = changed('purpose = "power"', 'purpose = "party"').replace('"phase.heat"', '"phase.x"')
    assert {"form_purpose", "field_source", "gap_unknown"} <= set(codes(text))


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"\xff", "form_unreadable"),
        (b"id = ", "form_unreadable"),
        (b"# " + b"x" * LARGEST, "form_too_large"),
        (b"", "form_missing"),
        (b"field = 3\ntext = 3\naudience = 'public'", "form_missing"),
        (b"field = [3]\n[text]\nuk = 3", "form_missing"),
    ],
)
def test_what_is_no_form_at_all_gives_problems_and_never_a_traceback(raw: bytes, code: str) -> None:
    form, problems = read_form(raw, where="x.toml")
    assert form is None
    assert code in {problem.code for problem in problems}


def test_a_form_for_residents_needs_three_languages_and_may_not_ask_who_is_silent() -> None:
    text = changed('audience = "internal"', 'audience = "public"')
    found = [problem.found for problem in read(text)[1]]
    assert "no text.ru" in found
    silent = text.replace('"phase.heat"', '"sources.silent"')
    assert "field_source" in codes(silent)
