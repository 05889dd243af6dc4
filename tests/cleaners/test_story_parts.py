"""A story's own lists, questions and cards stay: they look like furniture, and stand where a story stands."""

import pytest

from cleaners import clean_html
from tests.cleaners import written
from tests.cleaners.written import STORY, paragraphs

QUESTIONS = (
    (
        "Can I drink the water from the tap?",
        "Yes, in all districts but Low Ferry, where it has to be boiled.",
    ),
    ("When will the schools open again?", "Not before Tuesday. Parents get a message on the evening before."),
    (
        "Who pays for the damage?",
        "The region pays half, up to 20,000 for a house; forms are at the town hall.",
    ),
    ("Where can I leave my animals?", "At the cattle market, which has hay and room for three hundred."),
)
STEPS = (
    "Turn off the electricity before the water reaches the sockets.",
    "Carry medicines, papers and a torch upstairs.",
    "Leave doors inside the house open.",
    "Call 112 if somebody cannot climb the stairs.",
)
BRIDGES = (
    ("The old stone bridge", "Closed since Wednesday; two arches are under water and the rail is gone."),
    ("The railway bridge", "Open for freight at walking pace, says the railway, which has sent divers."),
    ("The new road bridge", "Open in one direction, towards the capital, with queues of up to two hours."),
)

PARTS = {
    "details": "<h2>Your questions</h2>"
    + "".join(f"<details><summary>{q}</summary><p>{a}</p></details>" for q, a in QUESTIONS),
    "accordion": "<section class='faq'><h2>Your questions</h2>"
    + "".join(
        f"<div class='accordion-item'><button aria-expanded=false>{q}</button><div class='accordion-panel' hidden>"
        f"<p>{a}</p></div></div>"
        for q, a in QUESTIONS
    )
    + "</section>",
    "questions in a definition list": "<dl>"
    + "".join(f"<dt>{q}</dt><dd>{a}</dd>" for q, a in QUESTIONS)
    + "</dl>",
    "steps": f"<h3>What to do</h3><ol>{''.join(f'<li>{step}</li>' for step in STEPS)}</ol>",
    "bullets": f"<ul class='list'>{''.join(f'<li>{step}</li>' for step in STEPS)}</ul>",
    "cards": "<div class='cards'>"
    + "".join(
        f"<div class='card'><h3 class='card-title'>{n}</h3><p class='card-text'>{t}</p></div>"
        for n, t in BRIDGES
    )
    + "</div>",
    "box": "<aside class='infobox'><h4>The bridges</h4>"
    + "".join(f"<p><b>{n}</b>: {t}</p>" for n, t in BRIDGES)
    + "</aside>",
}
ANSWERED = [line for pair in QUESTIONS for line in pair]
TOLD = {
    "details": ANSWERED,
    "accordion": ANSWERED,
    "questions in a definition list": ANSWERED,
    "steps": STEPS,
    "bullets": STEPS,
    "cards": [line for pair in BRIDGES for line in pair],
    "box": [f"{name}: {text}" for name, text in BRIDGES],
}


@pytest.mark.parametrize("part", PARTS)
def test_what_belongs_to_the_story_stays(part: str) -> None:
    html = written.wordpress(paragraphs(STORY[:4]) + PARTS[part] + paragraphs(STORY[4:]))
    lines = clean_html(html).text.split("\n")
    assert [line for line in (*STORY, *TOLD[part]) if line not in lines] == []
