"""Names: the case that a name printed in capitals had before, and what a name looks like."""

from __future__ import annotations

import pytest

from cleaners.wire.names import is_organisation, looks_like_name, name_case

PRINTED = """
Nicholas SHEARMAN = Nicholas Shearman
JEON HEON-KYUN = Jeon Heon-kyun
JUNG YEON-JE = Jung Yeon-je
Lai CHING-TE = Lai Ching-te
SINEAD O'BRIEN = Sinead O'Brien
ANNE-MARIE O’NEILL = Anne-Marie O’Neill
SEAN MCDONALD = Sean McDonald
Shaun McALLISTER = Shaun McAllister
ANGUS MACDONALD = Angus MacDonald
PATRICK MACKEY = Patrick Mackey
JAN VAN DER BERG = Jan van der Berg
DE LA CRUZ = de la Cruz
JUAN DE LA CRUZ = Juan de la Cruz
MARINE LE PEN = Marine Le Pen
MARIA DI MAIO = Maria Di Maio
LUCA D'ANGELO = Luca D'Angelo
OMAR AL-QATTAA = Omar al-Qattaa
ABDEL-RAHMAN AL-HASHIMI = Abdel-Rahman al-Hashimi
JEAN-PIERRE MULLER = Jean-Pierre Muller
İBRAHİM IŞIK = İbrahim Işık
ISHARA S. KODIKARA = Ishara S. Kodikara
J.J. GUILLÉN = J.J. Guillén
J.-P. MULLER = J.-P. Muller
ANNA - = Anna -
AJ MAST = AJ Mast
NG HAN GUAN = Ng Han Guan
MARTIN LUTHER KING JR. = Martin Luther King Jr.
IJSBRAND = IJsbrand
SAEED = Saeed
АЛЕКСАНДР НЕМЁНОВ = Александр Немёнов
Anna McDonald = Anna McDonald
Jan van der Berg = Jan van der Berg
홍길동 = 홍길동
王小明 = 王小明
"""


@pytest.mark.parametrize(("printed", "name"), [row.split(" = ") for row in PRINTED.strip().splitlines()])
def test_a_name_in_capitals_gets_its_case_back(printed: str, name: str) -> None:
    assert name_case(printed) == name
    assert name_case(name) == name


@pytest.mark.parametrize(
    "text",
    ["Anna Smith", "Jan van der Berg", "KODIKARA", "J.J. Guillén", "王小明", "أحمد علي", "Nguyễn Văn An"],
)
def test_a_name_looks_like_a_name(text: str) -> None:
    assert looks_like_name(text)


@pytest.mark.parametrize(
    "text", ["The White House", "told AFP", "It rained.", "G20 summit", "a man", "", "x" * 100, "in Kyiv"]
)
def test_other_words_do_not(text: str) -> None:
    assert not looks_like_name(text)


@pytest.mark.parametrize("text", ["Example Times", "The Guardian", "golem.test", "CBC", "Polizei Hamburg"])
def test_a_house_is_no_person(text: str) -> None:
    assert is_organisation(text)
