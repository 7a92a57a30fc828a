"""Reading pages as a browser does: what a form would send, and the words that a person sees."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse


class _Form(HTMLParser):
    """Collects what the page's main form would send if it were submitted unchanged."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self.inside = False
        self.select: str | None = None
        self.textarea: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = (given.get("id") or "").endswith("_form") or "confirm-action" in (given.get("class") or "")
        if not self.inside:
            return
        name = given.get("name")
        if tag == "input" and name:
            self._input(name, given)
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self._add(self.select, given.get("value") or "")
        elif tag == "textarea" and name:
            self.textarea = name
            self.values[name] = ""

    def _input(self, name: str, given: dict[str, str | None]) -> None:
        kind = given.get("type") or "text"
        if kind in ("submit", "file", "button") or (kind in ("checkbox", "radio") and "checked" not in given):
            return
        self._add(name, given.get("value") or ("on" if kind == "checkbox" else ""))

    def _add(self, name: str, value: str) -> None:
        if name in self.values:
            held = self.values[name]
            self.values[name] = [*(held if isinstance(held, list) else [held]), value]
        else:
            self.values[name] = value

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.values[self.textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.textarea:
            # As the standard says: the first line break is not content, and line breaks travel as CR LF.
            text = self.values[self.textarea].removeprefix("\n")
            self.values[self.textarea] = text.replace("\r\n", "\n").replace("\n", "\r\n")
            self.textarea = None


def form_of(response: HttpResponse) -> dict[str, Any]:
    """What the page's form would send, ready to be changed and posted."""
    reader = _Form()
    reader.feed(response.content.decode())
    return reader.values


class _Text(HTMLParser):
    SILENT = ("script", "style", "template")
    SPOKEN = ("alt", "title", "aria-label", "placeholder")

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in self.SILENT
        given = dict(attrs)
        self.words += [given[name] or "" for name in self.SPOKEN if name in given]
        if tag == "input" and given.get("type") in ("submit", "button"):
            self.words.append(given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in self.SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)


def text_of(response: HttpResponse) -> str:
    """Every word that the page shows or has read aloud."""
    reader = _Text()
    reader.feed(response.content.decode())
    return " ".join(" ".join(reader.words).split())
