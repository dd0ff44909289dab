"""Knows the countries whose names and adjectives look alike and are no two spellings: Belgium, Belgian; Poland, Poles."""

from __future__ import annotations

from functools import lru_cache

from reviewer.checks.names.mentions import fold

# Countries of the United Nations and their adjectives and peoples, where they are one word (CIA World Factbook, 2023).
_NATIONS = """
Afghanistan Afghan Albania Algeria Andorra Angola Argentina Argentine Armenia Australia Austria Azerbaijan Azeri Bahamas Bahrain
Bangladesh Barbados Belarus Belgium Belgian Belize Benin Bhutan Bolivia Bosnia Bosnian Botswana Brazil Britain British Briton
Britons Brunei Bulgaria Burkina Burundi Cambodia Cameroon Canada Canadian Chad Chile China Chinese Colombia Comoros Congo
Croatia Croat Cuba Cyprus Cypriot Czech Czechia Denmark Danish Dane Danes Djibouti Dominica Ecuador Egypt England English
Eritrea Estonia Ethiopia Europe European Fiji Finland Finnish Finn France French Gabon Gambia Georgia Germany German Ghana
Greece Greek Grenada Guatemala Guinea Guyana Haiti Honduras Hungary Hungarian Iceland Icelandic India Indian Indonesia Iran Iraq
Ireland Irish Israel Italy Italian Jamaica Japan Japanese Jordan Kazakhstan Kazakh Kenya Kiribati Korea Korean Kosovo Kuwait
Kyrgyzstan Kyrgyz Laos Lao Latvia Lebanon Lesotho Liberia Libya Liechtenstein Lithuania Luxembourg Madagascar Malawi Malaysia
Malay Maldives Mali Malta Mauritania Mauritius Mexico Mexican Micronesia Moldova Monaco Mongolia Montenegro Morocco Moroccan
Mozambique Myanmar Namibia Nauru Nepal Netherlands Nicaragua Niger Nigeria Norway Norwegian Oman Pakistan Palau Palestine
Palestinian Panama Paraguay Peru Peruvian Philippines Philippine Filipino Poland Polish Pole Poles Portugal Portuguese Qatar
Romania Russia Russian Rwanda Samoa Scotland Scottish Scots Senegal Serbia Serb Seychelles Singapore Slovakia Slovak Slovenia
Slovene Somalia Spain Spanish Spaniard Sudan Suriname Sweden Swedish Swede Switzerland Swiss Syria Taiwan Taiwanese Tajikistan
Tajik Tanzania Thailand Thai Togo Tonga Trinidad Tunisia Turkey Turkish Turk Turkmenistan Turkmen Tuvalu Uganda Ukraine
Ukrainian Uruguay Uzbekistan Uzbek Vanuatu Vatican Venezuela Vietnam Vietnamese Wales Welsh Yemen Zambia Zimbabwe America
American Africa African Asia Asian
"""
_WORDS = frozenset(fold(word) for word in _NATIONS.split())
_ENDINGS = ("ns", "n", "ans", "an", "ians", "ian", "s", "i", "is", "ese")


@lru_cache(maxsize=16384)
def is_nation(word: str) -> bool:
    """Whether a word, or the part of it before or after a hyphen, is a country, its adjective, or its people."""
    return any(_listed(fold(part)) for part in word.split("-"))


def _listed(word: str) -> bool:
    return word in _WORDS or any(word.endswith(end) and word.removesuffix(end) in _WORDS for end in _ENDINGS)
