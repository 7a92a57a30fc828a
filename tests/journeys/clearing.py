"""How a reviewer clears the queue with nothing but the keyboard: each key counted, the pace measured."""

import time
from dataclasses import dataclass, field

from django.urls import reverse
from playwright.sync_api import Page


@dataclass
class Keyboard:
    """Presses keys as a person does, one after the other; `pause` seconds stand for looking and deciding."""

    page: Page
    pause: float = 0
    pressed: list[str] = field(default_factory=list)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed.append(key)

    def press_and_arrive(self, key: str) -> None:
        with self.page.expect_navigation():
            self.press(key)

    @property
    def focused(self) -> str:
        """The name, or the text, of what has the focus."""
        told: str = self.page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")
        return told

    @property
    def focus_is_visible(self) -> bool:
        """Whether it has an outline and lies in view, with nothing on top of it."""
        seen: bool = self.page.evaluate(
            """() => {
                const one = document.activeElement, box = one.getBoundingClientRect();
                const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                return getComputedStyle(one).outlineStyle !== 'none' && (one === top || one.contains(top));
            }"""
        )
        return seen


@dataclass
class Cleared:
    """What it took: keys and seconds."""

    keys: int
    seconds: float


def one_by_one(page: Page, count: int, *, pause: float = 0) -> Cleared:
    """From the queue to the last of `count` clean submissions: look, tick, approve, and the next one is there."""
    keyboard = Keyboard(page)
    page.goto(reverse("submissions:queue"))
    started = time.monotonic()
    keyboard.press_and_arrive("Enter")
    for _number in range(count):
        assert keyboard.focused == "sudah", keyboard.focused
        assert keyboard.focus_is_visible
        assert page.evaluate("scrollY") == 0  # from the title down to the difference all is in view
        time.sleep(pause)
        keyboard.press("Space")
        keyboard.press("Tab")
        keyboard.press_and_arrive("Enter")
    return Cleared(len(keyboard.pressed), time.monotonic() - started)


def all_at_once(page: Page, *, pause: float = 0) -> Cleared:
    """From the queue through the page that asks, to the sentence that says how many were approved."""
    keyboard = Keyboard(page)
    page.goto(reverse("submissions:queue"))
    started = time.monotonic()
    keyboard.press("Tab")
    keyboard.press_and_arrive("Enter")
    assert keyboard.focused == "_reason", keyboard.focused
    time.sleep(pause)
    keyboard.press("Tab")
    keyboard.press_and_arrive("Enter")
    return Cleared(len(keyboard.pressed), time.monotonic() - started)
