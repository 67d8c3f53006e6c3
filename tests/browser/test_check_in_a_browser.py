"""The check of a draft and the notice in a real browser."""

import re
from collections.abc import Iterator

import msgspec
import pytest

from disclosure.night import IZIUM
from disclosure.served import NightHouse, Served
from publish.test_digest import IZIUM as PLACE, NOW, OUT, POWER_OUT, digest, view_of
from vidomo.publish.digest_notice import render_notice
from vidomo.publish.digest_tell import Digest, Sentence

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]
DRAFT = "Ізюм. О 15:40 удар. На вул. Вигаданій, 14 поранено водія. Частина міста без світла."
LONG = "Ще не відомо: повний обсяг наслідків (Ізюмська міська військова адміністрація)."


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    it = Served(NightHouse())
    yield it
    it.stop()


def test_a_draft_is_checked_without_scripts_and_within_its_policy(browser, served: Served) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"http://127.0.0.1:{served.port}/check")
    page.get_by_label("Чернетка").fill(DRAFT)
    page.get_by_role("button", name="Перевірити").click()
    assert page.locator("mark").count() == 2
    assert "Вигаданій" not in page.get_by_label("Telegram").first.input_value()
    assert page.get_by_label("Чернетка").input_value() == DRAFT
    assert not [line for line in said if "Content Security" in line]
    assert page.url.endswith("/check")


@pytest.mark.parametrize("path", ["/check", "/en/check"])
def test_axe_finds_nothing_on_the_form_and_on_the_answer(
    browser, served: Served, violations, path: str
) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{served.port}{path}")
    assert not violations(page)
    page.locator("#draft").fill(DRAFT)
    page.locator("button").click()
    assert not violations(page)
    context.close()


def test_the_check_fits_a_phone_of_320_pixels(browser, served: Served) -> None:
    page = browser.new_context(
        java_script_enabled=True, viewport={"width": 320, "height": 600}
    ).new_page()
    page.goto(f"http://127.0.0.1:{served.port}/check")
    page.locator("#draft").fill(DRAFT)
    page.locator("button").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def notices() -> Iterator[Digest]:
    """The shortest, a usual one, and the longest that a place can have."""
    yield digest(view_of())
    usual = digest(view_of(POWER_OUT, told=(OUT,)))
    yield usual
    long_name = "Новоолександрівка-Слобідська друга сільська громада"
    yield msgspec.structs.replace(
        usual,
        name=long_name,
        full_name=f"{long_name}, Новгород-Сіверський район, Чернігівська область",
        alert=Sentence(about="alert", forms=(LONG + " " + LONG,)),
        sentences=tuple(Sentence(about="x", forms=(LONG,)) for _ in range(60)),
        is_exercise=True,
    )
    wide = "Широкий щит, Шостка: жодних змін. Шосе Шепетівка закрите ще щонайменше до ранку."
    for text in ("Коротко.", LONG, wide):
        yield msgspec.structs.replace(
            usual, sentences=tuple(Sentence(about="x", forms=(text,)) for _ in range(60))
        )


def test_the_notice_is_one_page_of_a4_in_letters_of_18_points(browser, tmp_path) -> None:
    for number, made in enumerate(notices()):
        file = tmp_path / f"notice{number}.html"
        file.write_text(render_notice(made, address="https://vidomo.gov.example/p/29555"), "utf-8")
        page = browser.new_page()
        page.goto(file.as_uri())
        printed = page.pdf(prefer_css_page_size=True, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1, number
        assert b"/MediaBox [0 0 594" in printed or b"/MediaBox [0 0 595" in printed
        sizes = page.evaluate(
            "[...document.querySelectorAll('h1,p,a,b,time')]"
            ".map(one => parseFloat(getComputedStyle(one).fontSize))"
        )
        assert min(sizes) >= 24  # 18 points are 24 pixels
        page.close()
    assert (PLACE, NOW.year) == (IZIUM, 2025)
