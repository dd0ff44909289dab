"""Turns romanised Chinese into syllables, and tells which syllables are mistaken for one another."""

from __future__ import annotations

import re
from functools import lru_cache

# The toneless syllables of Standard Chinese by initial (GB/T 16159 spelling; v stands for ü after l and n).
_FINALS = {
    "": "a ai an ang ao e ei en eng er o ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan un uo v ve",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo v ve",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}
SYLLABLES = frozenset(initial + final for initial, finals in _FINALS.items() for final in finals.split())
_LONGEST = max(map(len, SYLLABLES))
_INITIALS = sorted(filter(None, _FINALS), key=len, reverse=True)

# Romanised surname -> the characters so read: the commonest four hundred (Ministry of Public Security name report 2020,
# and the Hundred Family Surnames). Readings that differ from the dictionary's first one (Shan 单, Zeng 曾, Xie 解) are right here.
SURNAMES = {
    "Ai": "艾", "An": "安", "Ao": "敖", "Ba": "巴", "Bai": "白柏", "Ban": "班", "Bao": "包鲍", "Bei": "贝", "Bi": "毕",
    "Bian": "边卞", "Bo": "薄", "Bu": "卜步", "Cai": "蔡", "Cang": "苍", "Cao": "曹", "Cen": "岑", "Chai": "柴", "Chang": "常",
    "Che": "车", "Chen": "陈谌", "Cheng": "程成", "Chi": "池迟", "Chu": "褚楚储", "Cong": "丛", "Cui": "崔", "Dai": "戴代",
    "Dang": "党", "Deng": "邓", "Di": "狄", "Diao": "刁", "Ding": "丁", "Dong": "董", "Dou": "窦", "Du": "杜", "Duan": "段",
    "E": "鄂", "Fan": "范樊", "Fang": "方房", "Fei": "费", "Feng": "冯封丰", "Fu": "傅付符", "Gai": "盖", "Gan": "甘",
    "Gao": "高", "Ge": "葛戈", "Geng": "耿", "Gong": "龚宫巩公", "Gou": "苟", "Gu": "顾古谷", "Guan": "关管", "Gui": "桂",
    "Guo": "郭国", "Ha": "哈", "Hai": "海", "Han": "韩", "Hang": "杭", "Hao": "郝", "He": "何贺和", "Hong": "洪", "Hou": "侯",
    "Hu": "胡扈", "Hua": "华花", "Huai": "怀", "Huang": "黄", "Hui": "惠", "Huo": "霍", "Ji": "季纪姬吉冀", "Jia": "贾",
    "Jian": "简", "Jiang": "江蒋姜", "Jiao": "焦", "Jin": "金靳", "Jing": "景荆井", "Ju": "鞠居", "Kan": "阚", "Kang": "康",
    "Ke": "柯", "Kong": "孔", "Kou": "寇", "Kuai": "蒯", "Kuang": "邝匡", "Lai": "赖来", "Lan": "兰蓝", "Lang": "郎",
    "Lao": "劳", "Lei": "雷", "Leng": "冷", "Li": "李黎厉励郦", "Lian": "连廉", "Liang": "梁", "Liao": "廖", "Lin": "林蔺",
    "Ling": "凌", "Liu": "刘柳", "Long": "龙", "Lou": "楼娄", "Lu": "陆卢鲁路芦禄", "Luan": "栾", "Luo": "罗骆洛", "Lv": "吕",
    "Ma": "马麻", "Man": "满", "Mao": "毛茅", "Mei": "梅", "Meng": "孟蒙", "Mi": "米", "Miao": "苗缪", "Min": "闵",
    "Ming": "明", "Mo": "莫", "Mou": "牟", "Mu": "穆木", "Na": "那", "Nan": "南", "Ni": "倪", "Nie": "聂", "Ning": "宁",
    "Niu": "牛钮", "Ou": "欧区", "Pan": "潘", "Pang": "庞", "Pei": "裴", "Peng": "彭", "Pi": "皮", "Ping": "平",
    "Pu": "蒲浦濮", "Qi": "齐戚祁", "Qian": "钱", "Qiang": "强", "Qiao": "乔", "Qin": "秦覃", "Qing": "卿", "Qiu": "邱丘裘仇",
    "Qu": "曲屈瞿", "Quan": "全权", "Ran": "冉", "Rao": "饶", "Ren": "任", "Rong": "荣容戎", "Ru": "茹", "Ruan": "阮",
    "Rui": "芮", "Sang": "桑", "Sha": "沙", "Shan": "单", "Shang": "尚商", "Shao": "邵", "She": "佘", "Shen": "沈申",
    "Sheng": "盛", "Shi": "石史施时师", "Shou": "寿", "Shu": "舒", "Shuai": "帅", "Si": "司", "Song": "宋", "Su": "苏宿",
    "Sui": "隋", "Sun": "孙", "Tai": "台邰", "Tan": "谭谈", "Tang": "唐汤", "Tao": "陶", "Teng": "滕", "Tian": "田",
    "Tong": "童佟", "Tu": "屠涂", "Wan": "万", "Wang": "王汪", "Wei": "魏韦卫危", "Wen": "温文闻", "Weng": "翁",
    "Wu": "吴武伍巫邬乌", "Xi": "习席奚郗", "Xia": "夏", "Xian": "冼鲜", "Xiang": "向项", "Xiao": "肖萧", "Xie": "谢解",
    "Xin": "辛", "Xing": "邢幸", "Xiong": "熊", "Xu": "徐许胥", "Xuan": "宣", "Xue": "薛", "Xun": "荀",
    "Yan": "严颜阎闫晏燕言鄢", "Yang": "杨羊阳仰", "Yao": "姚", "Ye": "叶", "Yi": "易伊", "Yin": "尹殷阴", "Ying": "应",
    "Yong": "雍", "You": "尤游", "Yu": "于余俞喻虞郁鱼禹", "Yuan": "袁苑元", "Yue": "岳乐", "Yun": "云", "Zang": "臧",
    "Zeng": "曾", "Zha": "查", "Zhai": "翟", "Zhan": "詹战占", "Zhang": "张章", "Zhao": "赵", "Zhen": "甄", "Zheng": "郑",
    "Zhong": "钟仲", "Zhou": "周", "Zhu": "朱祝诸竺", "Zhuang": "庄", "Zhuo": "卓", "Zong": "宗", "Zou": "邹", "Zu": "祖",
    "Zuo": "左", "Ouyang": "欧阳", "Shangguan": "上官", "Sima": "司马", "Situ": "司徒", "Zhuge": "诸葛", "Huangfu": "皇甫",
    "Murong": "慕容", "Linghu": "令狐", "Dongfang": "东方", "Gongsun": "公孙", "Duanmu": "端木", "Ximen": "西门",
    "Nangong": "南宫", "Xiahou": "夏侯",
}  # fmt: skip
SURNAME_KEYS = frozenset(name.lower() for name in SURNAMES)

# Pairs an ear or a keyboard confuses: southern accents (zh/z, n/l, f/h), aspiration (b/p), and near places of articulation.
_INITIAL_SLIPS = frozenset(
    frozenset(pair.split("/"))
    for pair in "zh/z ch/c sh/s n/l f/h r/l b/p d/t g/k j/q zh/ch z/c x/sh x/s j/zh q/ch j/z q/c zh/sh ch/sh".split()
)
_FINAL_SLIPS = frozenset(
    frozenset(pair.split("/"))
    for pair in (
        "an/ang en/eng in/ing ian/iang uan/uang un/ong o/uo u/v ue/ve ui/ei iu/ui uo/ou en/un un/in un/ing ie/ei ong/iong".split()
    )
)
_WADE_INITIALS = {
    "ch": ("zh", "ch", "j", "q"), "hs": ("x",), "ts": ("z", "c"), "tz": ("z", "c"), "ss": ("s",), "sz": ("s",),
    "k": ("g", "k"), "p": ("b", "p"), "t": ("d", "t"), "j": ("r",),
}  # fmt: skip
_WADE_FINALS = {
    "ien": "ian", "ieh": "ie", "ueh": "ue", "ung": "ong", "iung": "iong", "uei": "ui", "ih": "i", "erh": "er", "eh": "e",
    "o": "e", "u": "i",
}  # fmt: skip
_LETTERS = re.compile(r"[a-z]+")


@lru_cache(maxsize=65536)
def syllables(word: str) -> tuple[str, ...]:
    """The pinyin syllables of one romanised word, lower case, or () where it is not pinyin.

    Apostrophes and hyphens bind (Xi'an is two syllables, Xian one); otherwise the fewest syllables win. ü is written v.
    """
    parts: list[str] = []
    for piece in _LETTERS.findall(word.lower().replace("ü", "v").replace("’", "'")):
        cut = _cut(piece)
        if not cut:
            return ()
        parts.extend(cut)
    return tuple(parts) if "".join(parts) == re.sub(r"['’-]", "", word.lower().replace("ü", "v")) else ()


def _cut(letters: str) -> tuple[str, ...]:
    if len(letters) > 6 * _LONGEST:
        return ()
    best: list[tuple[str, ...] | None] = [()] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - _LONGEST), end):
            before = best[start]
            # Only the first syllable of a word may open with a vowel unmarked: Tian is not Ti'an, Fangan not Fang'an.
            if before is None or letters[start:end] not in SYLLABLES or (start and letters[start] in "aeo"):
                continue
            here = best[end]
            if here is None or len(before) + 1 < len(here):
                best[end] = (*before, letters[start:end])
    return best[-1] or ()


def parts(syllable: str) -> tuple[str, str]:
    """Initial and final of one syllable: zhang -> (zh, ang), an -> ("", an)."""
    for initial in _INITIALS:
        if syllable.startswith(initial):
            return initial, syllable[len(initial) :]
    return "", syllable


@lru_cache(maxsize=16384)
def slip(one: str, other: str) -> str:
    """How one syllable may have become the other, such as `zh/z` or `an/ang`; "" where no single slip explains it."""
    (initial, final), (initial2, final2) = parts(one), parts(other)
    if final == final2 and frozenset((initial, initial2)) in _INITIAL_SLIPS:
        return f"{initial}/{initial2}"
    if initial == initial2 and frozenset((final, final2)) in _FINAL_SLIPS:
        return f"{final}/{final2}"
    if initial == initial2 and _one_vowel_apart(final, final2):
        return f"{final}/{final2}"
    return ""


def _one_vowel_apart(final: str, other: str) -> bool:
    """ang/eng, ian/iao: one letter replaced in a final of two letters or more that keeps the others."""
    return len(final) == len(other) > 1 and sum(a != b for a, b in zip(final, other, strict=True)) == 1 and final[-1] == other[-1]


@lru_cache(maxsize=4096)
def wade_giles(syllable: str) -> frozenset[str]:
    """The pinyin syllables that a Wade-Giles one may stand for, aspiration mark lost: chih -> zhi, chi. It keeps what is pinyin."""
    found = {syllable} & SYLLABLES
    initial = next((head for head in _WADE_INITIALS if syllable.startswith(head)), "")
    rest = syllable[len(initial) :] if initial else parts(syllable)[1]
    for head in _WADE_INITIALS.get(initial, (syllable[: len(syllable) - len(rest)],)):
        found.update({head + rest, head + _WADE_FINALS.get(rest, rest)} & SYLLABLES)
    return frozenset(found)
