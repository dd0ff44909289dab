"""Decides the encoding of a file; a file that is not text is a ReviewerError."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from pathlib import Path

from reviewer.formats.declared import declared
from reviewer.formats.decoding import CHUNK, Encoding, UndecodableError, decoded, opened
from reviewer.formats.guessing import candidates
from reviewer.model import ReviewerError

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

CONTROLS = re.compile(rb"[\x00-\x06\x0e-\x19\x1c-\x1f]")  # not tab, line ends, BEL, BS, DOS end of file, ESC: texts have those

UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def detect(path: Path) -> Encoding:
    """The encoding of a file: by its byte order mark, as UTF-16, UTF-8, what it declares, or GB 18030, else by charset-normalizer.

    Whatever is chosen has decoded the whole file without an error. GB2312 and GBK files are reported as their superset gb18030.
    Raises ReviewerError for a file that is not text.
    """
    with opened(path) as file:
        head = file.read(CHUNK)
    if _is_utf32(head):
        raise ReviewerError(f"{path}: byte 0: this is UTF-32, which is not read; save the file as UTF-8")
    for bom, name in BOMS:
        if head.startswith(bom):
            return _whole(path, Encoding(name, bom))
    wide = _utf16_by_nulls(head)
    if wide:
        return _whole(path, wide)
    said = declared(head)
    with suppress(UndecodableError):
        if said and _whole(path, Encoding("ascii")):
            return Encoding(said)  # for what is written into it: the words around say nothing
    try:
        return _whole(path, Encoding("utf-8"))
    except UndecodableError as fault:
        with suppress(UndecodableError):
            if said:
                return _whole(path, Encoding(said))
        return _legacy(path, fault)


def _whole(path: Path, encoding: Encoding) -> Encoding:
    """The same encoding, once the whole file has decoded in it and holds no NUL and few control characters."""
    for offset, raw, text in decoded(path, encoding):
        at = text.find("\0")
        if at >= 0:
            raise _binary(path, offset + len(text[:at].encode(encoding.name)))
        if offset == len(encoding.bom):
            _refuse_binary(path, raw if encoding.name == "utf-8" else text.encode())
    return encoding


def _refuse_binary(path: Path, sample: bytes, base: int = 0) -> None:
    """ReviewerError where more than one byte in a hundred of the sample, which starts at byte `base`, is a control character."""
    first = CONTROLS.search(sample)
    if first and len(CONTROLS.findall(sample)) * 100 > len(sample):
        raise _binary(path, base + first.start())


def _binary(path: Path, offset: int) -> ReviewerError:
    return ReviewerError(f"{path}: byte {offset}: a control character: this is not a text file; export it as text or leave it out")


def _utf16_by_nulls(head: bytes) -> Encoding | None:
    """UTF-16 without a byte order mark: the ASCII characters in it put NULs on one side of the byte pairs only."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < max(2, len(head) // 10) or 20 * min(even, odd) > max(even, odd):
        return None
    encoding = Encoding("utf-16-le" if odd > even else "utf-16-be")
    return encoding if _reads_well(head[: len(head) // 2 * 2].decode(encoding.name, errors="replace")) else None


def _is_utf32(head: bytes) -> bool:
    """UTF-32 by its byte order mark, or because hardly anything else decodes as it. Its mark opens with that of UTF-16."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return True
    whole = head[: len(head) // 4 * 4]
    for name in ("utf-32-le", "utf-32-be"):
        with suppress(UnicodeDecodeError):
            if _reads_well(whole.decode(name)):
                return True
    return False


def _reads_well(text: str) -> bool:
    readable = sum(character.isprintable() or character.isspace() for character in text)
    return readable > 0.95 * len(text)


def _legacy(path: Path, fault: UndecodableError) -> Encoding:
    """The encoding of a file that is not UTF-8 at `fault`."""
    with opened(path) as file:
        base = max(0, fault.offset - 2_000)
        file.seek(base)
        sample = file.read(CHUNK)
    nul = sample.find(b"\0")
    if nul >= 0:
        raise _binary(path, base + nul)
    _refuse_binary(path, sample, base)
    kept = UTF8_SEQUENCE.sub(b"", sample)
    multibyte = len(UTF8_SEQUENCE.findall(sample))
    if multibyte > sum(byte >= 0x80 for byte in kept):
        raise fault  # UTF-8 with a broken place: guessing on would turn all the rest into mojibake
    for name in candidates(sample):
        try:
            return _whole(path, Encoding(name))
        except UndecodableError as other:
            if name == "gb18030" and other.offset - fault.offset > 200:
                raise  # so long a stretch of GB characters is Chinese with a broken place, not another encoding
    raise ReviewerError(f"{path}: byte {fault.offset}: not UTF-8, and no other encoding fits; save the file as UTF-8")
