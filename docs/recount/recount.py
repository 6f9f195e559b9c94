"""Counts written consultations of a dossier anew, by docs/recount/README.md alone: python recount.py DOSSIER.zip.

It shares no line with the program that made the dossier. A rule that it does not know it refuses to judge.
Exit code: 0 all that was judged agrees; 1 something does not; 2 the file is no dossier.
"""

from __future__ import annotations

import json
import sys
import zipfile
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

Matter = dict[str, Any]
SAID_FOR, AGAINST = ("approve", "approve_with_comments"), ("reject", "differ")
APPROVING = (*SAID_FOR, "deemed_approve")
CHOICES = (*SAID_FOR, *AGAINST, "abstain")
DATED, RECUSALS = ("receipts", "replies", "invalid", "acts"), ("recuse", "take_part")
ACTS = {"extend", "strike", "more_time", "withdraw", "close_by_hand", "to_meeting", "hold", "close"}
ACTS |= {*RECUSALS, "send_back", "submit_again", "close_content"}
BASES, KNOWN = ("members", "replying"), (1, 2, 3)  # KNOWN: versions of record.json
RULES = """share inclusive differing silence_consents receipt strike_erases own_clocks rulings base in_favour answers
recused_out silence_abstains objection tie_to again"""
FACTS = """id number body body_name matter ground subject text files opened_at deadline deadline_stated calendar
silence_confirmed roll receipts replies invalid acts outages second_of contents rules regulation closed_at result"""
PARTS = """roll person name office full_time
receipts person strength at
replies person choice words at latest reserved on_paper photo late content
invalid person reason at
acts kind at by of until reason acting_for content
outages start end lost"""
LONG = timedelta(hours=24)  # an outage of this length takes silence its effect
moment, say = datetime.fromisoformat, print


class NotJudged(Exception):  # noqa: N818 - no error: this program says what it leaves to others
    """Why a matter is left to the program that made the dossier."""


def of_kind(matter: Matter, kind: str) -> list[dict[str, Any]]:
    """The acts of a kind, in their order."""
    return [act for act in matter["acts"] if act["kind"] == kind]


def refuse_what_is_unknown(matter: Matter) -> None:
    """Say what only the other program counts."""
    rules, in_time = matter["rules"], [each for each in matter["replies"] if not each["late"]]
    unknown = {act["kind"] for act in matter["acts"]} - ACTS
    described = {*FACTS.split(), *(["place"] if matter.get("contents") else [])}
    told = map(str.split, PARTS.splitlines())
    parts = ({*each} - {*of} for part, *of in told for each in matter[part])
    strange = sorted(({*rules} - {*RULES.split()} | {*matter} - described).union(*parts))
    reasons = {
        f"rules or facts that are not described: {', '.join(strange)}": strange,
        "it was not closed": matter["result"] is None,
        "a second round": matter["second_of"] is not None,
        "each member's own time": rules["own_clocks"],
        "causes to discuss it once more": rules.get("again"),
        "answers of which nobody knows when they came": any(e["latest"] for e in in_time),
        "a share of something that is not described": rules.get("base", "members") not in BASES,
        f"acts of a kind that is not described: {', '.join(sorted(unknown))}": unknown,
        "an answer that is not described": {e["choice"] for e in matter["replies"]} - set(CHOICES),
    }
    for why, holds in reasons.items():
        if holds:
            raise NotJudged(why)


def recused(matter: Matter) -> set[int]:
    """Who takes no part: who said so, and did not say later to take part again."""
    last = {act["of"]: act["kind"] for act in matter["acts"] if act["kind"] in RECUSALS}
    return {person for person, kind in last.items() if kind == "recuse"}


def last_answers(matter: Matter) -> dict[int, dict[str, Any]]:
    """The last answer of each who takes part, late ones apart; of a content of several the last to that one."""
    place, aside = matter.get("place"), recused(matter)
    said = [each for each in matter["replies"] if not each["late"] and each.get("content") == place]
    return {reply["person"]: reply for reply in said if reply["person"] not in aside}


def received(matter: Matter) -> dict[int, datetime]:
    """Since when it is proven that the text reached a member: by a receipt, an answer, or more time asked for."""
    enough, proven = matter["rules"]["receipt"], matter["receipts"]
    proofs = [(each["person"], each["at"]) for each in proven if each["strength"] >= enough]
    answers = [each for each in matter["replies"] if not each["late"]]
    proofs += [(each["person"], each["at"]) for each in (*answers, *matter["invalid"])]
    proofs += [(act["of"], act["at"]) for act in of_kind(matter, "more_time")]
    return {who: min(moment(at) for one, at in proofs if one == who) for who, _ in proofs}


def silence_counts(matter: Matter, closed_at: datetime) -> bool:
    """Whether silence says anything here: the rule says so, and no long outage lay in the time to answer."""
    rules = matter["rules"]
    if not (rules["silence_consents"] or rules.get("silence_abstains")):
        return False
    window = max(moment(e["at"]) for e in [{"at": matter["opened_at"]}, *of_kind(matter, "extend")])
    for outage in matter["outages"]:
        start, end = moment(outage["start"]), moment(outage["end"])
        if start < closed_at and end > window and (outage["lost"] or end - start >= LONG):
            return False
    return True


def positions(matter: Matter, closed_at: datetime) -> dict[int, str]:
    """Where each member of the roll stands at the close."""
    off, aside = {act["of"] for act in of_kind(matter, "strike")}, recused(matter)
    answers, reached = last_answers(matter), received(matter)
    begun = {reply["person"] for reply in matter["replies"] if not reply["late"]}
    invalid = {each["person"] for each in matter["invalid"]}
    ends = [matter["deadline"], *(act["until"] for act in of_kind(matter, "extend"))]
    # What an objection ended before it makes nobody's silence agreement.
    says = silence_counts(matter, closed_at) and closed_at >= max(map(moment, ends))
    deemed = "deemed_approve" if matter["rules"]["silence_consents"] else "deemed_abstain"
    found: dict[int, str] = {}
    for seat in matter["roll"]:
        person = seat["person"]
        if person in off:
            found[person] = "struck"
        elif person in aside:
            found[person] = "recused"
        elif person in answers:
            found[person] = answers[person]["choice"]
        elif person in invalid:
            found[person] = "invalid"
        elif person not in reached:
            found[person] = "not_received"
        elif of_kind(matter, "withdraw") or of_kind(matter, "to_meeting"):
            raise NotJudged("silence in what was ended before its time")
        else:
            found[person] = deemed if says and person not in begun else "silent"
    return found


def required(share: Fraction, total: int, *, inclusive: bool) -> int:
    """The least number that reaches the share of the roll."""
    least = -(-share.numerator * total // share.denominator)
    return least if inclusive or least > share * total else least + 1


def least(rule: dict[str, Any] | None, roll: int) -> int:
    """A least number beside the share; 0 where there is none."""
    rule = rule or {"number": 0, "share": "0/1", "inclusive": True}
    share = Fraction(rule["share"])
    return int(rule["number"]) or required(share, roll, inclusive=rule["inclusive"])


def needed(rules: dict[str, Any], where: dict[int, str], roll: int) -> tuple[int | None, bool]:
    """How many must agree, None where opinions are only collated; and whether the matter carries."""
    if not rules["share"]:
        return None, True
    stand, beside = list(where.values()), least(rules.get("in_favour"), roll)
    agreeing, against = (sum(at in which for at in stand) for which in (APPROVING, AGAINST))
    base = roll if rules.get("base", "members") == "members" else agreeing + against
    need = max(1, beside, required(Fraction(rules["share"]), base, inclusive=rules["inclusive"]))
    head = rules.get("tie_to")
    tied = head is not None and where[head] in SAID_FOR and agreeing * 2 == base
    answered = sum(at in CHOICES for at in stand) >= least(rules.get("answers"), roll)
    return need, answered and (agreeing >= need or (tied and agreeing >= beside))


def recount(matter: Matter) -> dict[str, Any]:
    """Outcome, numbers and positions of a closed matter; raises NotJudged."""
    refuse_what_is_unknown(matter)
    rules, closed_at = matter["rules"], moment(matter["closed_at"])
    where = positions(matter, closed_at)
    beside = ("struck", "recused") if rules.get("recused_out") else ("struck",)
    roll = sum(at not in beside for at in where.values())
    need, enough = needed(rules, where, roll)
    differing = sum(at in rules["differing"] for at in where.values())
    if not rules["strike_erases"]:
        answers = last_answers(matter)
        gone = [answers[p] for p, at in where.items() if at == "struck" and p in answers]
        differing += sum(reply["choice"] in rules["differing"] for reply in gone)
    enough = enough and not (differing and rules.get("objection") is not None)
    row = ("enough" if enough else "failed") + ("_with_differing" if differing else "")
    outcome = rules["rulings"][row]["outcome"]
    if of_kind(matter, "withdraw"):
        outcome = "withdrawn"
    elif of_kind(matter, "to_meeting"):
        outcome = "to_meeting"
    stand = {str(person): at for person, at in where.items()}
    return {"outcome": outcome, "roll": roll, "required": need, "positions": stand}


def until(matter: Matter, result: dict[str, Any] | None) -> Matter:
    """What had happened by the end of a content, which an objection may bring before that of the slip."""
    end = (result or matter)["closed_at"]
    facts = {n: [e for e in matter[n] if end and moment(e["at"]) <= moment(end)] for n in DATED}
    return {**matter, **facts, "closed_at": end, "result": result}


def contents(matter: Matter) -> list[Matter]:
    """A slip content by content, each with its own rules and result; one that has no several is itself."""
    several = matter.get("contents", [])
    results = (matter["result"] or {}).get("contents", [None] * len(several))
    return [
        {**until(matter, results[place - 1]), "number": f"{matter['number']}.{place}"}
        | {"place": place, **each}
        for place, each in enumerate(several, 1)
    ] or [matter]


def judged(matter: Matter) -> tuple[str, str]:
    """What is said of a content: "agrees", "differs" or "not judged", and why."""
    try:
        found, was = recount(matter), matter["result"]
        wrong = [f"{n}: counted {found[n]}, recorded {was[n]}" for n in found if found[n] != was[n]]
    except NotJudged as why:
        return "not judged", str(why)
    except Exception as error:  # noqa: BLE001 - whatever else stands there, nobody can count it
        return "differs", f"it cannot be counted: {error!r}"
    if wrong:
        return "differs", "; ".join(wrong)
    return "agrees", f"{found['outcome']}, {found['required']} of {found['roll']} needed"


def aside(record: dict[str, Any]) -> list[tuple[str, str]]:
    """What else a record holds: named with what is in it, counted by the other program alone."""
    held, duties = record.get("meetings", ()), len(record.get("duties", ()))
    told = [(f"meeting {m['number']}", f"attendance; votes: {len(m['votes'])}") for m in held]
    return told + ([("duties", f"reports owed: {duties}")] if duties else [])


def main(path: str) -> int:
    """Recount every matter of a dossier; say what came of it, and what was not counted."""
    try:
        with zipfile.ZipFile(path) as dossier:
            record = json.loads(dossier.read("record.json"))
        if record["version"] not in KNOWN:
            say(f"record.json is of version {record['version']}; this program knows 1 to 3")
            return 2
        matters = [each for matter in record["matters"] for each in contents(matter)]
    except Exception as error:  # noqa: BLE001 - a file may be damaged in any way
        say(f"no dossier: {error}")
        return 2
    says = [(f"matter {each['number']}", *judged(each)) for each in matters]
    says += [(what, "not judged", why) for what, why in aside(record)]
    for what, verdict, why in says or [("record.json", "not judged", "nothing is in it")]:
        say(f"{what}: {verdict} ({why})")
    return int(any(verdict == "differs" for _, verdict, _ in says))


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004 - this program and a file
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
