"""The page on the fields of templates tells every paper and every field: how it is named, its meaning, an example."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.issuing.rules.letterhead import Paper
from bot.rendering import shared_rendering
from bot.typesetting import offered
from bot.typesetting.fields import LIST, Group, groups_of
from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "truong-mau-van-ban.md"
LONGEST = 60
VARIABLES = ("each", "one")
INTRODUCTION = """# Trường trong mẫu văn bản

Trang này dành cho người sửa mẫu văn bản bằng Word: trong mẫu gọi được những trường nào, mỗi trường là gì. Lấy mẫu ra
bằng `dongthuan papers export THƯ_MỤC`, sửa, kiểm tra bằng `dongthuan papers check TỆP`, rồi dùng bằng
`dongthuan papers use TỆP` ([vận hành](van-hanh.md)). Kiểm tra đọc mọi nhánh của mẫu, cả nhánh không có văn bản nào
thử tới, và báo từng trường không có kèm đoạn chữ bên cạnh.

Trang được lập từ tệp `templates/papers/fields.toml`; một bài kiểm tra giữ cho trang, tệp và văn bản khớp nhau.

## Cách viết

- Một trường: gõ `{{ subject }}` ngay trong câu. Giữ nguyên hai dấu ngoặc nhọn mỗi bên; chữ đậm, nghiêng, cỡ chữ
  là của Word.
- Chỉ in khi có: `{{ ", " ~ place if place }}` trong câu; cả đoạn thì đặt `{%p if place %}` và
  `{%p endif %}`, mỗi thẻ một đoạn riêng.
- Lặp theo đoạn: `{%p for each in recipients %}`, đoạn có `{{ each }}`, rồi `{%p endfor %}`, mỗi thẻ một đoạn riêng.
- Lặp theo hàng của bảng: `{%tr for each in rows %}` trong một hàng, hàng có `{{ each.name }}`, rồi
  `{%tr endfor %}` trong một hàng.
- Cột «Trong vòng lặp» cho biết phải lặp gì trước khi gọi trường; `each`, `one` là tên tự đặt.
- Trường trống vẫn gọi được và không in gì. Mẫu không tính toán: số liệu đã tính sẵn.

## Văn bản nào có nhóm trường nào

| văn bản | tên mẫu | nhóm trường |
|---|---|---|
"""


def called(path: str) -> tuple[str, str]:
    """How a template names a field, and within which loops: "ballots[].lines[].what" is `one.what` in two."""
    *lists, last = path.split(LIST)
    loops, of = [], ""
    for variable, name in zip(VARIABLES, lists, strict=False):
        bare = name.removeprefix(".")
        inside = f'{of}["{bare}"]' if bare == "items" and of else f"{of}.{bare}" if of else bare
        loops.append(f"`{variable} in {inside}`")
        of = variable
    return f"`{{{{ {of}{last} }}}}`", ", ".join(loops)


def example(papers: Sequence[Paper], path: str) -> str:
    """The first of the invented papers that fills it, cut where it is long."""
    views = [view for paper in papers for view in offered.samples(paper).values()]
    found = (each for view in views for each in _at(view, path))
    value = next((each for each in found if each not in ("", [])), "")
    if isinstance(value, bool):
        return "có" if value else "không"
    words = " ".join(str(value).split()).replace("|", "\\|")
    return f"{words[:LONGEST].rstrip()} …" if len(words) > LONGEST else words


def _at(value: Any, path: str) -> Iterator[Any]:
    name, _, below = path.partition(".")
    if not path:
        yield value
    elif isinstance(value, Mapping) and name.removesuffix(LIST) in value:
        inside = value[name.removesuffix(LIST)]
        for each in inside if name.endswith(LIST) else [inside]:
            yield from _at(each, below)


def groups() -> dict[str, tuple[Group, list[Paper]]]:
    """Each group, whole, with the papers that have it: where two tell one field, one paper has it of the first."""
    found: dict[str, tuple[Group, list[Paper]]] = {}
    for paper in Paper:
        for group in groups_of(paper):
            before, papers = found.get(group.title, (group, []))
            whole = max(before, group, key=lambda each: len(each.fields))
            found[group.title] = whole, [*papers, paper]
    return found


def of_group(group: Group, papers: Sequence[Paper]) -> Iterator[str]:
    """A group as a table."""
    yield f"\n## {group.title}\n"
    yield "| gọi bằng | trong vòng lặp | nghĩa | ví dụ |\n|---|---|---|---|"
    for path, means in group.fields.items():
        named, loops = called(path)
        yield f"| {named} | {loops} | {means} | {example(papers, path)} |"


def page() -> str:
    """The whole page, as it is to stand."""
    say = shared_rendering()
    rows = []
    for paper in Paper:
        titles = "; ".join(group.title for group in groups_of(paper))
        rows.append(f"| {say.label(f'paper.{paper.value}')} | `{paper.value}` | {titles} |")
    told = [line for group, papers in groups().values() for line in of_group(group, papers)]
    return INTRODUCTION + "\n".join([*rows, *told]) + "\n"


def test_the_page_tells_every_field_of_every_paper() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_field_has_an_example() -> None:
    # What is empty in every invented paper would leave its reader to guess.
    empty = {
        path
        for group, papers in groups().values()
        for path in group.fields
        if not example(papers, path)
    }
    assert empty == set()


def test_a_field_within_two_loops_is_named_by_the_inner_one() -> None:
    assert called("heading.issuer") == ("`{{ heading.issuer }}`", "")
    assert called("recipients[]") == ("`{{ each }}`", "`each in recipients`")
    assert called("letters[].items[].subject") == (
        "`{{ one.subject }}`",
        '`each in letters`, `one in each["items"]`',
    )
