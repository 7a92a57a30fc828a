"""What comes in."""

import re
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

#: The escape of a NUL, with an even number of backslashes before it.
NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class PlainJSONParser(JSONParser):
    """JSON without NUL characters, which no text of the database holds."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        request = (parser_context or {}).get("request")
        if request is not None and NUL.search(request.body):
            raise ParseError(_("Isi permintaan memuat huruf kendali NUL; hapus huruf itu."))
        return super().parse(stream, media_type, parser_context)
