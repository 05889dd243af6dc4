"""The article as IPTC ninjs 3, news in JSON: what newsrooms' systems take in."""

from __future__ import annotations

import json
import re
from datetime import datetime
from urllib.parse import quote

from cleaners.article import Article, Photo
from cleaners.formats import Cleaned, Format
from cleaners.formats.html import html_body
from cleaners.formats.iptc import iptc_fields
from cleaners.wire.datelines import find_dateline

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from datetime import date
    from typing import Any

#: The standard as its documents name it.
_STANDARD = {
    "name": "ninjs",
    "version": "3.2",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.2.json#",
}
#: What an address may hold besides letters and digits (RFC 3986, section 2); all else is written as percent signs.
_OF_ADDRESSES = "!#$%&'()*+,/:;=?@~-._"
_ADDRESS = re.compile(r"(?P<scheme>https?)://(?P<host>[^/?#]+)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
#: A host's name as it is sent, with its port.
_HOST = re.compile(r"[A-Za-z0-9._~-]+(?::\d{0,5})?")
#: A percent sign that encodes nothing.
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def write_ninjs(cleaned: Cleaned) -> str:
    """Return the article as a ninjs object, on one line where others are written to the same place.

    >>> from cleaners.article import Paragraph
    >>> article = Article(body=(Paragraph("It rained."),), url="https://example.org/rain", dateline="KYIV (AFP) —")
    >>> told = json.loads(write_ninjs(Cleaned(article)))
    >>> told["uri"], told["located"], told["bodies"][0]["value"]
    ('https://example.org/rain', 'KYIV', 'It rained.')
    """
    if not cleaned.article.body:
        return ""
    told = ninjs(cleaned.article)
    return json.dumps(told, ensure_ascii=False, indent=2 if cleaned.alone else None) + "\n"


def ninjs(article: Article) -> dict[str, Any]:
    """Return the article as ninjs 3.2 has it.

    Its `uri` is its address, or, without one, a name made of its words. A photo is an association with a description
    for its caption and one for its credit as printed. ninjs knows moments alone, which a day or a time without a zone
    is not: these are descriptions, with the roles "published" and "modified", and no hour is made up.

    >>> ninjs(Article(title="Rain", photos=(Photo("In Kyiv", "AFP"),)))["associations"][0]["descriptions"]
    [{'role': 'caption', 'contentType': 'text/plain', 'value': 'In Kyiv'}, {'role': 'credit', 'value': 'AFP'}]
    """
    uri = _uri(article.url) or _name_of(article)
    published, modified = _moment(article.published), _moment(article.modified)
    dateline = find_dateline(article.dateline) if article.dateline else None
    rights = [line.text for line in article.fields if line.label == "rights"]
    notice = article.rights.text if article.rights else None
    sources = [(article.agency, "agency"), (article.site_name, "publisher")]
    subjects = [(article.section, "section"), *((word, "keyword") for word in article.keywords)]
    told = {
        "uri": uri,
        "standard": _STANDARD,
        "type": "composite" if article.photos else "text",
        "language": article.language,
        "firstCreated": published,
        "versionCreated": modified or published,
        "headlines": [{"role": "main", "contentType": "text/plain", "value": article.title}]
        if article.title
        else [],
        "by": ", ".join(article.authors),
        "located": dateline.place if dateline and dateline.place else article.dateline,
        "copyrightHolder": article.rights and article.rights.holder,
        "copyrightNotice": notice,
        "usageTerms": "\n".join(line for line in rights if line not in (notice or "")),
        "infoSources": [{"name": name, "role": role} for name, role in sources if name],
        "subjects": [{"name": name, "rel": rel} for name, rel in subjects if name],
        "descriptions": [
            {"role": role, "value": day.isoformat()}
            for role, day in (("published", article.published), ("modified", article.modified))
            if day and not _moment(day)
        ],
        "bodies": [
            {
                "role": "main",
                "contentType": "text/plain",
                "charCount": len(article.text),
                "value": article.text,
            },
            {"role": "main", "contentType": "application/xhtml+xml", "value": html_body(article)},
        ],
        "associations": [_picture(photo, number, uri) for number, photo in enumerate(article.photos, 1)],
    }
    return {name: value for name, value in told.items() if value}


def _picture(photo: Photo, number: int, uri: str) -> dict[str, Any]:
    """Return a photo as an associated object; `uri` is its article's."""
    fields = iptc_fields(photo)
    address = _uri(photo.url)
    descriptions: list[dict[str, str]] = []
    if photo.caption:
        descriptions.append({"role": "caption", "contentType": "text/plain", "value": photo.caption})
    if photo.credit:
        descriptions.append({"role": "credit", "value": photo.credit})
    rendition: dict[str, Any] = {"name": "main", "href": address}
    if photo.width and photo.width > 0:
        rendition["width"] = photo.width
    told = {
        "name": f"photo-{number}",
        "uri": address or f"{uri.split('#')[0]}#photo-{number}",
        "type": "picture",
        "by": photo.photographer or photo.credit,
        "copyrightNotice": fields.get("Copyright Notice"),
        "infoSources": [{"name": photo.agency, "role": "agency"}] if photo.agency else [],
        "descriptions": descriptions,
        "renditions": [rendition] if address else [],
    }
    return {name: value for name, value in told.items() if value}


def _moment(when: date | datetime | None) -> str | None:
    """Return a time with its zone as RFC 3339 writes it; None for what is no moment."""
    if isinstance(when, datetime) and when.tzinfo is not None:
        return when.isoformat()
    return None


def _uri(address: str | None) -> str | None:
    """Return an address with the letters that a URI has none of encoded; None where it is no address of the web.

    >>> _uri("https://example.org/dé pluie?a=[1]"), _uri("/rain"), _uri(None)
    ('https://example.org/d%C3%A9%20pluie?a=%5B1%5D', None, None)
    """
    found = _ADDRESS.fullmatch(address or "")
    if not found:
        return None
    try:
        host = found["host"].encode("idna").decode()
    except UnicodeError:  # a name that no host can have
        return None
    if not _HOST.fullmatch(host):
        return None
    path, mark, fragment = _BARE_PERCENT.sub("%25", found["rest"]).partition("#")
    rest = quote(path + mark + fragment.replace("#", "%23"), safe=_OF_ADDRESSES)
    return f"{found['scheme'].lower()}://{host}{rest}"


def _name_of(article: Article) -> str:
    """Return a name for an article without an address: the same for the same words."""
    from uuid import NAMESPACE_URL, uuid5  # for articles without an address

    return uuid5(NAMESPACE_URL, f"{article.title or ''}\n{article.text}").urn


FORMAT = Format(write_ninjs, suffix=".json", between="")
