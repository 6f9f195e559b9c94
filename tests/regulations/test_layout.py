"""A rule book names the layout of its papers: those of a state body are not headed as the Party's."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.issuing.reading import of_settings
from bot.places import models_dir, regulations_dir
from bot.regulations.copying import own_copy
from bot.regulations.faults import RegulationFaults
from bot.regulations.loader import load, parse
from bot.regulations.rules.regulation import Regulation
from bot.regulations.rules.terms import Profile
from bot.values.language import Language

OTHERS = Path(__file__).parent / "others"
UBND = models_dir() / "ubnd_xa.toml"
NAMED = 'layout = "nd30-2020"\n'


def laid_out(regulation: Regulation) -> list[str]:
    return [of_settings("Tập thể", body, (), {}).profile for body in regulation.bodies]


@pytest.mark.parametrize(
    "path", [UBND, OTHERS / "uy_ban_xa.toml", OTHERS / "uy_ban.toml"], ids=lambda path: path.stem
)
def test_papers_of_a_peoples_committee_are_laid_out_as_the_states(path: Path) -> None:
    assert set(laid_out(load(path))) == {Profile.STATE}


def test_a_copy_keeps_the_layout_of_its_model() -> None:
    own = parse(own_copy(UBND.read_text(encoding="utf-8"), "Ủy ban nhân dân xã A"), "own.toml")
    assert set(laid_out(own)) == {Profile.STATE}


def test_a_rule_book_that_names_none_is_the_partys_and_of_agencies_the_states() -> None:
    without = UBND.read_text(encoding="utf-8").replace(NAMED, "")
    assert set(laid_out(parse(without, "ubnd_xa.toml"))) == {Profile.PARTY}
    assert set(laid_out(load(regulations_dir() / "quang_ngai.toml"))) == {Profile.PARTY}
    assert laid_out(load(regulations_dir() / "hai_duong.toml")) == [Profile.STATE]


def test_a_rule_book_may_lay_out_papers_about_agencies_as_the_partys() -> None:
    text = (regulations_dir() / "hai_duong.toml").read_text(encoding="utf-8")
    named = text.replace('id = "hai_duong"\n', 'id = "hai_duong"\nlayout = "dang-05-2026"\n')
    assert laid_out(parse(named, "hai_duong.toml")) == [Profile.PARTY]


def test_what_a_committee_has_set_goes_before_its_rule_book() -> None:
    (body,) = load(UBND).bodies
    head = of_settings("Ủy ban nhân dân xã A", body, (), {"profile": Profile.PARTY.value})
    assert head.profile == Profile.PARTY


def test_a_layout_that_there_is_not_is_refused_where_it_stands() -> None:
    text = UBND.read_text(encoding="utf-8").replace(NAMED, 'layout = "nd30"\n')
    with pytest.raises(RegulationFaults) as told:
        parse(text, "ubnd_xa.toml")
    (fault,) = told.value.faults
    assert (fault.key, text.splitlines()[fault.line - 1]) == ("layout", 'layout = "nd30"')
    assert fault.kind == "unknown_id"
    for language in Language:
        assert all(each.value in fault.told(language).expected for each in Profile)
