"""Rights notices of the agencies in their languages, and sentences about rights."""

from __future__ import annotations

import pytest

from cleaners.wire.rights import parse_rights

NOTICES = """
All reproduction and representation rights reserved. © (2024) Agence France-Presse ⇒ Agence France-Presse ⇒ 2024
Copyright 2024 The Associated Press. All rights reserved. Not to be republished. ⇒ The Associated Press ⇒ 2024
Our Standards: The Thomson Reuters Trust Principles. ⇒ Thomson Reuters ⇒ None
RIPRODUZIONE RISERVATA © Copyright ANSA ⇒ ANSA ⇒ None
Riproduzione riservata ⇒ None ⇒ None
© dpa-infocom, dpa:241024-930-269876/2 ⇒ dpa-infocom ⇒ None
© 2024 AFP ⇒ AFP ⇒ 2024
© AFP 2024 ⇒ AFP ⇒ 2024
Tous droits de reproduction et de représentation réservés. © (2024) Agence France-Presse ⇒ Agence France-Presse ⇒ 2024
Copyright © 2024 Agence France-Presse. All rights reserved. ⇒ Agence France-Presse ⇒ 2024
© EFE 2024. Está expresamente prohibida la redistribución de los contenidos. ⇒ EFE ⇒ 2024
Lusa - Agência de Notícias de Portugal. Todos os direitos reservados ⇒ Lusa ⇒ None
© 2024 Example Media GmbH ⇒ Example Media GmbH ⇒ 2024
Alle Rechte vorbehalten ⇒ None ⇒ None
Wszelkie prawa zastrzeżone. PAP ⇒ PAP ⇒ None
Все права защищены. © ТАСС ⇒ ТАСС ⇒ None
© Reuters. All rights reserved. ⇒ Reuters ⇒ None
© 2024 The Canadian Press ⇒ The Canadian Press ⇒ 2024
Harbour Times © 2024 ⇒ Harbour Times ⇒ 2024
Reuters © All rights reserved ⇒ Reuters ⇒ None
© 2024 Reuters all rights reserved ⇒ Reuters ⇒ 2024
© 2024 All rights reserved ⇒ None ⇒ 2024
© Copyright Lusa ⇒ Lusa ⇒ None
<저작권자(c) 연합뉴스, 무단 전재-재배포 금지> ⇒ 연합뉴스 ⇒ None
無断転載を禁じます ⇒ None ⇒ None
"""

SENTENCES = """
© is the sign that the law asks for.
Copyright law protects the photographer, the court said.
All rights reserved, she sang, and the crowd sang along with her into the night.
Copyright 2024 was the year in which courts spoke.
© AFP – Nicholas SHEARMAN
All rights belong to the people, he said.
Tous droits humains sont universels
Copyright: who owns the sea?
Copyright Clearance Center said it would sue
Todos los derechos humanos
He wants “all rights reserved” on the cover.
The singer's rights are reserved for her heirs.
Alle Rechte und Pflichten gehen auf die Erben über.
"""


@pytest.mark.parametrize(("line", "holder", "year"), [r.split(" ⇒ ") for r in NOTICES.strip().splitlines()])
def test_a_notice_names_its_holder_and_year(line: str, holder: str, year: str) -> None:
    notice = parse_rights(line)
    assert notice is not None
    assert (str(notice.holder), str(notice.year)) == (holder, year)
    assert notice.text == line


@pytest.mark.parametrize("line", SENTENCES.strip().splitlines())
def test_a_sentence_about_rights_is_no_notice(line: str) -> None:
    assert parse_rights(line) is None
