"""The formats of a workbook in a colour, added to its `styles.xml`; those that are there stay as they are."""

import re

FAULT, WARNING = "FFFFC7CE", "FFFFEB9C"
XF = re.compile(rb"<((?:\w+:)?)xf\b[^>]*?(?:/>|>.*?</\1xf>)", re.DOTALL)


class Styles:
    """The formats of a workbook, and besides each one that was asked for the same in a colour."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        formats = re.search(rb"<(?:\w+:)?cellXfs\b[^>]*>(.*?)</(?:\w+:)?cellXfs>", text, re.DOTALL)
        fills = re.search(rb"<(?:\w+:)?fills\b[^>]*>(.*?)</(?:\w+:)?fills>", text, re.DOTALL)
        self.formats = [one[0] for one in XF.finditer(formats[1])] if formats else []
        self.fills = len(re.findall(rb"<(?:\w+:)?fill\b[^a-zA-Z]", fills[1])) if fills else 0
        if not (self.formats and fills):
            self.text = b""
        self.colours: list[str] = []
        self.made: dict[tuple[int, str], int] = {}
        self.added: list[bytes] = []

    def coloured(self, old: int, colour: str) -> int:
        """The number of the format that is as `old`, but of this colour."""
        if not self.text:
            return old
        if (old, colour) not in self.made:
            if colour not in self.colours:
                self.colours.append(colour)
            base = self.formats[old] if old < len(self.formats) else self.formats[0]
            self.added.append(self._with_fill(base, self.fills + self.colours.index(colour)))
            self.made[old, colour] = len(self.formats) + len(self.added) - 1
        return self.made[old, colour]

    def _with_fill(self, base: bytes, fill: int) -> bytes:
        head = re.match(rb"<(?:\w+:)?xf\b[^>]*?(?=/?>)", base)
        assert head is not None  # noqa: S101 - `XF` found it so
        plain = re.sub(rb'\s(?:fillId|applyFill)="[^"]*"', b"", head[0])
        return plain + b' fillId="%d" applyFill="1"' % fill + base[head.end() :]

    def done(self) -> bytes:
        prefix = (re.search(rb"<((?:\w+:)?)cellXfs\b", self.text) or [b"", b""])[1]
        fills = b"".join(
            b'<%(p)sfill><%(p)spatternFill patternType="solid"><%(p)sfgColor rgb="%(c)s"/>'
            b'<%(p)sbgColor indexed="64"/></%(p)spatternFill></%(p)sfill>' % {b"p": prefix, b"c": colour.encode()}
            for colour in self.colours
        )
        text = self._longer(self.text, b"fills", fills, self.fills + len(self.colours))
        return self._longer(text, b"cellXfs", b"".join(self.added), len(self.formats) + len(self.added))

    def _longer(self, text: bytes, name: bytes, added: bytes, count: int) -> bytes:
        text = re.sub(rb'(<(?:\w+:)?%s\b[^>]*?count=")\d+(")' % name, rb"\g<1>%d\g<2>" % count, text, count=1)
        return re.sub(rb"(</(?:\w+:)?%s>)" % name, lambda end: added + end[1], text, count=1)
