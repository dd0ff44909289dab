"""Comments in a file that switch rules off and on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corrected import FISTS, segments
from tests.test_cli_lint import run

MARKDOWN = f"""<!-- reviewer: off -->
# Off

Off, too.

<!-- reviewer: on -->

On.

<!-- reviewer: ignore {FISTS} -->
- One of the list.
- Another.

On again. <!-- a comment -->

Here only. <!-- reviewer: ignore calques/*, names -->

<!-- Reviewer: IGNORE names
calques -->
<!-- reviewer: please look at this -->

| a | b |
|---|---|
| c | d |

> Quoted.
>
> <!-- reviewer: ignore names -->
>
> Next in it.
>
> After it.

<!-- reviewer: ignore names -->

```
code
```

The end.
"""


def test_comments_of_markdown_hold_for_the_next_block_or_until_the_next(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(MARKDOWN)
    assert [(one.target, one.ignored) for one in segments(path)] == [
        ("Off", ("*",)),
        ("Off, too.", ("*",)),
        ("On.", ()),
        ("One of the list.", (FISTS,)),
        ("Another.", (FISTS,)),
        ("On again. ", ()),
        ("Here only. ", ("calques/*", "names")),
        *[(cell, ("names", "calques")) for cell in "abcd"],
        ("Quoted.", ()),
        ("Next in it.", ("names",)),
        ("After it.", ()),
        ("The end.", ()),
    ]


def test_comments_of_po_hold_for_their_entry_or_until_the_next(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    entry = '{0}msgid "m{1}"\nmsgstr "t{1}"\n\n'
    comments = [
        "",
        "# reviewer: ignore names, calques/\n",
        "",
        "# reviewer: off\n#: a.c:1\n",
        "",
        "#. reviewer: on\n",
        "# reviewer: off\n#~ x\n",
    ]
    path.write_text("".join(entry.format(comment, number) for number, comment in enumerate(comments)))
    assert [one.ignored for one in segments(path)] == [(), ("names", "calques/"), (), ("*",), ("*",), (), ()]


@pytest.mark.parametrize(
    ("comment", "found"),
    [
        ("", 1),
        ("reviewer: off", 0),
        (f"reviewer: ignore {FISTS}", 0),
        ("reviewer: ignore calques/policy", 0),
        ("reviewer: ignore c*", 0),
        ("reviewer: ignore names", 1),
        ("reviewer: of", 1),
    ],
)
def test_what_a_comment_silences_is_not_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], comment: str, found: int
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(f"<!-- {comment} -->\n\nOfficials threw a combination punch at the quay.\n")
    Path("a.po").write_text(f'# {comment}\nmsgid "x"\nmsgstr "Officials threw a combination punch at the quay."\n')
    for name in ("a.md", "a.po"):
        assert run(capsys, "lint", name)[0] == found
        assert run(capsys, "lint", "--no-db", name)[0] == found
