"""The sentences of this registry and their English: found in code and templates, compared with locale/en.

Indonesian is the msgid, so only English needs a catalogue. Babel is a tool of development: only commands import this.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.utils import translation
from django.utils.translation.template import templatize

ENGLISH = Path(settings.BASE_DIR) / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# What a translation must carry over unchanged: %(name)s, %s, {name}, HTML tags, `code`.
FIXED = re.compile(r"%(?:\(\w+\))?[sdif]|\{[\w.!:]*\}|</?[a-z][^<>]*>|`[^`]+`")


def found() -> Catalog:
    """Every sentence of our applications and templates, with the files where it stands.

    Without those that we took over from a package in its English: for them the packages' catalogues speak.
    """
    catalogue = Catalog(locale="en", project="Registri Sentra Batik")
    for path in _files():
        place = path.relative_to(settings.BASE_DIR).as_posix()
        for line, text, comments, context in extract("python", _source(path), keywords=KEYWORDS):
            if not _is_a_packages(text, context):
                catalogue.add(text, locations=[(place, line)], auto_comments=comments, context=context)
    return catalogue


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
    if not all(_forms(english.string)):
        return "untranslated"
    if english.fuzzy:
        return "fuzzy"
    originals, texts = _forms(message.id), _forms(english.string)
    if len(originals) != len(texts):
        return "wrong number of plurals"
    pairs = zip(originals, texts, strict=True)
    return "" if all(_fixed(one) == _fixed(other) for one, other in pairs) else "placeholders differ"


def _forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _fixed(text: str) -> Counter[str]:
    return Counter(FIXED.findall(text))


def _shown(message: Message) -> str:
    return f"{_forms(message.id)[0]!r} ({message.locations[0][0] if message.locations else 'nowhere'})"


def _files() -> Iterator[Path]:
    """Our applications' modules without migrations, and all templates."""
    base = Path(settings.BASE_DIR)
    for home in sorted(Path(config.path) for config in apps.get_app_configs()):
        if home.parent == base:
            yield from (path for path in sorted(home.rglob("*.py")) if "migrations" not in path.parts)
    yield from (path for path in sorted((base / "templates").rglob("*")) if path.is_file())


def _source(path: Path) -> io.BytesIO:
    """Python for the extractor; of a template what its tags say, in brackets, where indentation means nothing."""
    text = path.read_text("utf-8")
    return io.BytesIO((text if path.suffix == ".py" else f"({templatize(text)})").encode())
