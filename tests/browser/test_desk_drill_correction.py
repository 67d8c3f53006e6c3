"""A wrong post is put right on every output by keyboard alone."""

import sys
from pathlib import Path

import pytest

from app.correction_drill import PATIENCE_S, drill
from app.drill_world import CORRECTED, Outputs, asked, wrong_claims, wrong_in
from browser.drill_hand import Hand

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(900),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def test_one_officer_puts_a_wrong_post_right_everywhere_by_keyboard(
    browser, tmp_path: Path
) -> None:
    keys: list[int] = []

    def put_right(outputs: Outputs, _: str) -> None:
        olena = Hand(browser, outputs.address, "olena")
        olena.sign_in()
        keys.append(olena.keys)
        _the_alert_is_corrected(olena)
        _the_statements_are_set_aside(olena, wrong_claims(outputs.folder))
        keys.append(olena.keys)
        olena.context.close()

    drilled = drill(tmp_path, put_right=put_right)
    slowest = max(drilled.took_s.values())
    sys.stdout.write(
        f"put right on {len(drilled.took_s)} outputs in {slowest:.1f} s, {keys[1] - keys[0]} keys\n"
    )
    assert wrong_in(drilled.wrong)
    assert not wrong_in(drilled.after)
    assert set(drilled.took_s) == set(drilled.after)
    assert slowest < PATIENCE_S


def _the_alert_is_corrected(olena: Hand) -> None:
    olena.follow("l")
    olena.follow("x")  # the newest alert in force is one key away from being corrected
    olena.choose("shelter")
    olena.follow("Enter")
    assert "Досить однієї людини" in olena.text
    olena.confirm("g")
    assert "Видано." in olena.text
    assert CORRECTED in asked(f"{olena.address}/alerts.atom")


def _the_statements_are_set_aside(olena: Hand, claims: list[str]) -> None:
    assert len(claims) == 2
    for claim in claims:
        olena.follow("i")
        olena.tab_to(f"a[href='/desk/claim/{claim}']")
        olena.follow("Enter")
        olena.press("x")
        assert olena.cursor == "reason"
        olena.write("канал захоплено")
        olena.follow("Enter")
        assert "Відкинуто." in olena.text
