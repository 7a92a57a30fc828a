"""Comments on the cells of a sheet: the two parts that hold them, and the links and types that name those parts."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from workbooks.containers import column_letters, column_number

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
#: What stands behind the drawing of the comments in a sheet.
AFTER_COMMENTS = rb"<(?:\w+:)?(?:legacyDrawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)\b"


@dataclass
class Mark:
    """What stands against one cell."""

    text: str
    blocks: bool = True


Cells = Mapping[tuple[int, int], Mark]


class Notes:
    """The comments of a sheet: those that are there stay, ours come besides where a cell has none."""

    def __init__(self, archive: zipfile.ZipFile, sheet: str) -> None:
        self.archive = archive
        folder, _slash, name = sheet.rpartition("/")
        self.folder, self.relations = folder, f"{folder}/_rels/{name}.rels"
        self.links = archive.read(self.relations) if self.relations in archive.namelist() else b""
        self.comments, self.drawing = self._target(b"comments"), self._target(b"vmlDrawing")
        self.has_both = bool(self.comments and self.drawing)

    def _target(self, kind: bytes) -> str:
        for link in re.findall(rb"<(?:\w+:)?Relationship\b[^>]*>", self.links):
            target = re.search(rb'\bTarget="([^"]*)"', link)
            if re.search(rb'\bType="[^"]*/%s"' % kind, link) and target:
                return _resolved(self.folder, target[1].decode())
        return ""

    def linked(self, tail: bytes) -> bytes:
        """The end of the sheet with its link to the drawing of the comments."""
        if self.comments or self.drawing:
            return tail
        made = b'<legacyDrawing xmlns:r="%s" r:id="rIdMasalahGambar"/>' % RELATIONS.encode()
        prefix = re.search(rb"</((?:\w+:)?)worksheet>", tail)
        if prefix and prefix[1]:
            made = made.replace(b"<legacy", b"<" + prefix[1] + b"legacy")
        after = re.search(AFTER_COMMENTS, tail) or re.search(rb"</(?:\w+:)?worksheet>", tail)
        return tail[: after.start()] + made + tail[after.start() :] if after else tail

    def parts(self, marks: Cells) -> dict[str, bytes]:
        if self.has_both:
            return self._longer(marks)
        if self.comments or self.drawing:  # one without the other: nothing that we know how to add to
            return {}
        return self._new(marks)

    def _longer(self, marks: Cells) -> dict[str, bytes]:
        comments, drawing = self.archive.read(self.comments), self.archive.read(self.drawing)
        there = {
            (int(row), column_number(letters.decode()))
            for letters, row in re.findall(rb'<(?:\w+:)?comment\b[^>]*\bref="([A-Z]+)(\d+)"', comments)
        }
        new = {place: mark for place, mark in marks.items() if place not in there}
        prefix = (re.search(rb"<((?:\w+:)?)commentList\b", comments) or [b"", b""])[1]
        added = b"".join(_comment(row, place, mark, prefix) for (row, place), mark in new.items())
        if re.search(rb"<(?:\w+:)?commentList\s*/>", comments):
            return {}
        comments = re.sub(rb"(</(?:\w+:)?commentList>)", lambda end: added + end[1], comments, count=1)
        shapes = b"".join(_shape(number, row, place) for number, (row, place) in enumerate(new))
        return {self.comments: comments, self.drawing: re.sub(rb"</xml>\s*$", lambda _end: shapes + b"</xml>", drawing)}

    def _new(self, marks: Cells) -> dict[str, bytes]:
        comments, drawing = "xl/commentsMasalah.xml", "xl/drawings/vmlDrawingMasalah.vml"
        body = b"".join(_comment(row, place, mark, b"") for (row, place), mark in marks.items())
        shapes = b"".join(_shape(number, row, place) for number, (row, place) in enumerate(marks))
        return {
            comments: COMMENTS % body,
            drawing: DRAWING % shapes,
            self.relations: self._with_links(comments, drawing),
            "[Content_Types].xml": self._with_types(comments),
        }

    def _with_links(self, comments: str, drawing: str) -> bytes:
        form = b'<Relationship xmlns="%s" Id="%s" Type="%s/%s" Target="/%s"/>'
        added = b"".join(
            form % (PACKAGE.encode(), key, RELATIONS.encode(), kind, target.encode())
            for key, kind, target in [
                (b"rIdMasalah", b"comments", comments),
                (b"rIdMasalahGambar", b"vmlDrawing", drawing),
            ]
        )
        links = self.links
        if not links or re.search(rb"<(?:\w+:)?Relationships\b[^>]*/>", links):
            return (
                b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="%s">%s</Relationships>'
                % (
                    PACKAGE.encode(),
                    added,
                )
            )
        return re.sub(rb"(</(?:\w+:)?Relationships>)", lambda end: added + end[1], links, count=1)

    def _with_types(self, comments: str) -> bytes:
        text = self.archive.read("[Content_Types].xml")
        space = b' xmlns="http://schemas.openxmlformats.org/package/2006/content-types"'
        added = b'<Override%s PartName="/%s" ContentType="%s"/>' % (space, comments.encode(), COMMENTS_TYPE.encode())
        if not re.search(rb'Extension="vml"', text, re.IGNORECASE):
            kind = b"application/vnd.openxmlformats-officedocument.vmlDrawing"
            made = b'<Default%s Extension="vml" ContentType="%s"/>' % (space, kind)
            text = re.sub(rb"(<(?:\w+:)?Types\b[^>]*>)", lambda head: head[1] + made, text, count=1)
        return re.sub(rb"(</(?:\w+:)?Types>)", lambda end: added + end[1], text, count=1)


COMMENTS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<authors><author>Registri Sentra Batik</author></authors><commentList>%s</commentList></comments>"
)
DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>%s</xml>'
)
SHAPE = (
    b'<v:shape id="_x0000_s%(n)d" type="#_x0000_t202" style="position:absolute;width:220pt;height:90pt;z-index:1;'
    b'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    b'<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    b'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    b'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    b"<x:Anchor>%(c1)d, 15, %(r)d, 2, %(c2)d, 15, %(r2)d, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    b"<x:Row>%(r)d</x:Row><x:Column>%(c)d</x:Column></x:ClientData></v:shape>"
)


def _shape(number: int, row: int, place: int) -> bytes:
    known = {b"n": 60_000 + number, b"c1": place + 1, b"c2": place + 4, b"r": row - 1, b"r2": row + 4, b"c": place}
    return SHAPE % known


def _comment(row: int, place: int, mark: Mark, prefix: bytes) -> bytes:
    reference = quoteattr(f"{column_letters(place)}{row}").encode()
    text = b'<%(p)stext><%(p)st xml:space="preserve">%(t)s</%(p)st></%(p)stext>'
    form = b'<%(p)scomment ref=%(r)s authorId="0">' + text + b"</%(p)scomment>"
    return form % {b"p": prefix, b"r": reference, b"t": xml_of(mark.text)}


def xml_of(text: str) -> bytes:
    return escape(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", text)[:32_000]).encode()


def _resolved(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    parts = folder.split("/")
    for step in target.split("/"):
        parts = parts[:-1] if step == ".." else [*parts, step]
    return "/".join(part for part in parts if part != ".")
