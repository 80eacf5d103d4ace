"""Writes the words that are no names, for `assistant/privacy/ordinary.py`: from the project's own wordings and content.

`python -m training.ordinary_words` writes `assistant/privacy/ordinary_words.txt`. Run it when many wordings were added; a word that is missing costs a mask
too many, nothing else. The operator's docs count too: the log is masked as well.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.privacy.first_names import FIRST_NAMES
from assistant.privacy.ordinary import WORDS
from assistant.settings import TOP

LINES = 2
"""In how many lines a parent's word has to stand: one alone may be a slip, or a name."""
NAMES_IN_OUR_LINES = frozenset(
    """cole dan dawn eve garcia gil hernandez ivy jack jefferson johnson kant kay khan kwame lee lincoln lopez nguyen
    ortiz priya roosevelt rosa smith tomas trish vanderbilt williams wilson""".split()
)
PLACES_AND_LANGUAGES = frozenset(
    """amharic arabic bengali burmese cantonese creole dari farsi filipino french german greek gujarati haitian hebrew hindi hmong
    ilocano italian japanese karen khmer korean lao mandarin mixteco nepali pashto polish portuguese punjabi quechua russian
    samoan somali spanish swahili tagalog tamil thai tigrinya turkish ukrainian urdu vietnamese yiddish yoruba
    halloween ramadan valentine hanukkah childhelp kinship macbook ipad chromebook kindle""".split()
)
"""Written with a capital in every line, so they stand in no list of lower case; states and cities come from the content."""
_WORD = re.compile(r"(?<![\w'’])[a-zß-öø-ÿ]+(?:['’][a-z]+)?(?![\w'’])")


def main() -> None:
    """Write the file."""
    said = Counter(
        word
        for line in _lines([TOP / "data/nlu.yml", *TOP.glob("data/nlu/*.yml")])
        for word in set(_WORD.findall(line))
    )
    words = {word for word, lines in said.items() if lines >= LINES}
    ours = [*TOP.glob("content/en/**/*.yml"), *TOP.glob("content/es/*.yml")]
    words |= {word for line in _lines(ours) for word in _WORD.findall(line)}
    places = [TOP / "content/state_names.yml", *TOP.glob("content/states/*.yml")]
    words |= {word for line in _lines(places) for word in _WORD.findall(line.lower())} | PLACES_AND_LANGUAGES
    words |= {word for line in _lines(TOP.glob("docs/run/*.md")) for word in _WORD.findall(line.lower())}
    plain = {word.replace("’", "'") for word in words if len(word) > 1}
    text = " ".join(sorted(plain - FIRST_NAMES - NAMES_IN_OUR_LINES))
    WORDS.write_text(textwrap.fill(text, 160, break_on_hyphens=False) + "\n", encoding="utf-8")


def _lines(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        yield from path.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    main()
