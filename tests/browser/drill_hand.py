"""One person at one keyboard: the mouse is never touched and no address is typed but the first."""

import os
from pathlib import Path

from app.drill_world import PASSWORD
from vidomo.core.clock import system_clock

PICTURES = os.environ.get("VIDOMO_PICTURES", "")  # noqa: TID251 - tests have no app.config
FAR = 120
"""Presses of Tab until somebody gives up."""


class Hand:
    """A person in a browser of their own; counts keys.

    Args:
        browser: The browser.
        address: Of the server.
        login: Who it is.
    """

    def __init__(self, browser, address: str, login: str) -> None:
        self.address, self.login, self.keys = address, login, 0
        self.context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def write(self, text: str) -> None:
        """Type words into the field with the cursor."""
        self.page.keyboard.type(text)
        self.keys += len(text)

    def fill(self, *texts: str) -> None:
        """Type into one field after the other, with Tab between them."""
        for number, text in enumerate(texts):
            if number:
                self.press("Tab")
            self.write(text)

    def follow(self, *keys: str) -> None:
        """Press keys, the last of which leads to another page."""
        self.press(*keys[:-1])
        with self.page.expect_navigation():
            self.press(keys[-1])
        self.page.wait_for_load_state("networkidle")

    def tab_to(self, selector: str) -> None:
        """Go on with the tabulator until something has the cursor."""
        for _ in range(FAR):
            if self.page.evaluate("one => document.activeElement.matches(one)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"{selector} is not reached from {self.page.url}")

    def sign_in(self, code: str = "") -> None:
        """Open the desk and sign in."""
        self.page.goto(f"{self.address}/desk/inbox")
        assert self.cursor == "login"
        self.fill(self.login, PASSWORD, code)
        self.follow("Enter")
        assert self.page.url.endswith("/desk/inbox"), self.text

    def choose(self, wording: str) -> None:
        """Walk the choice of wordings with the arrows, then go on to the places."""
        if self.cursor == "places":
            self.press("Shift+Tab")
        self.tab_to("[name=wording]")
        for _ in range(12):
            if self.page.evaluate("document.activeElement.value") == wording:
                break
            self.press("ArrowDown")
        assert self.page.evaluate("document.activeElement.value") == wording
        self.tab_to("[name=places]")

    def confirm(self, key: str) -> None:
        """Type the words that the page asks for, read from it as a person would."""
        words = self.page.locator("form strong").first.inner_text()
        self.press(key)
        assert self.cursor == "typed"
        self.write(words)
        self.rest()
        self.follow("Enter")

    def open_alert(self, headline: str) -> None:
        """Go to an alert by the list of them."""
        self.follow("l")
        path = self.page.get_by_role("link", name=headline, exact=True).first.get_attribute("href")
        self.tab_to(f"a[href='{path}']")
        self.follow("Enter")

    def rest(self) -> None:
        """Let the second pass in which the draft was written: messages bear whole seconds."""
        self.page.wait_for_timeout(1100 - system_clock().microsecond / 1000)

    def picture(self, name: str) -> None:
        """Keep a picture for people to look at, where a folder for them is named."""
        if PICTURES:
            self.page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)

    @property
    def cursor(self) -> str:
        """The field that has the cursor."""
        return self.page.evaluate("document.activeElement.name || document.activeElement.id || ''")

    @property
    def text(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()
