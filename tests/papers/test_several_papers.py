"""Several papers by one process: each as if it were alone, whatever became of the one before."""

from __future__ import annotations

import pytest

from bot.issuing.rules.letterhead import Paper
from bot.papers import face
from bot.papers.drawing_up import Draft
from bot.typesetting.template import shipped
from bot.typesetting.writing import TemplateFault, Writer, Written, write
from bot.values.refusal import Refused
from tests.papers.drawn import edited_with, fields
from tests.papers.samples import CONSULTED as SAMPLES
from tests.papers.test_templates import COUNT

LAYOUT = COUNT.layout
LOOPS = "".join(f"{{% for {name} in range(90000) %}}" for name in "abc") + "{% endfor %}" * 3
FAULTS = {"{{ nguoi_ky }}": "unknown", "{% if %}": "broken", LOOPS: "endless"}


def drafts() -> list[Draft]:
    return [
        Draft(paper, f"{paper.value}.docx", LAYOUT, None, fields(SAMPLES[paper], paper))
        for paper in SAMPLES
    ]


async def test_papers_of_one_process_are_the_bytes_of_each_alone_in_their_order() -> None:
    seen = list[tuple[int, int]]()
    made = await face.all_written(drafts(), lambda done, total: seen.append((done, total)))
    assert [each.name for each in made] == [each.name for each in drafts()]
    for paper, draft in zip(made, drafts(), strict=True):
        alone = await write(draft.paper, draft.layout, None, draft.view)
        assert alone == Written(paper.content, paper.template)
    assert seen == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


@pytest.mark.parametrize("tag", FAULTS)
async def test_after_one_that_cannot_be_written_the_next_is_written(tag: str) -> None:
    edited = edited_with(shipped(Paper.COUNT, LAYOUT), tag)
    told = fields(SAMPLES[Paper.COUNT], Paper.COUNT)
    async with Writer() as writer:
        for _ in range(2):
            fault = await writer.write(Paper.COUNT, LAYOUT, edited, told, seconds=2)
            assert isinstance(fault, TemplateFault)
            assert fault.kind == FAULTS[tag]
            right = await writer.write(Paper.COUNT, LAYOUT, None, told)
            assert right == await write(Paper.COUNT, LAYOUT, None, told)


async def test_each_paper_has_its_own_time_however_long_those_before_took() -> None:
    told = fields(SAMPLES[Paper.COUNT], Paper.COUNT)
    slow = edited_with(
        shipped(Paper.COUNT, LAYOUT),
        "{% for a in range(90000) %}{% for b in range(12) %}{% endfor %}{% endfor %}",
    )
    async with Writer() as writer:
        for _ in range(12):
            made = await writer.write(Paper.COUNT, LAYOUT, slow, told, seconds=2)
            assert isinstance(made, Written)


async def test_nothing_is_given_where_one_of_them_cannot_be_written() -> None:
    wrong = edited_with(shipped(Paper.COUNT, LAYOUT), "{{ nguoi_ky }}")
    told = fields(SAMPLES[Paper.COUNT], Paper.COUNT)
    with pytest.raises(Refused):
        await face.all_written([*drafts(), Draft(Paper.COUNT, "a.docx", LAYOUT, wrong, told)])
