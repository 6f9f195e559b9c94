"""What is shown at the end: results for members and for the office, and what is held."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.consultations import result_cards
from bot.consultations.rules.consultation import ActKind, Choice
from bot.db.notice import Card
from bot.regulations.rules.regulation import Ground, Matter
from tests.rendering.scenes import (
    AFTER,
    GAP,
    SAY,
    WEDNESDAY,
    Shown,
    answers,
    asked,
    dossier,
    in_the_gap,
    reading,
    result,
    whole_roll,
)
from tests.rules.committee import Committee, moment

COMMENTS = "Đề nghị bổ sung thời gian hoàn thành từng việc."
AGAINST = "Chưa rõ nguồn kinh phí ở mục 2; nếu a < b & b < c thì phải tính lại."
OTHERWISE = "Đồng ý phần một. Phần hai nên để sang quý III."
A_DAY_AND_MORE = moment("2026-03-05 08:00"), moment("2026-03-06 10:00")
AN_HOUR_AND_MORE = moment("2026-03-05 08:00"), moment("2026-03-05 09:30")


def for_members(of: Committee) -> Card:
    return result_cards.for_members(SAY, dossier(of), result(of))


def for_office(of: Committee) -> Card:
    return result_cards.for_office(SAY, dossier(of), result(of))


def held(of: Committee) -> Card:
    return result_cards.held(SAY, dossier(of), result(of), AFTER)


def both(name: str, of: Committee) -> Shown:
    """What members and what the office see of the same result."""
    return {
        f"result_{name}": partial(for_members, of),
        f"result_{name}_office": partial(for_office, of),
    }


def split(
    of: Committee, *, approve: int = 0, comments: int = 0, reject: int = 0, differ: int = 0
) -> Committee:
    """The roll answers in its order: so many for, with comments, against, otherwise."""
    people = iter(range(1, 100))
    for choice, count, words in (
        (Choice.APPROVE, approve, ""),
        (Choice.APPROVE_WITH_COMMENTS, comments, COMMENTS),
        (Choice.REJECT, reject, AGAINST),
        (Choice.DIFFER, differ, OTHERWISE),
    ):
        of = answers(of, choice, *[next(people) for _ in range(count)], words=words)
    return of


def by_hand(of: Committee, kind: ActKind = ActKind.CLOSE_BY_HAND) -> Committee:
    return of.ended(kind, AFTER if kind is ActKind.CLOSE_BY_HAND else WEDNESDAY)


def with_secret_slips(of: Committee) -> Committee:
    facts = of.consultation
    written = replace(facts.body.written, secret_slips=True)
    return Committee(replace(facts, body=replace(facts.body, written=written)))


def without_words(of: Committee) -> Committee:
    """One answer of each choice without its words, and one whose words are on a paper."""
    for person, choice in enumerate(Choice, 1):
        of = answers(of, choice, person)
    return answers(of, Choice.REJECT, 5, on_paper=True, photo=True)


QN = whole_roll(asked("quang_ngai"))
BK = whole_roll(asked("bac_kan"))
HU = whole_roll(asked("cap_huyen"))
HD = whole_roll(asked("hai_duong"))
TV = whole_roll(asked("tra_vinh"))
STANDING = whole_roll(asked("cap_huyen", "thuong_truc", size=3, ground=Ground.CANNOT_MEET))
PERSONNEL = whole_roll(asked("hai_duong", matter=Matter.PERSONNEL))
SLIPS = whole_roll(asked("bac_kan", "ban_thuong_vu", matter=Matter.CADRE_COMMENT))
BK_RESERVED = answers(
    split(BK, approve=4, reject=2), Choice.REJECT, 7, words="Điều giữ riêng.", reserved=True
)
IN_FULL = answers(
    whole_roll(reading("bac_kan", reserved_words="members")),
    Choice.REJECT,
    7,
    words="Điều giữ riêng.",
    reserved=True,
)
FEW_REACHED = asked("quang_ngai").received(*range(1, 6))
ALL_BUT_ONE = asked("quang_ngai").received(*range(1, 9))
TWO_REACHED = asked("hai_duong").received(1, 2)

LATER = GAP[1] + timedelta(hours=1)
UNDATABLE = in_the_gap(
    in_the_gap(split(HU, approve=2).down(*GAP), Choice.APPROVE, 3, 4, 5), Choice.REJECT, 6
)
"""Two of nine agree; three more, and one against, nobody knows whether in time."""
ALIKE = in_the_gap(split(QN, approve=6).down(*GAP), Choice.REJECT, 7)


def decided(kind: ActKind) -> Committee:
    facts = UNDATABLE.decides(kind, LATER).consultation
    *before, last = facts.acts
    acts = (*before, replace(last, reason="Đã hỏi lại từng đồng chí."))
    return Committee(replace(facts, acts=acts)).ended(ActKind.CLOSE, LATER)


COMMENTS_DIFFER = whole_roll(reading("cap_huyen", differing_is="with_comments"))
TO_MEETING = whole_roll(reading("quang_ngai", division_in_writing="meeting"))

QUANG_NGAI: Shown = {
    **both("quang_ngai_division_to_meeting", split(TO_MEETING, approve=4, reject=3, differ=2)),
    **both("quang_ngai_adopted", split(QN, approve=4, reject=3)),
    **both("quang_ngai_adopted_with_comments", split(QN, approve=6, comments=2)),
    **both("quang_ngai_to_superior", split(QN, approve=4, reject=3, differ=2)),
    **both("quang_ngai_one_absent", split(ALL_BUT_ONE, approve=7, reject=1)),
    **both("quang_ngai_struck", split(QN, approve=5, reject=1).struck(8)),
    **both("quang_ngai_short_outage", split(QN, approve=4).down(*AN_HOUR_AND_MORE)),
    **both("quang_ngai_undatable_alike", ALIKE),
    **both("quang_ngai_without_words", without_words(QN)),
    **both("quang_ngai_by_hand", by_hand(split(QN, approve=8, reject=1))),
    **both("quang_ngai_by_hand_not_adopted", by_hand(split(FEW_REACHED, approve=5))),
    **both("quang_ngai_by_hand_after_outage", by_hand(split(QN, approve=6).down(*A_DAY_AND_MORE))),
    **both(
        "quang_ngai_by_hand_after_restore",
        by_hand(split(QN, approve=6).brought_back(*AN_HOUR_AND_MORE)),
    ),
    **both("withdrawn", by_hand(split(QN, approve=4), ActKind.WITHDRAW)),
}
BAC_KAN: Shown = {
    **both("bac_kan_adopted", split(BK, approve=5, comments=1, reject=1)),
    **both("bac_kan_not_adopted", split(BK, approve=4, differ=1)),
    **both("bac_kan_not_adopted_in_silence", split(BK, approve=4)),
    **both("bac_kan_reserved", BK_RESERVED),
    **both("bac_kan_reserved_to_members", IN_FULL),
    "reserved_after": partial(
        result_cards.reserved, SAY, dossier(BK), "Đặng Minh Hải", reserved=True
    ),
    "reserved_after_secret_slips": partial(
        result_cards.reserved, SAY, dossier(BK), "", reserved=True
    ),
    "reserved_taken_back": partial(
        result_cards.reserved, SAY, dossier(BK), "Đặng Minh Hải", reserved=False
    ),
    **both("bac_kan_secret_slips", with_secret_slips(split(SLIPS, approve=5, reject=1))),
}
CAP_HUYEN: Shown = {
    **both("cap_huyen_adopted", split(HU, approve=5)),
    **both("cap_huyen_to_meeting", split(HU, approve=6, reject=1, differ=1)),
    **both("cap_huyen_not_adopted", split(HU, approve=2, reject=3)),
    **both("cap_huyen_undatable_counted", decided(ActKind.COUNT_UNDATABLE)),
    **both("cap_huyen_undatable_left_out", decided(ActKind.LEAVE_OUT_UNDATABLE)),
    **both("cap_huyen_struck_dissent", split(HU, approve=5, reject=1).struck(6)),
    **both("cap_huyen_comments_differ", split(COMMENTS_DIFFER, approve=4, comments=1)),
    **both("cap_huyen_thuong_truc_adopted", split(STANDING, approve=3)),
    **both("cap_huyen_thuong_truc_divided", split(STANDING, approve=2, reject=1)),
}
AGENCIES: Shown = {
    **both("hai_duong_agreed", split(HD, approve=2, comments=1)),
    **both("hai_duong_to_superior", split(HD, approve=3, reject=1)),
    **both("hai_duong_struck_dissent", split(HD, approve=4, reject=1).struck(5)),
    **both("hai_duong_not_agreed", split(PERSONNEL, approve=3)),
    **both("hai_duong_to_meeting", by_hand(split(HD, approve=2, differ=1), ActKind.TO_MEETING)),
    **both("tra_vinh_collated", split(TV, approve=1, comments=1, differ=1)),
    **both("tra_vinh_collated_in_silence", TV),
}
HELD: Shown = {
    "held_not_received": partial(held, split(FEW_REACHED, approve=4)),
    "held_not_received_agencies": partial(held, split(TWO_REACHED, approve=2)),
    "held_outage": partial(held, split(QN, approve=4).down(*A_DAY_AND_MORE)),
    "held_brought_back": partial(held, split(QN, approve=4).brought_back(*A_DAY_AND_MORE)),
    "held_undatable": partial(held, UNDATABLE),
    "held_undatable_clerk": lambda: result_cards.held(
        SAY, dossier(UNDATABLE), result(UNDATABLE), AFTER, head=False
    ),
    "held_outage_bac_kan": partial(held, split(BK, approve=4).down(*A_DAY_AND_MORE)),
}
SHOWN: Shown = QUANG_NGAI | BAC_KAN | CAP_HUYEN | AGENCIES | HELD
