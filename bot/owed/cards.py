"""What is shown of a debt: what is owed, to whom, until when, how it ended. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from bot.db.notice import Button, Card, Row, Rows
from bot.kit.access import By
from bot.kit.card import day_rows, to_home
from bot.kit.notify import number_of
from bot.owed.access import Access
from bot.owed.rules.debt import Debt, DebtKind, is_late
from bot.owed.rules.rights import may_answer, may_put_off, may_settle_by_paper, may_settle_task
from bot.rendering import Rendering
from bot.values.action import Action, action
from bot.values.moments import in_viet_nam

Way = Callable[[int], Action]
"""Where a thing of that number is shown."""
WAYS: dict[str, Way] = {}
"""Ways to what debts follow from, by the first word of its name; subjects enter theirs while they are imported."""
PAPERS: dict[str, Way] = {}
"""In the same way to the papers that are drawn up about it, the report that is owed among them."""


def leads(subject: str) -> Callable[[Way], Way]:
    """The way to what a debt of a subject follows from, under the label `debt_button.<subject>`."""
    return _entered(WAYS, subject)


def draws(subject: str) -> Callable[[Way], Way]:
    """The way to the papers of a subject, for whoever owes a report of it."""
    return _entered(PAPERS, subject)


def _entered(ways: dict[str, Way], subject: str) -> Callable[[Way], Way]:
    def enter(way: Way) -> Way:
        if subject in ways:
            raise ValueError(f"two ways lead to {subject!r}")
        ways[subject] = way
        return way

    return enter


def one(say: Rendering, found: Access, now: datetime, *, let_go: bool = False) -> Card:
    """A debt as it stands, with what its reader can do; `let_go`: a head may decide that it is not done."""
    debt = found.debt
    text = say.text(
        "debt",
        debt=debt,
        owner=found.owner.name if found.owner else "",
        asker=found.asker.name if found.asker else "",
        mine=found.owner == found.person,
        late=is_late(debt, now),
        today=in_viet_nam(now).date(),
        let_go=let_go,
    )
    rows: list[Row] = []
    if may_settle_by_paper(debt, found.rights) is None:
        rows.append((_button(say, "settle", action("settle_paper", debt.id), primary=True),))
        rows.extend(_papers(say, debt))
    if may_answer(debt, found.rights) is None:
        rows.append((_button(say, "answer", action("answer", debt.id), primary=True),))
    if may_settle_task(debt, found.rights) is None:
        rows.append((_button(say, "done", action("task_done", debt.id), primary=True),))
    if may_put_off(debt, found.rights) is None:
        rows.append((_button(say, "put_off", action("task_put_off", debt.id)),))
    if let_go and found.rights.owes:
        rows.append((_button(say, "let_go", action("let_go", debt.id)),))
    return Card(text, (*rows, *_source(say, debt), to_home(say)))


def _papers(say: Rendering, debt: Debt) -> Rows:
    """The way to the report itself, where its subject draws one up."""
    way = PAPERS.get(debt.of.partition(":")[0])
    if way is None or debt.kind is not DebtKind.UPWARD_REPORT:
        return ()
    return ((Button(say.label("button.papers"), way(number_of(debt.of))),),)


def _source(say: Rendering, debt: Debt) -> Rows:
    """The way to what the paper starts from, where its subject has one."""
    subject = debt.of.partition(":")[0]
    way = WAYS.get(subject)
    return ((_button(say, subject, way(number_of(debt.of))),),) if way else ()


def concern(say: Rendering, found: Access) -> Card:
    """Whether a decision concerns the tasks of whom the text names; once said, what was said."""
    debt = found.debt
    text = say.text("debt_concern", debt=debt)
    if not debt.is_undecided:
        way = (_button(say, "open", action("debt", debt.id)),)
        return Card(text, (*((way,) if not debt.dropped_at else ()), to_home(say)))
    yes = _button(say, "concerns", action("concerns", debt.id, "yes"), primary=True)
    no = _button(say, "concerns_not", action("concerns", debt.id, "no"))
    return Card(text, ((yes,), (no,), to_home(say)))


def asks_paper(say: Rendering, found: Access) -> Card:
    """Number and date of the paper that went out."""
    return Card(say.text("debt_ask_paper", debt=found.debt), (_back(say, found.debt),))


def asks_answer(say: Rendering, found: Access) -> Card:
    """The answer, as it will stand."""
    asker = found.asker.name if found.asker else ""
    return Card(
        say.text("debt_ask_answer", debt=found.debt, asker=asker), (_back(say, found.debt),)
    )


def asks_done(say: Rendering, debt: Debt) -> Card:
    """What was done, in words; they may be left out."""
    plain = _button(say, "done_plain", action("task_done", debt.id, ""), primary=True)
    return Card(say.text("task_ask_done", debt=debt), ((plain,), _back(say, debt)))


def asks_day(say: Rendering, debt: Debt, offered: Sequence[date]) -> Card:
    """Until which day a task is put off."""
    rows = day_rows(say, "task_put_off", (debt.id,), offered)
    return Card(say.text("task_ask_day", debt=debt), (*rows, _back(say, debt)))


def told_done(say: Rendering, debt: Debt, owner: str, by: By) -> Card:
    """To whoever owes the task, whoever gave it, and the office: it is done."""
    text = say.text("task_done", debt=debt, owner=owner, by=by)
    return Card(text, ((_button(say, "open", action("debt", debt.id)),), to_home(say)))


def told_put_off(say: Rendering, debt: Debt, was: date, owner: str, by: By) -> Card:
    """To whoever owes the task, and to the office: it has more time."""
    text = say.text("task_put_off", debt=debt, was=was, owner=owner, by=by)
    return Card(text, ((_button(say, "open", action("debt", debt.id)),), to_home(say)))


def answered(say: Rendering, debt: Debt, by: By) -> Card:
    """To whoever asked, and to the office: the answer in full."""
    return Card(say.text("debt_answered", debt=debt, by=by), (to_home(say),))


def _button(say: Rendering, label: str, press: Action, *, primary: bool = False) -> Button:
    return Button(say.label(f"debt_button.{label}"), press, style="primary" if primary else None)


def _back(say: Rendering, debt: Debt) -> Row:
    return (Button(say.label("button.back"), action("debt", debt.id)),)
