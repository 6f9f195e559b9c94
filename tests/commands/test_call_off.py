"""`dongthuan call-off`: entered at the machine for a clerk, confirmed in the bot; refused in words, nothing changed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.committees.closing import asking
from bot.db import people
from bot.values.moments import in_viet_nam
from bot.values.typed_days import PaperMark
from tests.acts.committees import AN, CLERK, HEAD, VAN, House
from tests.acts.phone import Phone
from tests.commands.test_amend import TOMORROW, stands
from tests.commands.test_people import heard, played
from tests.commands.test_run import ask

DECISION = "Số 16-QĐ/TU, ngày 02/3/2026"
DAY = datetime.strptime(TOMORROW, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone


async def joined(house: House, _committee: int) -> None:
    await house.joins(AN, HEAD)
    await house.joins(VAN, CLERK)


async def ends(house: House, committee: int) -> None:
    """The end is asked and confirmed."""
    await joined(house, committee)
    async with house.context.work() as work:
        van = next(p for p in await people.of_committee(work.tx, committee) if p.is_clerk)
        on = PaperMark("15-QĐ/TU", in_viet_nam(work.now).date())
        request = await asking.ask(work, van, DAY, "", on)
    await Phone(house.context, HEAD).opens("approval_yes", request.id)


def test_what_is_confirmed_for_that_day_is_asked_to_be_called_off(tmp_path: Path) -> None:
    played(tmp_path, ends)

    done = ask(tmp_path, "call-off", "--from", TOMORROW, "--decision", DECISION)

    assert done.exit_code == 0, done.output + done.stderr
    assert "thôi áp dụng «Kết thúc hoạt động" in done.output
    assert f"Người xác nhận trên bot: {AN}" in done.output
    assert f"vẫn có hiệu lực từ 00 giờ ngày {TOMORROW}" in done.output
    assert stands(tmp_path)[1] == ["confirmed", "asked"]
    assert "Quyết định số 16-QĐ/TU ngày 02/03/2026" in heard(tmp_path, HEAD)[-1]


def test_what_is_refused_on_the_phone_is_refused_here(tmp_path: Path) -> None:
    played(tmp_path, ends)
    for given, why in (
        (["--from", "01/01/2026", "--decision", DECISION], "Chưa rõ cần thôi áp dụng việc nào"),
        (["--from", TOMORROW, "--decision", DECISION, "--request", "9"], "đề nghị 1"),
        (["--from", TOMORROW, "--decision", ""], "cần số và ngày của quyết định"),
    ):
        done = ask(tmp_path, "call-off", *given)
        assert done.exit_code == 1, done.output
        assert why in done.stderr
    assert stands(tmp_path)[1] == ["confirmed"]


def test_where_nothing_is_confirmed_it_says_so(tmp_path: Path) -> None:
    played(tmp_path, joined)
    done = ask(tmp_path, "call-off", "--from", TOMORROW, "--decision", DECISION)
    assert done.exit_code == 1
    assert "Không có việc nào đã xác nhận" in done.stderr
