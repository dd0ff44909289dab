"""Files of the formats for translators, reviewed in the screen and exported."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corrected import FISTS
from tests.test_whole_way import call, press

FILES = {
    "a.po": 'msgid "组合拳"\nmsgstr ""\n"They threw a combination "\n"punch.\\n"\n',
    "a.srt": "1\r\n00:00:01,000 --> 00:00:02,000\r\nThey threw a <b>combination punch</b>.\r\n",
    "a.csv": '组合拳,"They threw a ""combination punch""."\r\n',
    "a.txt": "They threw a combination punch.\n",
}
WANTED = {
    "a.po": 'msgid "组合拳"\nmsgstr ""\n"They threw a package of measures"\n".\\n"\n',
    "a.srt": "1\r\n00:00:01,000 --> 00:00:02,000\r\nThey threw a <b>package of measures</b>.\r\n",
    "a.csv": '组合拳,"They threw a package of measures."\r\n',
    "a.txt": "They threw a package of measures.\n",
}
OPTIONS = {"a.csv": ["--column", "B", "--source-column", "A"], "a.txt": ["--source", "zh.txt"]}


@pytest.mark.parametrize("name", FILES)
async def test_what_is_accepted_in_the_screen_is_what_the_file_gets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(FILES[name].encode())
    Path("zh.txt").write_text("他们打出组合拳。\n", encoding="utf-8")
    assert call("lint", "--select", FISTS, *OPTIONS.get(name, []), name) == 1
    await press(["a"])
    assert call("lint", "--select", FISTS, *OPTIONS.get(name, []), name) == 0
    assert call("export", "--in-place", name) == 0
    assert Path(name).read_bytes() == WANTED[name].encode()
