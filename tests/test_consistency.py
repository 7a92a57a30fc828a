"""Small promises that keep the templates and sheets alike; a reader should not have to wonder which way is ours."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import Engine, TemplateDoesNotExist
from django.template.loader import get_template

ROOT: Path = settings.BASE_DIR
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
SHEETS = ROOT / "static" / "css"
APPS = [
    "accounts",
    "batik_registry",
    "centres",
    "changes",
    "documents",
    "portal",
    "programs",
    "public",
    "regions",
    "submissions",
    "workbooks",
]

BLOCK = re.compile(r"{%\s*block\s+([\w-]+)")
COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}", re.DOTALL)
EXTENDS = re.compile(r"{%\s*extends\s+[\"']([^\"']+)")
REFERENCE = re.compile(r"{%\s*(?:extends|include)\s+[\"']([^\"']+)")


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT / "templates"))


def written(path: Path) -> str:
    """The template without its comments."""
    return COMMENT.sub("", path.read_text())


def parent_blocks(path: Path) -> list[str]:
    """The blocks of all ancestors, the eldest first; an admin template may extend Django's of the same name."""
    engine, source, skip, blocks = Engine.get_default(), written(path), [], []
    while found := EXTENDS.search(source):
        template, origin = engine.find_template(found[1], skip=skip)
        skip, source = [*skip, origin], COMMENT.sub("", template.source)
        blocks = [*BLOCK.findall(source), *blocks]
    return blocks


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_blocks_stand_in_the_order_of_the_base(path: Path) -> None:
    order = list(dict.fromkeys(parent_blocks(path)))

    places = [order.index(name) for name in BLOCK.findall(written(path)) if name in order]

    assert all(earlier <= later for earlier, later in pairwise(places))


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_libraries_are_loaded_in_one_sorted_line(path: Path) -> None:
    loads = re.findall(r"{%\s*load\s+([^%]+?)\s*%}", written(path))

    assert len(loads) <= 1
    assert all(line.split() == sorted(line.split()) for line in loads)


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_nothing_stands_inline_that_the_content_policy_refuses(path: Path) -> None:
    source = written(path)

    assert not re.search(r"\sstyle\s*=|<style|\son\w+\s*=|javascript:", source)
    assert all("src=" in tag or "nonce=" in tag for tag in re.findall(r"<script[^>]*>", source))


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_the_template_and_all_that_it_names_can_be_loaded(path: Path) -> None:
    for name in [relative(path), *REFERENCE.findall(written(path))]:
        get_template(name)


@pytest.mark.parametrize("path", COMPONENTS, ids=relative)
def test_a_component_opens_with_what_it_is_and_its_parameters(path: Path) -> None:
    assert re.match(r"{# .*Parameters: .*#}\n", path.read_text())


def test_each_template_that_the_code_names_exists() -> None:
    files = [file for app in APPS for file in (ROOT / app).rglob("*.py")]
    names = {
        name for file in files for name in re.findall(r"[\"']([\w/]+/[\w.]+\.(?:html|txt))[\"']", file.read_text())
    }

    assert {name for name in names if not loads(name)} == set()


def loads(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


def test_each_file_that_a_template_takes_from_static_exists() -> None:
    names = {name for path in TEMPLATES for name in re.findall(r"{%\s*static\s+[\"']([^\"']+)", path.read_text())}
    names |= {name for path in TEMPLATES for name in re.findall(r"[\"']/static/([^\"']+)", path.read_text())}

    assert {name for name in names if not finders.find(name)} == set()


def test_both_ways_to_the_dark_theme_set_the_same_colours() -> None:
    sheet = (SHEETS / "tokens.css").read_text()
    by_system = re.search(r":root:not\(\[data-theme=\"light\"\]\) \{(.*?)\}", sheet, re.DOTALL)[1]
    by_switch = re.search(r":root\[data-theme=\"dark\"\] \{(.*?)\}", sheet, re.DOTALL)[1]

    assert by_system.split() == by_switch.split()


def test_the_sheets_ask_for_nothing_outside_the_house() -> None:
    sheets = "".join(path.read_text() for path in SHEETS.glob("*.css"))

    assert not re.search(r"url\((?![\"']?data:)|@import|@font-face", sheets)
