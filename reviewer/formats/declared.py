"""Finds the encoding that an XML or HTML file says it is in."""

from __future__ import annotations

import codecs
import re

HEAD = 4096
"""Bytes in which a declaration is looked for; the HTML Standard asks for it in the first 1,024."""
XML = re.compile(rb"""\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")
META = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9._:-]+)""", re.IGNORECASE)
SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "utf-8", "big5": "big5hkscs"}
"""What a browser reads for a name (WHATWG Encoding, 4.2): files hold more than the old standards have."""


def declared(head: bytes) -> str:
    """The Python codec that the first bytes of a file name; "" where they name none, or one that is not ASCII with more."""
    head = head[:HEAD]
    found = XML.match(head) or (META.search(head) if head.lstrip()[:1] == b"<" else None)
    if not found:
        return ""
    try:
        name = codecs.lookup(found[1].decode()).name
        return SUPERSETS.get(name, name) if b"<".decode(name) == "<" else ""
    except (LookupError, UnicodeError):
        return ""
