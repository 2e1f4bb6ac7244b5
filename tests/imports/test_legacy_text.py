"""Text of before Unicode becomes Unicode, and real Unicode stays as it is."""

from __future__ import annotations

import pytest

from imports.legacy_text import TCVN3, VNI, Script, is_syllable, script_of, to_unicode


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("CéNG HßA X· HéI", "CỘNG HÒA XÃ HỘI"),
        ("NguyÔn ThÞ H­¬ng", "Nguyễn Thị Hương"),
        ("Sãc", "Sóc"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
        ("Nguyeãn Thò Höông", "Nguyễn Thị Hương"),
    ],
)
def test_text_in_an_old_font_is_converted(typed: str, meant: str) -> None:
    assert to_unicode(typed) == meant


@pytest.mark.parametrize(
    "text",
    ["Cà Mau", "Bình", "quý", "gì", "hoà thuý", "Đắk Lắk", "Nestlé", "Café", "ABC®", "25 m²", "½ kg", "±5 %", "José"],
)
def test_real_unicode_and_foreign_words_stay(text: str) -> None:
    assert to_unicode(text) == text


@pytest.mark.parametrize("text", ["Nestlé", "ABC®", "Hà Nội", "25 m²", "Ia Grai"])
def test_a_foreign_word_stays_in_a_sheet_of_old_text_too(text: str) -> None:
    assert to_unicode(text, Script.TCVN3) == text


def test_a_word_that_could_be_both_is_decided_by_its_sheet() -> None:
    assert to_unicode("gì", Script.UNICODE) == "gì"
    assert to_unicode("gì", Script.TCVN3) == "gỡ"


def test_decomposed_letters_are_composed() -> None:
    assert to_unicode("Ha\u0300 No\u0302\u0323i") == "Hà Nội"


def test_a_sheet_is_of_the_script_that_most_of_its_words_leave_no_doubt_of() -> None:
    assert script_of(["Cµ phª", "§Þa chØ", "Nestlé", "Hà Nội"]) is Script.TCVN3
    assert script_of(["Caø pheâ", "Ñòa chæ"]) is Script.VNI
    assert script_of(["Cà phê", "Địa chỉ", "Cµ phª"]) is Script.UNICODE
    assert script_of(["abc", "12"]) is Script.UNICODE


def test_the_tables_hold_every_accented_letter() -> None:
    small = set("àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ")
    assert small <= set(TCVN3.values())
    assert small <= set(VNI.values())
    assert {letter.upper() for letter in small} <= set(VNI.values())


@pytest.mark.parametrize("word", ["nghiêng", "quyết", "khuỷu", "Đắk", "giếng", "ổi", "được"])
def test_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["cãc", "môt", "xyz", "õtộ", "Nestlộ"])
def test_what_no_tongue_could_say_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)
