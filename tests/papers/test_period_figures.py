"""The report of a period's figures as it stands on the page."""

from __future__ import annotations

from tests.papers.drawn import as_text, drawn_period, matches, period_fields


def test_a_paper_stands_as_it_was_looked_at() -> None:
    matches("period_figures", as_text(drawn_period()))


def test_a_period_that_still_runs_is_told_until_the_day_on_which_it_is_drawn_up() -> None:
    assert period_fields()["last"] == "30/6/2026"
    assert period_fields(ended=False)["last"] == "11/3/2026"  # the day of the invented facts
    assert period_fields(ended=False)["received"] == ""
