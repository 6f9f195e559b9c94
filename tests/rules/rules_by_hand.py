"""The written rules of seven bodies, copied by hand from the regulations; no file is read here."""

from __future__ import annotations

from fractions import Fraction

from bot.regulations.rules.regulation import (
    Body,
    Clock,
    Ground,
    LeadTime,
    Matter,
    MoreTime,
    Next,
    Outcome,
    Reserve,
    Ruling,
    Rulings,
    Silence,
    SilencePolicy,
    Strength,
    Threshold,
    Window,
    WrittenRules,
)
from bot.values.spans import Span


def silent_consent(article: str, receipt: Strength, *grounds: Ground) -> Silence:
    return Silence(SilencePolicy.CONSENT, article, receipt, frozenset(grounds))


def silence_for_nothing(article: str) -> Silence:
    return Silence(SilencePolicy.NOT_COUNTED, article, Strength.DELIVERED, frozenset())


def deadline_for_all(article: str | None = None) -> Window:
    return Window(Clock.DEADLINE, own=None, suggested_days=3, article=article)


def row(outcome: Outcome, follows: Next, article: str, *, offers: bool = False) -> Ruling:
    return Ruling(outcome, follows, article, offers_meeting=offers)


def body_of(
    name: str, written: WrittenRules, *, of_agencies: bool = False, reserve: Reserve | None = None
) -> Body:
    return Body(name, name, of_agencies, ("secretary",), "4", written, reserve=reserve)


QUANG_NGAI = body_of(
    "dang_doan",
    WrittenRules(
        article="8.2.1",
        grounds={Ground.SUPERIOR_DIRECTION: "8.2.1", Ground.URGENT_NO_MEETING: "8.2.1"},
        matters=frozenset(
            {Matter.GENERAL, Matter.INSPECTION, Matter.IMPORTANT, Matter.COORDINATION}
        ),
        exclusions={},
        forbidden=None,
        threshold=Threshold(Fraction(2, 3), inclusive=True, article="8.2.2"),
        silence=silent_consent(
            "8.2.1", Strength.DELIVERED, Ground.SUPERIOR_DIRECTION, Ground.URGENT_NO_MEETING
        ),
        window=deadline_for_all(),
        rulings=Rulings(
            enough=row(Outcome.ADOPTED, Next.NONE, "8.2.2"),
            enough_with_differing=row(Outcome.ADOPTED, Next.NONE, "8.2.2"),
            failed_with_differing=row(Outcome.TO_SUPERIOR, Next.UPWARD_REPORT, "7.2"),
            failed=row(Outcome.NOT_ADOPTED, Next.NONE, "8.2.2"),
        ),
    ),
)

BAC_KAN = body_of(
    "ban_chap_hanh",
    WrittenRules(
        article="11.1",
        grounds={Ground.CANNOT_MEET: "11.1"},
        matters=frozenset(Matter) - {Matter.APPRAISAL},
        exclusions={},
        forbidden=None,
        threshold=Threshold(Fraction(1, 2), inclusive=False, article="9.1", assumption=True),
        silence=silence_for_nothing("11.1"),
        window=deadline_for_all(),
        rulings=Rulings(
            enough=row(Outcome.ADOPTED, Next.REPORT_BACK, "11.1"),
            enough_with_differing=row(Outcome.ADOPTED, Next.REPORT_BACK, "11.1"),
            failed_with_differing=row(Outcome.NOT_ADOPTED, Next.REPORT_BACK, "11.1", offers=True),
            failed=row(Outcome.NOT_ADOPTED, Next.REPORT_BACK, "11.1"),
        ),
    ),
    reserve=Reserve("9.2"),
)

HUYEN_BAN_THUONG_VU = body_of(
    "ban_thuong_vu",
    WrittenRules(
        article="21.3",
        grounds={Ground.NOT_COMPLEX: "21.3", Ground.CANNOT_MEET: "21.3"},
        matters=frozenset({Matter.GENERAL, Matter.COORDINATION}),
        exclusions={},
        forbidden=None,
        threshold=Threshold(Fraction(1, 2), inclusive=False, article="21.3"),
        silence=silence_for_nothing("21.3"),
        window=deadline_for_all(),
        rulings=Rulings(
            enough=row(Outcome.ADOPTED, Next.NONE, "21.3"),
            enough_with_differing=row(Outcome.TO_MEETING, Next.TO_MEETING, "21.3"),
            failed_with_differing=row(Outcome.NOT_ADOPTED, Next.NONE, "21.3", offers=True),
            failed=row(Outcome.NOT_ADOPTED, Next.NONE, "21.3"),
        ),
    ),
    reserve=Reserve("17.2"),
)

HUYEN_THUONG_TRUC = body_of(
    "thuong_truc",
    WrittenRules(
        article="15.2",
        grounds={Ground.CANNOT_MEET: "15.2"},
        matters=frozenset({Matter.GENERAL, Matter.COORDINATION}),
        exclusions={},
        forbidden=None,
        threshold=Threshold(Fraction(1), inclusive=True, article="15.2"),
        silence=silence_for_nothing("15.2"),
        window=deadline_for_all(),
        rulings=Rulings(
            enough=row(Outcome.ADOPTED, Next.NONE, "15.2"),
            enough_with_differing=row(Outcome.DISCUSS_AGAIN, Next.SECOND_ROUND, "15.2"),
            failed_with_differing=row(Outcome.DISCUSS_AGAIN, Next.SECOND_ROUND, "15.2"),
            failed=row(Outcome.NOT_ADOPTED, Next.NONE, "15.2"),
        ),
    ),
    reserve=Reserve("17.2"),
)

HAI_DUONG = body_of(
    "co_quan",
    WrittenRules(
        article="3.1",
        grounds={Ground.COORDINATION: "3.1"},
        matters=frozenset({Matter.COORDINATION, Matter.GENERAL, Matter.PERSONNEL}),
        exclusions={},
        forbidden=None,
        threshold=Threshold(Fraction(1), inclusive=True, article="3.1"),
        silence=Silence(
            SilencePolicy.CONSENT,
            "3.1",
            Strength.ACKNOWLEDGED,
            frozenset({Ground.COORDINATION}),
            asks_confirmation=frozenset({Matter.PERSONNEL}),
        ),
        window=Window(
            Clock.RECIPIENT, own=Span(7), suggested_days=7, article="3.1", acknowledge_within=1
        ),
        rulings=Rulings(
            enough=row(Outcome.AGREED, Next.NONE, "3.1"),
            enough_with_differing=row(Outcome.TO_SUPERIOR, Next.UPWARD_REPORT, "2.2"),
            failed_with_differing=row(Outcome.TO_SUPERIOR, Next.UPWARD_REPORT, "2.2"),
            failed=row(Outcome.NOT_ADOPTED, Next.NONE, "3.1"),
        ),
        more_time=MoreTime(most_days=30, article="3.1"),
        meeting_article="3.3",
    ),
    of_agencies=True,
)


def collating(article: str, ground: Ground, *matters: Matter) -> WrittenRules:
    collated = row(Outcome.COLLATED, Next.NONE, article)
    return WrittenRules(
        article=article,
        grounds={ground: article},
        matters=frozenset(matters),
        exclusions={},
        forbidden=None,
        threshold=None,
        silence=silence_for_nothing(article),
        window=deadline_for_all(),
        rulings=Rulings(collated, collated, collated, collated),
        lead_time=LeadTime(10, article) if ground is Ground.APPRAISAL else None,
    )


TRA_VINH = body_of(
    "doan_the",
    collating("5.1", Ground.COORDINATION, Matter.COORDINATION, Matter.GENERAL),
    of_agencies=True,
)
BAN_DAN_VAN = body_of("ban_dan_van", collating("5.2", Ground.APPRAISAL, Matter.APPRAISAL))

BY_HAND: dict[str, Body] = {
    "quang_ngai dang_doan": QUANG_NGAI,
    "bac_kan ban_chap_hanh": BAC_KAN,
    "cap_huyen ban_thuong_vu": HUYEN_BAN_THUONG_VU,
    "cap_huyen thuong_truc": HUYEN_THUONG_TRUC,
    "hai_duong co_quan": HAI_DUONG,
    "tra_vinh doan_the": TRA_VINH,
    "tra_vinh ban_dan_van": BAN_DAN_VAN,
}
