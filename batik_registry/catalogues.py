"""The sentences of this registry and their English: found in code and templates, compared with locale/en.

Indonesian is the msgid, so only English needs a catalogue. Babel is a tool of development: only commands import this.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.utils import translation
from django.utils.translation.template import templatize

from batik_registry.rest import contract

ENGLISH = Path(settings.BASE_DIR) / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
ALIAS = re.compile(r"(\w*gettext(?:_lazy|_noop)?) as (\w+)")
# Modules whose plain sentences the API tells.
CONTRACT = re.compile(r"viewsets\.py$|serializers\.py$|authentication\.py$|settings\.py$|/rest/(?!viewsets)\w+\.py$")
# What a translation must carry over unchanged: %(name)s, %s, {name}, HTML tags, `code`.
FIXED = re.compile(r"%(?:\(\w+\))?[sdif]|\{[\w.!:]*\}|</?[a-z][^<>]*>|`[^`]+`")


def found() -> Catalog:
    """Every sentence of our applications and templates, with the files where it stands.

    Without those that we took over from a package in its English: for them the packages' catalogues speak.
    """
    catalogue = Catalog(locale="en", project="Registri Sentra Batik")
    for path in _files():
        place = path.relative_to(settings.BASE_DIR).as_posix()
        for line, text, context in _said(path):
            if not _is_a_packages(text, context):
                catalogue.add(text, locations=[(place, line)], context=context)
    return catalogue


def _said(path: Path) -> Iterator[tuple[int, Any, str | None]]:
    """The marked sentences of a file, and the plain ones that the API's contract tells."""
    source = path.read_text("utf-8")
    is_python = path.suffix == ".py"
    # What the tags of a template say stands in brackets, where indentation means nothing.
    code = source if is_python else f"({templatize(source)})"
    other_names = {name: KEYWORDS[function] for function, name in ALIAS.findall(source) if name != "_"}
    keywords = {**KEYWORDS, **other_names}
    for line, text, _comments, context in extract("python", io.BytesIO(code.encode()), keywords=keywords):
        yield line, text, context
    if is_python and CONTRACT.search(path.as_posix()):
        yield from ((line, text, None) for line, text in contract.sentences(source))


def _is_a_packages(text: str | tuple[str, str], context: str | None) -> bool:
    """Whether an Indonesian catalogue translates it, so that it must be English."""
    with translation.override("id"):
        if isinstance(text, tuple):
            return translation.ngettext(*text, 1) != text[0]
        told = translation.pgettext(context, text) if context else translation.gettext(text)
    return bool(text) and told != text


def read(path: Path = ENGLISH) -> Catalog:
    """The catalogue in the file; an empty one where there is none yet."""
    if not path.exists():
        return Catalog(locale=path.parent.parent.name)
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name, abort_invalid=True)


def update(path: Path = ENGLISH) -> Catalog:
    """Bring the file's sentences up to those found: translations stay, new ones stand empty, unused ones go."""
    catalogue, wanted = read(path), found()
    catalogue.update(wanted, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
    for message in catalogue:
        message.locations = sorted({(place, 1) for place, _line in message.locations})
    with path.open("wb") as file:
        write_po(file, catalogue, width=120, include_lineno=False, ignore_obsolete=True, omit_header=False)
    return catalogue


def compiled(path: Path) -> bytes:
    """The .mo of a .po; the same bytes on each machine."""
    target = io.BytesIO()
    write_mo(target, read(path))
    return target.getvalue()


def faults(path: Path = ENGLISH) -> Iterator[str]:
    """Why the catalogue is not whole, a line each: what is missing, empty, fuzzy, unlike its original or unused."""
    catalogue, wanted = read(path), found()
    for message in _sentences(wanted):
        fault = _fault(message, catalogue.get(message.id, message.context))
        if fault:
            yield f"{fault}: {_shown(message)}"
    for message in _sentences(catalogue):
        if wanted.get(message.id, message.context) is None:
            yield f"unused: {_shown(message)}"


def _sentences(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _fault(message: Message, english: Message | None) -> str:
    if english is None:
        return "missing"
    if not all(forms(english.string)):
        return "untranslated"
    if english.fuzzy:
        return "fuzzy"
    originals, texts = forms(message.id), forms(english.string)
    if len(originals) != len(texts):
        return "wrong number of plurals"
    pairs = zip(originals, texts, strict=True)
    return "" if all(_fixed(one) == _fixed(other) for one, other in pairs) else "placeholders differ"


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """Singular and plural, or the one text; without any an empty one."""
    return tuple(text) if isinstance(text, tuple | list) else (text or "",)


def _fixed(text: str) -> Counter[str]:
    return Counter(FIXED.findall(text))


def _shown(message: Message) -> str:
    return f"{forms(message.id)[0]!r} ({message.locations[0][0] if message.locations else 'nowhere'})"


def _files() -> Iterator[Path]:
    """Our applications' modules without migrations, and all templates."""
    base = Path(settings.BASE_DIR)
    for home in sorted(Path(config.path) for config in apps.get_app_configs()):
        if home.parent == base:
            yield from (path for path in sorted(home.rglob("*.py")) if "migrations" not in path.parts)
    yield from (path for path in sorted((base / "templates").rglob("*")) if path.is_file())
