"""Vietnamese typed with the fonts of before Unicode: TCVN3 (.VnTime, "ABC") and VNI-Windows.

Such a cell holds Latin letters that only its font draws as Vietnamese: "Cµ phª" and "Caø pheâ" both
mean "Cà phê". The tables are those of TCVN 5712:1993 (VN3) and of the VNI-Windows code page.

A cell is only converted when that makes Vietnamese syllables out of words that were none, so real
Unicode, foreign words and signs (25 m², Café) stay. Words that could be either are decided by the
rest of their sheet.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from enum import Enum
from itertools import islice

_TCVN3_CODES = "µ¶·¸¹ ¨»¼½¾Æ ©ÇÈÉÊË ® ÌÎÏÐÑ ªÒÓÔÕÖ ×ØÜÝÞ ßáâãä «åæçèé ¬êëìíî ïñòóô \xadõö÷øù úûüýþ ¡¢£¤¥¦§"
_TCVN3_LETTERS = "àảãáạ ăằẳẵắặ âầẩẫấậ đ èẻẽéẹ êềểễếệ ìỉĩíị òỏõóọ ôồổỗốộ ơờởỡớợ ùủũúụ ưừửữứự ỳỷỹýỵ ĂÂÊÔƠƯĐ"
TCVN3 = dict(zip(_TCVN3_CODES.replace(" ", ""), _TCVN3_LETTERS.replace(" ", ""), strict=True))

_TONE_SIGNS = "ùøûõï"
_ACUTE_TO_DOT = "áàảãạ"  # the order of the signs
_VNI_VOWELS = {
    "a": _ACUTE_TO_DOT, "e": "éèẻẽẹ", "o": "óòỏõọ", "u": "úùủũụ", "y": "ýỳỷỹ",
    "ô": "ớờởỡợ", "ö": "ứừửữự",
}  # fmt: skip
_VNI_HATS = {
    "a": ("âáàåãä", "âấầẩẫậ"), "A": ("êéèúüë", "ăắằẳẵặ"),
    "e": ("âáàåãä", "êếềểễệ"), "o": ("âáàåãä", "ôốồổỗộ"),
}  # fmt: skip
_VNI_SINGLE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư", "ñ": "đ"}


def _vni() -> dict[str, str]:
    table = dict(_VNI_SINGLE)
    for vowel, letters in _VNI_VOWELS.items():
        table.update({vowel + sign: letter for sign, letter in zip(_TONE_SIGNS, letters, strict=False)})
    for vowel, (signs, letters) in _VNI_HATS.items():
        table.update({vowel.lower() + sign: letter for sign, letter in zip(signs, letters, strict=True)})
    upper = {code.upper(): letter.upper() for code, letter in table.items()}
    mixed = {code[0].upper() + code[1]: letter.upper() for code, letter in table.items() if len(code) == 2}
    return table | upper | mixed


VNI = _vni()
_VNI_CODE = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))

_ONSET = "(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
_OPEN = (
    "a ai ao au ay âu ây e eo ê êu i ia iu o oa oai oao oay oe oeo oi ô ôi ơ ơi u ua uây uê ui uơ uy uya uyu uôi "
    "ư ưa ưi ưu ươi ươu y yêu iêu am an ang anh ăm ăn ăng âm ân âng em en eng ên êm ênh iêm iên iêng im in inh "
    "oan oam oang oanh oăm oăn oăng oen oong om on ong ôm ôn ông ơm ơn uân uâng uênh um un ung uôm uôn uông uyên "
    "uynh ưm ưn ưng ươm ươn ương yêm yên uyn"
)
_STOPPED = (
    "ac ach ap at ăk ăc ăp ăt âc âp ât ec ep et êch êp êt ich iêc iêp iêt ip it oac oach oap oat oăc oăt oc oet op ot "
    "ôc ôp ôt ơp ơt uât uc uêch up ut uyêt uyt uych uôc uôt ưc ưt ươc ươp ươt yêt ươt ooc"
)
_OPEN_SYLLABLE = re.compile(f"{_ONSET}(?:{'|'.join(_OPEN.split())})\\Z")
_STOPPED_SYLLABLE = re.compile(f"{_ONSET}(?:{'|'.join(_STOPPED.split())})\\Z")
_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
# Letters that only Unicode has, and the marks of decomposed text.
_UNICODE_ONLY = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_HIGH = re.compile("[\xa1-\xff]")
# A legacy word: letters and the signs that its font draws as letters.
_WORD = re.compile("[A-Za-z\xa1-\xff]*[\xa1-\xff][A-Za-z\xa1-\xff]*")
_FOREIGN = re.compile("[A-Za-zàáâäçèéêëîïñóôöü]+\\Z")


SAMPLE = 3000  # texts of a sheet that are looked at


class Script(Enum):
    """How the letters of a text are coded."""

    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    VNI = "vni"


def from_tcvn3(text: str) -> str:
    """Return the Unicode of a text typed with a TCVN3 font."""
    return _in_capitals("".join(TCVN3.get(letter, letter) for letter in text), text)


def from_vni(text: str) -> str:
    """Return the Unicode of a text typed with a VNI-Windows font."""
    return _VNI_CODE.sub(lambda code: VNI[code[0]], text)


CONVERT: dict[Script, Callable[[str], str]] = {Script.TCVN3: from_tcvn3, Script.VNI: from_vni}


def _in_capitals(converted: str, typed: str) -> str:
    """The capital fonts (.VnTimeH) keep the codes of small letters, so "CéNG" means "CỘNG"."""
    capitals = [letter for letter in typed if "A" <= letter <= "Z"]
    if len(capitals) < 2 or any("a" <= letter <= "z" for letter in typed):
        return converted
    return converted.upper()


def is_syllable(word: str) -> bool:
    """Whether a word could be a Vietnamese syllable: onset, rhyme, and a tone that the rhyme allows."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [letter for letter in decomposed if letter in _TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(letter for letter in decomposed if letter not in _TONES))
    if _STOPPED_SYLLABLE.match(bare):
        return bool(tones) and tones[0] in "\u0301\u0323"
    return bool(_OPEN_SYLLABLE.match(bare))


def readings(text: str) -> set[Script]:
    """Return the scripts in which every accented word of the text is a syllable; empty for a foreign word.

    A text without accents says nothing: it reads in all three.
    """
    if _UNICODE_ONLY.search(text):
        return {Script.UNICODE}
    words = _WORD.findall(text)
    found = {script for script, convert in CONVERT.items() if all(is_syllable(convert(word)) for word in words)}
    return found | ({Script.UNICODE} if all(is_syllable(word) for word in words) else set())


def script_of(texts: Iterable[str]) -> Script:
    """Return the script in which the texts of one sheet are written, for the words that leave it open."""
    votes: Counter[Script] = Counter()
    for text in islice(texts, SAMPLE):
        if _HIGH.search(text) or _UNICODE_ONLY.search(text):
            found = readings(unicodedata.normalize("NFC", text))
            if len(found) == 1:
                votes[found.pop()] += 1
    legacy = max(CONVERT, key=lambda script: votes[script])
    return legacy if votes[legacy] > votes[Script.UNICODE] else Script.UNICODE


def to_unicode(text: str, sheet: Script = Script.UNICODE) -> str:
    """Return a text in Unicode, whatever it was typed in; `sheet` decides for words that could be either."""
    text = unicodedata.normalize("NFC", text)
    if not _HIGH.search(text):
        return text
    found = readings(text)
    if Script.UNICODE in found and (sheet is Script.UNICODE or sheet not in found):
        return text
    if sheet is not Script.UNICODE and (sheet in found or not found):
        return _word_by_word(text, sheet)
    if len(found) == 1:
        return _word_by_word(text, found.pop())
    return text


def _is_foreign(word: str, script: Script) -> bool:
    """A name such as Nestlé or ABC® among legacy text: no sign in it that only a Vietnamese font needs."""
    return script is Script.TCVN3 and (word.endswith("®") or bool(_FOREIGN.match(word)))


def _word_by_word(text: str, script: Script) -> str:
    """Convert every word but those that are right as they stand and would be wrong after."""

    def convert(word: re.Match[str]) -> str:
        converted = CONVERT[script](word[0])
        if is_syllable(converted):
            return converted
        return word[0] if is_syllable(word[0]) or _is_foreign(word[0], script) else converted

    shouted = _in_capitals(text, text) if script is Script.TCVN3 else text
    converted = _WORD.sub(convert, text)
    return converted.upper() if shouted != text else converted
