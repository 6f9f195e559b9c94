"""Who sits in which body of a story, what two of one name are called, and what a committee founded from it has."""

from __future__ import annotations

from pathlib import Path

from bot.db import people, rulebooks
from bot.people.rules.people import Person, head_of, members_of
from simulator import story
from simulator.founding import assemble
from simulator.sandbox import Sandbox
from simulator.story import Story
from simulator.verbs.roster import Named

AN, BINH, CUONG = "Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường"
BODIES = ("ban_chap_hanh", "ban_thuong_vu", "thuong_truc")
HEAD = """
title = "Ba tập thể"
regulation = "cap_huyen"
start = 2026-03-02T08:00:00+07:00
end = 2026-03-06T08:00:00+07:00
"""
PEOPLE = f"""
[[member]]
name = "{AN}"
office = "secretary"
[[member]]
name = "{BINH}"
office = "deputy"
offices = {{ ban_thuong_vu = "standing_member" }}
[[member]]
name = "{CUONG}"
office = "deputy"
full_time = false
[[clerk]]
name = "Phạm Thị Văn"
"""
TABLES = f"""
[[body]]
id = "thuong_truc"
members = ["{CUONG}", "{BINH}"]
[[body]]
id = "ban_thuong_vu"
members = ["{BINH}", "{CUONG}"]
"""
STEP = f"""
[[step]]
at = 2026-03-02T08:00:00+07:00
who = "{AN}"
does = "propose_item"
"""
ONE = HEAD + 'body = "ban_chap_hanh"' + PEOPLE


def read(folder: Path, text: str) -> Story:
    path = folder / "story.toml"
    path.write_text(text, encoding="utf-8")
    return story.read(path)


def test_a_body_without_a_table_has_all_members(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD + TABLES + PEOPLE).rolls(BODIES) == {
        "ban_chap_hanh": (AN, BINH, CUONG),
        "ban_thuong_vu": (BINH, CUONG),
        "thuong_truc": (CUONG, BINH),
    }


def test_a_step_that_names_no_body_is_about_the_first_table(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD + TABLES + PEOPLE).body == "thuong_truc"


def test_a_story_of_one_body_seats_nobody_in_another(tmp_path: Path) -> None:
    text = ONE.replace('offices = { ban_thuong_vu = "standing_member" }', "") + STEP
    told = read(tmp_path, text + 'body = "ban_chap_hanh"\n[expect.waiting]\nban_thuong_vu = []')
    assert told.rolls(BODIES) == {"ban_chap_hanh": (AN, BINH, CUONG)}


def test_a_step_about_another_body_gives_the_committee_every_body(tmp_path: Path) -> None:
    text = ONE.replace('offices = { ban_thuong_vu = "standing_member" }', "") + STEP
    told = read(tmp_path, text + 'body = "thuong_truc"')
    assert told.rolls(BODIES) == dict.fromkeys(BODIES, (AN, BINH, CUONG))


def test_two_of_one_name_are_called_with_their_units_and_nobody_else(tmp_path: Path) -> None:
    text = ONE.replace(f'name = "{BINH}"', f'name = "{AN}"\nunit = "Sở Y tế"')
    text = text.replace(f'name = "{AN}"\noffice', f'name = "{AN}"\nunit = "Sở Nội vụ"\noffice')
    text = text.replace(f'name = "{CUONG}"', f'name = "{CUONG}"\nunit = "Sở Y tế"')
    told = read(tmp_path, text)
    assert [actor.name for actor in told.member] == [f"{AN} (Sở Nội vụ)", f"{AN} (Sở Y tế)", CUONG]


async def test_seats_offices_and_heads_are_those_of_each_body(tmp_path: Path) -> None:
    told = read(tmp_path, HEAD + TABLES + PEOPLE)
    async with Sandbox(tmp_path, told.start) as stage:
        cast = await assemble(stage, told, tmp_path / "story.toml")
        async with stage.bot.context.look() as work:
            everybody = await people.of_committee(work.tx, cast.committee)
            rulebook = (await people.committee(work.tx, cast.committee)).rulebook
            regulation = await rulebooks.regulation(work.tx, rulebook)

    def office(person: Person, body: str) -> str | None:
        seat = person.seat_in(body)
        return seat.office if seat else None

    rolls = {body: [p.name for p in members_of(everybody, body)] for body in BODIES}
    assert rolls["thuong_truc"] == [CUONG, BINH]
    assert rolls["ban_thuong_vu"] == [BINH, CUONG]
    assert rolls["ban_chap_hanh"] == [AN, BINH, CUONG]
    heads = {body: head_of(everybody, regulation.body(body)) for body in BODIES}
    assert {body: head and head.name for body, head in heads.items()} == {
        "thuong_truc": CUONG,
        "ban_thuong_vu": CUONG,
        "ban_chap_hanh": AN,
    }
    binh = next(person for person in everybody if person.name == BINH)
    assert [office(binh, body) for body in BODIES] == ["deputy", "standing_member", "deputy"]
    cuong = next(person for person in everybody if person.name == CUONG)
    assert {seat.full_time for seat in cuong.seats} == {False}


def test_a_step_without_an_id_means_the_latest_or_the_latest_of_its_body() -> None:
    named = Named()
    named.add("c1", 7, "thuong_truc")
    named.add(None, 8, "ban_thuong_vu")
    assert (named.of(None), named.of("c1"), named.of(None, "thuong_truc")) == (8, 7, 7)
    assert named.of(None, "ban_chap_hanh") == 0
