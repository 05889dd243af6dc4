"""Captions and credits of photos: told from paragraphs by their credit and their place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleaners.blocks import Block, Label, Verdict
from cleaners.rules.agency_lines import agency_alone
from cleaners.wire.credits import may_be_credit_line, parse_credit, split_caption

if TYPE_CHECKING:
    from cleaners.rules import Rule

_LONGEST_CREDIT = 200
_LONGEST_CAPTION = 1500
_SENTENCE_END = frozenset(".!?…”»\"'。！？)")
#: What a caption says of its picture, whatever the language: "(left)", "file photo", "im Bild", "à gauche".
_CUES = (
    "(l)",
    "(r)",
    "(c)",
    "(left",
    "(right",
    "(center",
    "(centre",
    "pictured",
    "is seen",
    "are seen",
    "seen in",
    "seen here",
    "seen on",
    "seen at",
    "file photo",
    "file image",
    "poses for",
    "pose for",
    "in this photo",
    "in this image",
    "in this picture",
    "this photo",
    "this image",
    "left)",
    "right)",
    "undated",
    "(links)",
    "(rechts)",
    "(li.)",
    "(re.)",
    "(l.)",
    "(r.)",
    "(m.)",
    "archivbild",
    "symbolbild",
    "archivfoto",
    "symbolfoto",
    "auf dem bild",
    "im bild",
    "undatiert",
    "(à gauche",
    "(à droite",
    "(à g.)",
    "(à dr.)",
    "photo d'archives",
    "photo d’archives",
    "lors d'un",
    "lors d’un",
    "lors de ",
    "pose pour",
    "sur cette photo",
    "illustration",
    "(izq",
    "(der.",
    "(izda",
    "(dcha",
    "foto de archivo",
    "imagen de archivo",
    "en la imagen",
    "durante ",
    "na imagem",
    "(à esq",
    "(à dir",
    "foto d'archivio",
    "nella foto",
    "archieffoto",
    "op de foto",
    "arkivbild",
    "arkivfoto",
    "na zdjęciu",
    "na snímku",
    "на фото",
    "фото из архива",
    "архивное фото",
    "في الصورة",
    "צילום ארכיון",
    "资料图",
    "資料照片",
    "資料写真",
    "자료사진",
)
_ARCHIVE_ENDS = (
    "(file photo)",
    "(file image)",
    "(file pic)",
    "(file picture)",
    "(archive photo)",
    "(archive image)",
    "[file photo]",
    "(representational image)",
    "(representative image)",
    "(archivbild)",
    "(archivfoto)",
    "(symbolbild)",
    "(symbolfoto)",
    "(themenbild)",
    "(photo d'archives)",
    "(photo d’archives)",
    "(photo d'illustration)",
    "(photo d’illustration)",
    "(foto de archivo)",
    "(imagen de archivo)",
    "(archieffoto)",
    "(foto d'archivio)",
    "(foto di repertorio)",
    "(arkivbild)",
    "(arkivfoto)",
    "(illustrasjonsfoto)",
    "(kuvituskuva)",
    "(arkistokuva)",
    "(archivní foto)",
    "(ilustrační foto)",
    "(zdjęcie ilustracyjne)",
    "(архивное фото)",
    "(иллюстративное фото)",
    "(фото из архива)",
    "(ілюстративне фото)",
    "（资料图）",
    "（資料照片）",
    "（資料写真）",
    "(자료사진)",
)


def credit_alone(blocks: Sequence[Block], i: int) -> Verdict | None:
    """A line that is nothing but a photo's credit: "© AFP – Nicholas Shearman", "Photo: Anna Smith / Reuters"."""
    text = blocks[i].text
    if len(text) > _LONGEST_CREDIT or text.count(" ") > 24:
        return None
    form = _credit_form(text)
    if form is None or form == "agency":  # an agency's bare name is judged by its place: agency_lines
        return None
    return Verdict(Label.CREDIT, f"credits.{form}", 0.97)


def _credit_form(text: str) -> str | None:
    """The form of the credit that a line is, if it is one."""
    if not may_be_credit_line(text):
        return None
    credit = parse_credit(text)
    return credit.form if credit else None


def caption_with_credit(blocks: Sequence[Block], i: int) -> Verdict | None:
    """A caption with its credit in the same line."""
    text = blocks[i].text
    if len(text) > _LONGEST_CAPTION:
        return None
    found = split_caption(text)
    if found is None:
        return None
    return Verdict(Label.CAPTION, f"captions.{found[1].form}", 0.95)


def archive_caption(blocks: Sequence[Block], i: int) -> Verdict | None:
    """A line that says at its end what kind of picture it describes: "… in Berlin. (Archivbild)"."""
    text = blocks[i].text
    if text[-1] in ")]）" and len(text) <= 400 and text[-30:].casefold().endswith(_ARCHIVE_ENDS):
        return Verdict(Label.CAPTION, "captions.archive-picture", 0.9)
    return None


_CAPTION_LABELS = (
    "image caption",
    "photo caption",
    "caption:",
    "légende",
    "bildunterschrift",
    "bildtext",
    "pie de foto",
    "legenda:",
    "didascalia",
    "onderschrift",
    "kuvateksti",
    "подпись к фото",
    "підпис до фото",
    "तस्वीर का कैप्शन",
    "इमेज कैप्शन",
    "تعليق على الصورة",
    "图像加注文字",
    "画像説明",
    "사진 설명",
)


def labelled_caption(blocks: Sequence[Block], i: int) -> Verdict | None:
    """ "Image caption, Troops march in Pyongyang"."""
    text = blocks[i].text
    if len(text) > 500 or text[:5].casefold() not in _CAPTION_STARTS:
        return None
    small = text[:30].casefold()
    for label in _CAPTION_LABELS:
        if small.startswith(label) and text[len(label.rstrip(":")) : len(label) + 2].lstrip()[:1] in (
            ",",
            ":",
            "：",
            "，",
        ):
            return Verdict(Label.CAPTION, "captions.labelled", 0.95)
    return None


_CAPTION_STARTS = frozenset(label[:5] for label in _CAPTION_LABELS)


def caption_above_credit(blocks: Sequence[Block], i: int) -> Verdict | None:
    """The line above a credit, when it reads like a caption: no full stop, or words that speak of a picture."""
    if i + 1 >= len(blocks) or i < 1:
        return None
    credit, text = blocks[i + 1].text, blocks[i].text
    if len(credit) > 120 or len(text) > 350 or not _is_phrase(text):
        return None
    form = _credit_form(credit)
    if form is None or form == "agency":
        verdict = agency_alone(blocks, i + 1)
        if verdict is None or verdict.label is not Label.CREDIT:
            return None
    open_end = text[-1] not in _SENTENCE_END and text[-1] not in ":,;"
    small = text.casefold()
    if not open_end and (text.count(" ") > 45 or not any(cue in small for cue in _CUES)):
        return None
    if (
        i < 2
        and open_end
        and not any(cue in small for cue in _CUES)
        and blocks[0].text[-1] not in _SENTENCE_END
    ):
        return None  # the line under the headline may be its second deck
    return Verdict(Label.CAPTION, "captions.above-credit", 0.85)


def _is_phrase(text: str) -> bool:
    """Whether a line has words enough for a caption; Chinese and Japanese put no spaces between theirs."""
    return text.count(" ") >= 3 or (text[0] >= "\u3000" and len(text) >= 8)


RULES: tuple[Rule, ...] = (
    credit_alone,
    caption_with_credit,
    archive_caption,
    labelled_caption,
    caption_above_credit,
)
