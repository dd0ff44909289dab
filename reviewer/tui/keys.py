"""The keys of the review screen, said once: what the screen binds, the footer and the help show, and settings may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.binding import Binding
from textual.keys import KEY_ALIASES, Keys

from reviewer.model import ReviewerError


@dataclass(frozen=True, slots=True)
class Key:
    """One thing to do: its name in settings, the keys for it, the action, what it does; `label` where the footer shows it."""

    name: str
    keys: str
    action: str
    said: str
    section: str
    label: str = ""
    display: str = ""


DECIDE, GO, FIND, LOOK, MORE = "Decide", "Go", "Find", "Look", "More"

KEYS = (
    Key("accept", "a,enter", "accept(1)", "accept the first fix", DECIDE, "Accept", "a"),
    *(Key(f"accept-{n}", f"{n}", f"accept({n})", f"accept fix {n}", DECIDE) for n in range(1, 10)),
    Key("edit", "e", "edit", "edit: write the words yourself", DECIDE, "Edit"),
    Key("reject", "r", "reject", "reject: a false alarm, the words stay", DECIDE, "Reject"),
    Key("ignore", "i", "ignore", "ignore: this place, these words, this rule", DECIDE, "Ignore"),
    Key("skip", "s", "next_open", "skip: decide later", DECIDE, "Skip"),
    Key("group", "g", "group", "decide all findings on the same words at once", DECIDE, "Group"),
    Key("bulk", "b", "bulk", "accept all safe fixes in view", DECIDE),
    Key("note", "c", "note", "comment: add a note to the finding", DECIDE),
    Key("undo", "u", "undo", "undo your last act, also one of an earlier day", DECIDE, "Undo"),
    Key("redo", "ctrl+r,U", "redo", "redo what you undid", DECIDE, display="Ctrl+R"),
    Key("next", "n,j,down", "move(1)", "next finding", GO, display="n j ↓"),
    Key("previous", "p,k,up", "move(-1)", "previous finding", GO, display="p k ↑"),
    Key("next-open", "tab", "next_open", "next open finding", GO, display="Tab"),
    Key("first", "home", "end(-1)", "first finding in view", GO, display="Home"),
    Key("last", "end,G", "end(1)", "last finding in view", GO, display="End G"),
    Key("previous-file", "left_square_bracket", "document(-1)", "previous file", GO, display="["),
    Key("next-file", "right_square_bracket", "document(1)", "next file", GO, display="]"),
    Key("files", "d", "files", "all documents, with how far each has come", GO, display="d"),
    Key("jump", "colon,ctrl+g", "jump", "jump to a paragraph, or to words in the text", GO, display=":"),
    Key("text-down", "pagedown,space", "scroll_text(1)", "scroll the text", GO, display="PgDn Space"),
    Key("text-up", "pageup", "scroll_text(-1)", "scroll the text back", GO, display="PgUp"),
    Key("card-down", "greater_than_sign", "scroll_card(1)", "scroll the card", GO, display=">"),
    Key("card-up", "less_than_sign", "scroll_card(-1)", "scroll the card back", GO, display="<"),
    Key("search", "slash", "search", "search words, messages, fixes and notes", FIND, "Search", "/"),
    Key("filter", "f", "filter", "filter by severity, state, rule, file ...", FIND),
    Key("order", "o", "order", "by place, or what is worth most first", FIND),
    Key("list", "l", "group_list", "list by file, by rule, by words", FIND),
    Key("clear", "escape", "clear", "show everything again", FIND, display="Esc"),
    Key("source", "t", "source", "the Chinese: below, beside, hidden", LOOK),
    Key("fold", "z", "fold", "fold paragraphs without findings", LOOK),
    Key("explain", "x", "explain", "the rule: why, its examples, its record", LOOK),
    Key("history", "h", "history", "who said what of this finding", LOOK),
    Key("names", "N", "names", "names under several spellings: choose one", LOOK),
    Key("mark", "m", "mark", "mark an error that the rules have missed", MORE),
    Key("lint-again", "L", "lint_again", "lint the file again, where it has changed", MORE),
    Key("copy", "y", "copy", "copy the sentence as it will read", MORE),
    Key("help", "question_mark", "help", "these keys", MORE, "Help", "?"),
    Key("tour", "f1", "tour", "the one-minute tour", MORE, display="F1"),
    Key("quit", "q", "leave", "quit; start again to go on where you were", MORE, "Quit"),
)


def bindings() -> list[Binding]:
    """The keys as Textual binds them."""
    return [
        Binding(key.keys, key.action, key.label or key.said, show=bool(key.label), key_display=key.display or None, id=key.name)
        for key in KEYS
    ]


def shown(key: Key, changed: Mapping[str, str]) -> str:
    """The keys for one thing, as people write them."""
    return " ".join(changed[key.name].split(",")) if key.name in changed else key.display or " ".join(key.keys.split(","))


def keymap(changed: Mapping[str, str]) -> dict[str, str]:
    """The keys that settings change, as Textual wants them. Raises ReviewerError for an unknown name, or a key used twice."""
    names = {key.name: key.keys for key in KEYS}
    for name in changed:
        if name not in names:
            raise ReviewerError(f"keys: nothing is called {name!r}; there are {', '.join(names)}")
    used: dict[str, str] = {}
    for name, keys in {**names, **changed}.items():
        for key in map(str.strip, keys.split(",")):
            if not key or not _known(key):
                raise ReviewerError(
                    f"keys: {name}: {key!r} is no key; write a letter, or a name such as ctrl+k, f5, slash, pagedown"
                )
            called = _name_of(key) if len(key) == 1 else key
            if called in used:
                raise ReviewerError(f"keys: {key!r} is for {used[called]} and for {name}; change one of them")
            used[called] = name
    return {name: ",".join(key.strip() for key in keys.split(",")) for name, keys in changed.items()}


def _known(key: str) -> bool:
    """Whether a terminal can send it: a character, or a name that Textual has for a key."""
    bare = key.removeprefix("ctrl+").removeprefix("shift+").removeprefix("alt+")
    if len(bare) == 1:
        return bare.isprintable()
    return bare in {str(one.value) for one in Keys} | set(KEY_ALIASES) | _names()


def _names() -> set[str]:
    """What Textual calls the punctuation: slash, question_mark, left_square_bracket."""
    return {_name_of(chr(code)) for code in range(33, 127)}


def _name_of(character: str) -> str:
    from textual.keys import _character_to_key as name_of  # the only list of these names that Textual has

    return name_of(character)
