"""A step for Ray Data: a dataset of pages or texts to one of articles. Needs `wireclean[ray]`, on the workers too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cleaners import Options
from pipelines.batch import clean_batch

if TYPE_CHECKING:
    from ray.data import Dataset

#: Pages in a batch: some megabytes, and a second or two of work, which a node that dies takes with it.
BATCH: Final = 128


def clean(
    dataset: Dataset,
    *,
    html: str | None = None,
    text: str | None = None,
    url: str = "url",
    options: Options | None = None,
    batch_size: int = BATCH,
) -> Dataset:
    """Return the dataset's articles: what `pipelines.clean_batch` makes of each batch of `batch_size` rows.

    Takes what that takes. As everything in Ray Data the work is done when the rows are asked for, and so are its errors
    raised; a batch whose node dies is cleaned again on another.
    """
    arguments: dict[str, Any] = {"html": html, "text": text, "url": url, "options": options or Options()}
    return dataset.map_batches(
        clean_batch, batch_format="pyarrow", batch_size=batch_size, fn_kwargs=arguments
    )
