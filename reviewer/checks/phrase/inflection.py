"""Turns a lemma into its inflected English forms and says which form a word is.

Regular spelling rules and a table of the irregular verbs and nouns (after Quirk et al., A Comprehensive Grammar of the
English Language, 1985, sections 3.11-3.20 and 5.73-5.102). A dictionary library would take seconds to load; the tests hold
every form that the rules use against one.
"""

from __future__ import annotations

import re
from functools import lru_cache

BASE, S, PAST, PARTICIPLE, ING = "base", "s", "past", "participle", "ing"
FORMS = (BASE, S, PAST, PARTICIPLE, ING)

# base past participle; forms that exist twice are joined with "/", the first is the one to write
_VERBS = """
arise arose arisen|awake awoke awoken|be was been|bear bore borne/born|beat beat beaten|become became become|begin began begun
bend bent bent|bet bet bet|bid bid bid/bidden|bind bound bound|bite bit bitten|bleed bled bled|blow blew blown
break broke broken|breed bred bred|bring brought brought|broadcast broadcast broadcast|build built built
burn burned/burnt burned/burnt|burst burst burst|buy bought bought|cast cast cast|catch caught caught|choose chose chosen
cleave cleaved/cleft cleaved/cleft/cloven
cling clung clung|come came come|cost cost cost|creep crept crept|cut cut cut|deal dealt dealt|dig dug dug|do did done
draw drew drawn|dream dreamed/dreamt dreamed/dreamt|drink drank drunk|drive drove driven|dwell dwelt/dwelled dwelt/dwelled
eat ate eaten|fall fell fallen|feed fed fed|feel felt felt|fight fought fought|find found found|flee fled fled
fling flung flung|fly flew flown|forbid forbade forbidden|forecast forecast forecast|foresee foresaw foreseen
forget forgot forgotten|forgive forgave forgiven|forgo forwent forgone|freeze froze frozen|get got got/gotten|give gave given
go went gone|grind ground ground|grow grew grown|hang hung hung|have had had|hear heard heard|hide hid hidden|hit hit hit
hold held held|hurt hurt hurt|keep kept kept|kneel knelt knelt|know knew known|lay laid laid|lead led led
lean leaned/leant leaned/leant|leap leaped/leapt leaped/leapt|learn learned/learnt learned/learnt|leave left left
lend lent lent|let let let|lie lay lain|light lit/lighted lit/lighted|lose lost lost|make made made|mean meant meant
meet met met|mistake mistook mistaken|offset offset offset|outdo outdid outdone|outgrow outgrew outgrown
overcome overcame overcome|oversee oversaw overseen|overtake overtook overtaken|overthrow overthrew overthrown|pay paid paid
prove proved proved/proven|put put put|quit quit quit|read read read|rebuild rebuilt rebuilt|remake remade remade
reread reread reread|retell retold retold
rethink rethought rethought|rewrite rewrote rewritten|ride rode ridden|ring rang rung|rise rose risen|run ran run
saw sawed sawn/sawed|say said said|see saw seen|seek sought sought|sell sold sold|send sent sent|set set set
sew sewed sewn/sewed|shake shook shaken|shed shed shed
shear sheared sheared/shorn|shine shone/shined shone/shined|shoot shot shot
show showed shown/showed|shrink shrank shrunk|shut shut shut|sing sang sung|sink sank sunk|sit sat sat|sleep slept slept
slide slid slid|sow sowed sown/sowed|speak spoke spoken|speed sped/speeded sped/speeded|spend spent spent
spill spilled/spilt spilled/spilt|spin spun spun|split split split|spoil spoiled/spoilt spoiled/spoilt|spread spread spread
spring sprang sprung|stand stood stood|steal stole stolen|stick stuck stuck|sting stung stung|stride strode stridden
strike struck struck|string strung strung|strive strove/strived striven/strived|swear swore sworn|sweep swept swept
swell swelled swollen/swelled|swim swam swum|swing swung swung|take took taken|teach taught taught|tear tore torn
tell told told|think thought thought|throw threw thrown|thrust thrust thrust|tread trod trodden|undergo underwent undergone
understand understood understood|undertake undertook undertaken|undo undid undone|uphold upheld upheld|upset upset upset
wake woke woken|wear wore worn|weave wove woven|weep wept wept|win won won|wind wound wound|withdraw withdrew withdrawn
backslide backslid backslid/backslidden|beget begot begotten|inlay inlaid inlaid|input input/inputted input/inputted
mow mowed mown/mowed|output output/outputted output/outputted|overdraw overdrew overdrawn|overwrite overwrote overwritten
redo redid redone|retake retook retaken|unbind unbound unbound
repay repaid repaid|slay slew slain|slit slit slit|smell smelled/smelt smelled/smelt|spell spelled/spelt spelled/spelt
spit spat/spit spat/spit|unwind unwound unwound|wet wetted/wet wetted/wet
withhold withheld withheld|withstand withstood withstood|wring wrung wrung|write wrote written
"""
_PLURALS = dict(
    pair.split()
    for pair in """man men|woman women|child children|foot feet|tooth teeth|goose geese|mouse mice|ox oxen|person people
half halves|calf calves|knife knives|leaf leaves|life lives|loaf loaves|self selves|shelf shelves|thief thieves
wife wives|wolf wolves|criterion criteria|phenomenon phenomena|medium media|datum data|analysis analyses|basis bases
crisis crises|thesis theses|hypothesis hypotheses|axis axes|diagnosis diagnoses|emphasis emphases|nucleus nuclei
stimulus stimuli|alumnus alumni|fungus fungi|bacterium bacteria|curriculum curricula|photo photos|piano pianos
memo memos|logo logos|casino casinos|studio studios|sheep sheep|fish fish|series series|species species
aircraft aircraft|spacecraft spacecraft|headquarters headquarters|means means|stomach stomachs|monarch monarchs
halo halos|epoch epochs|kilo kilos|euro euros|expo expos|demo demos|quota quotas""".replace("\n", "|").split("|")
)
_PEOPLE = re.compile(r"(?!human|german|roman|ottoman|shaman|talisman|caiman)\w*man\Z")  # chairman, policewoman
# the last syllable carries the stress, so a final consonant doubles: commit, committed (but visit, visited)
_DOUBLING = frozenset(
    """abet abhor acquit admit allot annul befit beget begin commit compel concur confer control curb corral debar defer demur deter
    dispel distil emit enrol equip excel expel extol fulfil forget forgo format handicap incur infer input instil inter kidnap occur
    omit outbid outfit output outstrip overlap patrol
    permit prefer program propel rebel rebut recur refer refit regret remit reoccur repel reset rig submit
    transfer transmit unplug upset worship zigzag""".split()
)
_NEVER_DOUBLING = frozenset("benefit visit edit limit profit target focus".split())
_BE = {S: ("is", "are", "am"), PAST: ("was", "were"), PARTICIPLE: ("been",), ING: ("being",)}


def _irregular() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    table = {}
    for entry in _VERBS.replace("\n", "|").split("|"):
        if entry:
            base, past, participle = entry.split()
            table[base] = (tuple(past.split("/")), tuple(participle.split("/")))
    return table


_IRREGULAR = _irregular()
_VOWELS = "aeiou"


def _doubles(word: str) -> bool:
    """Whether a final consonant is written twice before -ed and -ing."""
    if not re.search(r"[^aeiou][aeiouy][bcdfgklmnprstvz]\Z", word) or word in _NEVER_DOUBLING:
        return bool(re.search(r"qu[ai][tpz]\Z", word))
    return len(re.findall(r"[aeiouy]+", word)) == 1 or word in _DOUBLING


def _plural_or_third(word: str) -> str:
    if word in _PLURALS:
        return _PLURALS[word]
    if _PEOPLE.match(word):
        return word[:-2] + "en"
    if word in ("have", "do", "go"):
        return {"have": "has", "do": "does", "go": "goes"}[word]
    if re.search(r"[^aeiou]y\Z", word):
        return word[:-1] + "ies"
    if re.search(r"(?:s|x|z|ch|sh|[^aeiou]o)\Z", word):
        return word + ("zes" if re.search(r"(?:[^aeiou]|qu)[aeiou]z\Z", word) else "es")
    return word + "s"


def _past(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if re.search(r"[^aeiou]y\Z", word):
        return word[:-1] + "ied"
    if word.endswith("c"):
        return word + "ked"
    return word + (word[-1] if _doubles(word) else "") + "ed"


def _ing(word: str) -> str:
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if word.endswith("e") and not re.search(r"(?:[eoy]e|\Abe|singe)\Z", word):
        return word[:-1] + "ing"
    if word.endswith("c"):
        return word + "king"
    return word + (word[-1] if _doubles(word) else "") + "ing"


_PERFECT_OR_PASSIVE = re.compile(
    r"(?i)\b(?:has|have|had|having|be|am|is|are|was|were|been|being|get|gets|got)(?:n't| not)?(?:\s+\w+ly|\s+been)?\s+\Z"
)


@lru_cache(maxsize=8192)
def paradigm(lemma: str) -> dict[str, tuple[str, ...]]:
    """The forms of a lemma by kind, each with the one to write first. `base s past participle ing`."""
    word = lemma.lower()
    if word == "be":
        return {BASE: ("be",), **_BE}
    past, participle = _IRREGULAR.get(word, ((_past(word),), (_past(word),)))
    ing: tuple[str, ...] = (_ing(word),)
    if re.search(r"(?:[^aeiou][aeiou]|ue)l\Z", word) and len(word) > 3 and not _doubles(word):  # travelled beside traveled
        past, participle, ing = (*past, word + "led"), (*participle, word + "led"), (*ing, word + "ling")
    third: tuple[str, ...] = (_plural_or_third(word),)
    if word in _PLURALS or _PEOPLE.match(word):
        third = (*third, word + ("es" if word.endswith(("s", "x", "z", "sh", "ch")) else "s"))
    return {BASE: (word,), S: third, PAST: past, PARTICIPLE: participle, ING: ing}


@lru_cache(maxsize=8192)
def forms(lemma: str) -> tuple[str, ...]:
    """Every form of a lemma, lower case, longest first, as an alternation wants them. US and British spellings."""
    found = {form for some in paradigm(lemma).values() for form in some}
    found |= {british for form in found for british in _british(form)}
    return tuple(sorted(found, key=lambda form: (-len(form), form)))


def _british(form: str) -> tuple[str, ...]:
    """The other spelling of -ize and -ise, -izing and -ising."""
    swapped = re.sub(r"(?<=[a-z]{3})i([zs])(e|ed|es|ing)\Z", lambda m: "i" + {"z": "s", "s": "z"}[m[1]] + m[2], form)
    return (swapped,) if swapped != form and "z" in form else ()


def form_of(word: str, lemma: str, after: str = "") -> str:
    """Which form of `lemma` a word is; `after` (the text before it) tells "has built" from "built"."""
    lower = word.lower()
    kinds = [kind for kind, some in paradigm(lemma).items() if lower in some or any(lower in _british(form) for form in some)]
    if PARTICIPLE in kinds and _PERFECT_OR_PASSIVE.search(after):
        return PARTICIPLE
    return kinds[0] if kinds else BASE


def inflect(lemma: str, kind: str) -> str:
    """The form of a lemma that one writes: inflect("take", "past") is "took". Words that do not inflect come back as they are."""
    return paradigm(lemma)[kind][0]


_AN = re.compile(r"(?i)(?:[aeiou]|8|1[18]\b|hour|honest|honou?r|heir|(?-i:[FHLMNRSX](?=[A-Z\d.]|\b)))")
_NOT_AN = re.compile(r"(?i)(?:uni(?!n|m)|use|usu|uti|ura|eu|ewe|one\b|once\b|ubi|u\.|(?-i:U[A-Z]))")


def article(word: str) -> str:
    """The indefinite article before a word: `a` or `an`, by sound."""
    return "an" if _AN.match(word) and not _NOT_AN.match(word) else "a"
