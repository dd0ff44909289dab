"""Decides the encoding of a file and streams its decoded text; anything that is not text is a ReviewerError."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reviewer.formats.declared import declared
from reviewer.model import ReviewerError

CHUNK = 1 << 18
"""Bytes read at a time."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
OTHERS = ("big5hkscs", "cp932", "euc_kr", "cp1251", "cp1250", "cp1252", "latin_1")
"""What charset-normalizer may choose from, where the bytes themselves point to nothing likelier."""

CONTROLS = re.compile(rb"[\x00-\x06\x0e-\x19\x1c-\x1f]")  # not tab, line ends, BEL, BS, DOS end of file, ESC: texts have those
UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
GB_PAIR = re.compile(rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]|[\x81-\xfe][\x40-\x7e\x80-\xfe]")
GB2312_PAIR = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
BIG5_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\xa1-\xfe]")
GB_EVERYDAY = re.compile(rb"[\xb0-\xd7][\xa1-\xfe]")
"""Level 1 of GB 2312: the 3,755 characters in common use, sorted by their sound; the rarer ones follow."""
BIG5_EVERYDAY = re.compile(rb"[\xa4-\xc6][\x40-\x7e\xa1-\xfe]")
"""Level 1 of Big5: the 5,401 characters in common use, sorted by their strokes."""
LONE_HIGH_BYTE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")


@dataclass(frozen=True, slots=True)
class Encoding:
    """A Python codec name and the byte order mark the file opens with, empty where it has none."""

    name: str
    bom: bytes = b""


class UndecodableError(ReviewerError):
    """Bytes that are not text in the encoding asked for; `offset` is the first of them, counted from the start of the file."""

    def __init__(self, path: Path, encoding: Encoding, offset: int) -> None:
        super().__init__(f"{path}: byte {offset}: not valid {encoding.name}; repair the file or save it as UTF-8")
        self.offset = offset


def opened(path: Path) -> BinaryIO:
    """The file, open for reading bytes; ReviewerError where it is missing, a folder, a device or not ours to read."""
    try:
        if path.exists() and not path.is_file():
            what = "a folder; name the files in it" if path.is_dir() else "not a regular file; save its text to a file first"
            raise ReviewerError(f"{path}: this is {what}")
        return path.open("rb")
    except FileNotFoundError:
        raise ReviewerError(f"{path}: there is no such file; check the name") from None
    except PermissionError:
        raise ReviewerError(f"{path}: no permission to read it; change its permissions or copy it") from None
    except OSError as error:
        raise ReviewerError(f"{path}: cannot be read ({error.strerror}); check the name and the disk") from None


def sha256(path: Path) -> str:
    """The hash of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with opened(path) as file:
        while block := file.read(CHUNK):
            digest.update(block)
    return digest.hexdigest()


def open_text(path: Path, encoding: Encoding | None = None, *, exact: bool = False) -> Iterator[str]:
    """The decoded text in chunks, without the byte order mark, line ends as they are; `encoding` is detected where not given.

    With `exact`, a file whose text would not encode back to the same bytes raises ReviewerError at the first such chunk.
    """
    known = encoding or detect(path)
    encoder = codecs.getincrementalencoder(known.name)()
    unmatched = b""
    for offset, raw, text in _decoded(path, known):
        if exact:
            back = encoder.encode(text, final=not raw)
            unmatched += raw
            if not unmatched.startswith(back):
                raise ReviewerError(
                    f"{path}: near byte {offset}: its {known.name} has two spellings for one character, so other words would "
                    "change too; save the file as UTF-8 and export again"
                )
            unmatched = unmatched[len(back) :]
        if text:
            yield text


def lf_lines(chunks: Iterable[str]) -> Iterator[str]:
    """The lines of a text with their LF, the only end of a line here: a JSON string may hold others, and diff knows no other."""
    held: list[str] = []
    for chunk in chunks:
        first, *more = chunk.split("\n")
        held.append(first)
        for start in more:
            yield "".join(held) + "\n"
            held = [start]
    if last := "".join(held):
        yield last


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


def _decoded(path: Path, encoding: Encoding) -> Iterator[tuple[int, bytes, str]]:
    """Chunks as (byte offset of the text, bytes read, text), the last one with no bytes."""
    decoder = codecs.getincrementaldecoder(encoding.name)()
    position = len(encoding.bom)
    with opened(path) as file:
        file.seek(position)
        raw = b"\0"
        while raw:
            try:
                raw = file.read(CHUNK)
            except OSError as error:
                raise ReviewerError(f"{path}: byte {position}: cannot be read ({error.strerror}); check the disk") from None
            start = position - len(decoder.getstate()[0])  # bytes of a character that the last chunk cut in two
            try:
                text = decoder.decode(raw, final=not raw)
            except UnicodeDecodeError as error:
                raise UndecodableError(path, encoding, start + error.start) from None
            yield start, raw, text
            position += len(raw)


def _whole(path: Path, encoding: Encoding) -> Encoding:
    """The same encoding, once the whole file has decoded in it and holds no NUL and few control characters."""
    for offset, raw, text in _decoded(path, encoding):
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
    for name in _candidates(sample):
        try:
            return _whole(path, Encoding(name))
        except UndecodableError as other:
            if name == "gb18030" and other.offset - fault.offset > 200:
                raise  # so long a stretch of GB characters is Chinese with a broken place, not another encoding
    raise ReviewerError(f"{path}: byte {fault.offset}: not UTF-8, and no other encoding fits; save the file as UTF-8")


def _candidates(sample: bytes) -> Iterator[str]:
    """Encodings to try, likeliest first, for a file of English and Chinese that is not Unicode.

    Most Chinese in a GB encoding is GB2312, where both bytes of a character are high. In Western text a high byte (an accent,
    a curly quote) stands alone between ASCII letters; GBK would read it and the next letter as a rare character. Of GB and Big5
    the one that reads more everyday characters comes first. Big5 comes before what charset-normalizer ranks: on a few words it
    cannot tell Chinese from Japanese.
    """
    pairs = GB_PAIR.findall(sample)
    common = _count(GB2312_PAIR, pairs)
    is_gb = _count(GB_EVERYDAY, pairs) >= _count(BIG5_EVERYDAY, BIG5_PAIR.findall(sample))
    if is_gb and pairs and common > 0.7 * len(pairs):
        yield "gb18030"
    high = sum(byte >= 0x80 for byte in sample)
    if len(LONE_HIGH_BYTE.findall(sample)) > 0.8 * high:
        yield "cp1252"
    if is_gb and pairs and common >= 0.5 * len(pairs):
        yield "gb18030"
    yield "big5"
    from charset_normalizer import from_bytes

    for match in from_bytes(sample, cp_isolation=list(OTHERS)):
        yield match.encoding


def _count(wanted: re.Pattern[bytes], pairs: Iterable[bytes]) -> int:
    return sum(wanted.fullmatch(pair) is not None for pair in pairs)
