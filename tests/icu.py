"""Words as ICU parts them, which knows where a Khmer word ends. The node that drives the tests' browser has it."""

import json
import subprocess
from collections.abc import Sequence

from playwright._impl._driver import compute_driver_executable

_PARTS = """
const parts = new Intl.Segmenter("km", {granularity: "word"});
const texts = JSON.parse(require("fs").readFileSync(0));
const words = (text) => [...parts.segment(text)].filter((part) => part.isWordLike).map((part) => part.segment);
console.log(JSON.stringify(texts.map(words)));
"""


def khmer_words(texts: Sequence[str]) -> list[list[str]]:
    """The words of each text, figures among them; signs are none."""
    node, _ = compute_driver_executable()
    parted = subprocess.run(
        [node, "-e", _PARTS], input=json.dumps(texts), capture_output=True, text=True, check=True, timeout=60
    )
    return json.loads(parted.stdout)
