"""What the narrator cannot say of a story that was played."""

from __future__ import annotations

import tomllib
from pathlib import Path

from bot.kit.unit import Context
from bot.proofs import narration
from simulator.narrator import in_words

_KINDS = Path(__file__).parents[1] / "faults" / "kinds.toml"
NARRATED = {
    of for of in tomllib.loads(_KINDS.read_text("utf-8")).values() if isinstance(of, str)
} | {
    *("m_bk_extended_conference_announces", "r_bk_conference_of_key_cadres"),
    *("o_ub_recused", "o_ub_recused_of_one_content", "o_ub_takes_part_again"),
}
"""Stories that come to every kind of act, and to conferences and recusals of every kind; others tell no more."""
NAMELESS = "did something that the register keeps"
"""What it says of an act for which it has no words."""


async def wordless(context: Context) -> list[str]:
    """The moments of lines for which it has no words; one that cannot be worded at all raises."""
    told = in_words(context.say, await narration.since(context, {}))
    return [f"{each.at}: {each.en}" for each in told if NAMELESS in each.en]
