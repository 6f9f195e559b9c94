"""Papers and years in a dossier: what they say is what the record says, and whatever says otherwise is named."""

from __future__ import annotations

import asyncio
import io
import json
import re
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.consultations import face as consultations
from bot.dossiers.checking import Fault, checked
from bot.dossiers.packing import Wanted, contents, packed, with_papers, with_pictures
from bot.dossiers.paper_text import UNREADABLE, lines_of, plain
from bot.dossiers.places import INDEX, RECORD, of_paper
from bot.kit.unit import Context
from bot.meetings import face as meetings
from bot.reports import overview as reports
from simulator import story
from simulator.rehearsal import play
from tests.dossiers.test_dossier import MEETING, SEVERAL, STORIES, leaves, redrawn, sealed, unpacked
from tests.dossiers.test_hostile import ODD

DIVIDED = STORIES / "hu_differ_to_meeting.toml"
YEAR = STORIES / "t_qn_tables_of_a_matter_a_meeting_a_year.toml"
COUNT = "van-ban/Biên bản kiểm phiếu - số 1.docx"
TABLE = "van-ban/Bảng tổng hợp ý kiến - số 1.docx"


def drawn(path: Path, year: int | None = None) -> bytes:
    """The dossier of all that a story has come to, with its papers, its year and its pictures."""
    made = list[bytes]()

    async def look(context: Context) -> None:
        async with context.look() as work:
            matters = await consultations.ids_of_committee(work.tx, 1, 10)
            held = await meetings.ids_of_committee(work.tx, 1, 10)
            duties = await reports.ids_of(work.tx, 1, 2026) if year else []
        years = (year,) if year else ()
        told = await contents(context, 1, Wanted(tuple(matters), tuple(held), tuple(duties), years))
        made.append(packed(await with_pictures(await with_papers(context, told))))

    asyncio.run(play(story.read(path), path, look=look))
    return made[0]


@pytest.fixture(scope="module")
def year() -> bytes:
    return drawn(YEAR, 2026)


@pytest.fixture(scope="module")
def meeting() -> bytes:
    return drawn(MEETING)


def with_document(paper: bytes, words: bytes) -> bytes:
    """A paper on which other words stand."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(paper)) as before, zipfile.ZipFile(made, "w") as after:
        for part in before.infolist():
            document = part.filename == "word/document.xml"
            after.writestr(part, words if document else before.read(part))
    return made.getvalue()


def reworded(paper: bytes, was: str, becomes: str) -> bytes:
    """A paper in which somebody has typed something else, wherever it stands."""
    words = zipfile.ZipFile(io.BytesIO(paper)).read("word/document.xml")
    assert was.encode() in words
    return with_document(paper, words.replace(was.encode(), becomes.encode()))


@pytest.mark.parametrize("path", [SEVERAL, DIVIDED])
def test_every_paper_of_a_dossier_tells_what_its_record_does(path: Path) -> None:
    content = drawn(path)
    found = checked(content)
    assert found.faults == ()
    assert found.untold == ()
    assert found.papers == sum(name.startswith("van-ban/") for name in unpacked(content))
    assert found.by_line == found.papers >= 3


@pytest.mark.parametrize(
    ("name", "was", "becomes", "told"),
    [
        (COUNT, ">2/3<", ">3/3<", "Tán thành 2 2/3"),
        (COUNT, ">2<", ">3<", "Tán thành 2 2/3"),
        (
            COUNT,
            "thu về: 3;",
            "thu về: 4;",
            "Số phiếu phát ra: 3; số phiếu thu về: 3; số phiếu hợp lệ: 3; số phiếu không hợp lệ: 0.",
        ),
        (COUNT, "danh sách: 3", "danh sách: 4", "Tổng số ủy viên trong danh sách: 3."),
        (
            COUNT,
            "Kết luận: thông qua",
            "Kết luận: không thông qua",
            "Kết luận: thông qua (Điều 8.2.2 Quy chế).",
        ),
        (
            TABLE,
            "Lê Văn Cường",
            "Lê Văn Cương",
            "3 Lê Văn Cường Tán thành 09 giờ 30, thứ Hai, 02/03/2026",
        ),
        (
            TABLE,
            ">Không tán thành<",
            ">Tán thành<",
            "2 Trần Thị Bình Không tán thành 09 giờ 00, thứ Hai, 02/03/2026",
        ),
        (TABLE, "@Đề nghị bổ sung kinh phí", "Nhất trí", "@Đề nghị bổ sung kinh phí"),
        (TABLE, "quý II", "quý III", "Đảng đoàn về =1+1 Chương trình công tác quý II"),
    ],
)
def test_a_number_a_name_or_words_changed_on_a_paper_are_named(
    year: bytes, name: str, was: str, becomes: str, told: str
) -> None:
    files = unpacked(year)
    forged = sealed({**files, name: reworded(files[name], was, becomes)})
    assert f"{name}: {told}"[:200] in {each.where for each in checked(forged).faults}


REPORT = "van-ban/Báo cáo ý kiến khác nhau - số 1.docx"
MINUTES = "van-ban/Biên bản họp - số 1.docx"
BALLOTS = "van-ban/Biên bản kiểm phiếu kín - số 1.docx"
COUNTED = (
    "Tán thành 2, không tán thành 2, ý kiến khác 0; cần 4/5. Kết quả: báo cáo cấp trên "
    "(Điều 8.2.2, 7.2 Quy chế)."
)


@pytest.mark.parametrize(
    ("name", "was", "becomes", "told"),
    [
        (MINUTES, "án thành 2, không", "án thành 3, không", COUNTED),
        (MINUTES, "Kết luận: Báo cáo", "Kết luận: Không báo cáo", "Kết luận: Báo cáo cấp trên."),
        (MINUTES, "Ba ý kiến", "Hai ý kiến", "Ba ý kiến về tiến độ"),
        (MINUTES, ">Vắng<", ">Có mặt<", "5 Vũ Văn Em Ủy viên Vắng"),
        (BALLOTS, ">4/5<", ">5/5<", "Tán thành 4 4/5"),
        (BALLOTS, "thành 4, không", "thành 5, không", "Tán thành 4, không tán thành 0; cần 4/5."),
        (REPORT, "Trần Thị Bình", "Trần Thị Bính", "Trần Thị Bình: không tán thành"),
        (REPORT, "cần 4/5", "cần 3/5", COUNTED),
        (
            REPORT,
            "Điều 7.2 Quy chế làm",
            "Điều 7.3 Quy chế làm",
            "Căn cứ Điều 7.2 Quy chế làm việc",
        ),
    ],
)
def test_whatever_the_record_tells_on_a_paper_of_a_meeting_is_named_when_it_is_changed(
    meeting: bytes, name: str, was: str, becomes: str, told: str
) -> None:
    files = unpacked(meeting)
    (fault,) = checked(sealed({**files, name: reworded(files[name], was, becomes)})).faults
    assert fault.kind == "paper"
    assert fault.where.startswith(f"{name}: {told}")


def test_two_lines_that_have_changed_places_are_named(meeting: bytes) -> None:
    files = unpacked(meeting)
    report = reworded(files[REPORT], "Trần Thị Bình", "\ue002")
    report = reworded(
        reworded(report, "Hoàng Thị Dung", "Trần Thị Bình"), "\ue002", "Hoàng Thị Dung"
    )
    first, *_ = checked(sealed({**files, REPORT: report})).faults
    assert first == Fault("paper", f"{REPORT}: Hoàng Thị Dung: không tán thành")


UNTOLD = re.compile(
    r"(ngày \d\d tháng \d+ năm \d{4}"  # of the paper itself
    r"|Mã đối chiếu sổ theo dõi: .*"
    r"|Biên bản lập lúc .*)$",
    re.IGNORECASE,
)
"""Where a record tells no number, by hand: the day of a paper, how far the register was, when it was drawn up."""


@pytest.mark.parametrize("of", ["year", "meeting"])
def test_no_number_on_a_paper_can_be_changed_unnamed_beside_those_that_no_record_tells(
    of: str, request: pytest.FixtureRequest
) -> None:
    files, tried = unpacked(request.getfixturevalue(of)), 0
    for name in (each for each in files if each.startswith("van-ban/")):
        words = zipfile.ZipFile(io.BytesIO(files[name])).read("word/document.xml").decode()
        for run in re.finditer(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", words):
            for number in re.finditer(r"\d+", run[1]):
                untold = UNTOLD.search(run[1])
                if untold and untold.start() <= number.start():
                    continue
                place = run.start(1) + number.start()
                other = str(int(number[0]) + 1)
                changed = words[:place] + other + words[place + len(number[0]) :]
                paper = with_document(files[name], changed.encode())
                assert checked(sealed({**files, name: paper})).faults, (name, run[1], number[0])
                tried += 1
    assert tried > 100


def test_of_papers_by_another_edition_the_facts_are_compared(meeting: bytes) -> None:
    files = unpacked(meeting)
    record = json.loads(files[RECORD])
    record["page"]["papers"] = "0" * 64
    files[RECORD] = json.dumps(record).encode()
    found = checked(redrawn(files))
    assert (found.faults, found.papers, found.by_line) == ((), 5, 0)
    for was, becomes, told in (
        ("Trần Thị Bình", "Trần Thị Bính", "Trần Thị Bình, không tán thành"),
        ("1. Kế hoạch", "1. Dự án", "Kế hoạch"),
    ):
        forged = {**files, REPORT: reworded(files[REPORT], was, becomes)}
        assert Fault("paper", f"{REPORT}: {told}") in checked(redrawn(forged)).faults


def test_what_the_office_s_own_template_leaves_out_is_told_and_is_no_fault(
    year: bytes, tmp_path: Path
) -> None:
    files = unpacked(year)
    record = json.loads(files[RECORD])
    for each in record["papers"]:
        each["own_template"] = True
    forged = {**files, COUNT: reworded(files[COUNT], ">2/3<", "><")}
    found = checked(redrawn({**forged, RECORD: json.dumps(record).encode()}))
    assert found.faults == ()
    assert found.untold == (f"{COUNT}: tán thành, 2/3",)
    path = tmp_path / "a.zip"
    path.write_bytes(redrawn({**forged, RECORD: json.dumps(record).encode()}))
    done = CliRunner().invoke(main, ["verify", str(path)])
    assert done.exit_code == 0, done.output
    assert f"  – {COUNT}: tán thành, 2/3" in done.output.splitlines()


def test_papers_in_a_dossier_speak_the_words_of_the_rule_book_that_their_matter_went_by(
    tmp_path: Path,
) -> None:
    # The committee goes by another one since, which calls the same ground otherwise.
    books = tmp_path / "books"
    books.mkdir()
    for name in ("chi_uy_truoc.toml", "chi_uy_sau.toml"):
        (books / name).write_bytes((STORIES / "books" / name).read_bytes())
    own = '\n[words]\naddress = "Ông/Bà"\nground = { cannot_meet = "khi không họp được" }\n'
    with (books / "chi_uy_sau.toml").open("a", encoding="utf-8") as book:
        book.write(own)
    path = tmp_path / "story.toml"
    path.write_bytes((STORIES / "y_rule_book_replaced.toml").read_bytes())
    made = list[bytes]()

    async def look(context: Context) -> None:
        told = await contents(context, 1, Wanted((1,)))
        made.append(packed(await with_papers(context, told)))

    asyncio.run(play(story.read(path), path, look=look))
    found = checked(made[0])
    assert (found.faults, found.by_line) == ((), 3)


@pytest.mark.parametrize("content", [b"", b"x", b"PK\x03\x04"])
def test_a_paper_that_cannot_be_read_is_named(year: bytes, content: bytes) -> None:
    faults = checked(sealed({**unpacked(year), COUNT: content})).faults
    assert Fault("paper_unread", COUNT) in faults


def test_a_paper_that_no_fact_names_is_named(year: bytes) -> None:
    files = unpacked(year)
    forged = sealed({**files, "van-ban/Nghị quyết.docx": files[COUNT]})
    assert Fault("unnamed", "van-ban/Nghị quyết.docx") in checked(forged).faults


def test_a_document_that_declares_entities_is_not_read() -> None:
    words = '<!DOCTYPE a [<!ENTITY b "x">]><w:document xmlns:w="w"><w:t>&b;</w:t></w:document>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as whole:
        whole.writestr("word/document.xml", words)
    with pytest.raises(UNREADABLE):
        lines_of(made.getvalue())


def test_words_are_compared_however_their_letters_are_put_together() -> None:
    assert plain("Tiê\u0301n\n\u200bđộ") == "Tiến độ"


def test_two_papers_of_one_name_lie_beside_each_other() -> None:
    taken = {"van-ban/Biên bản họp.docx": b"", "van-ban/Biên bản họp (2).docx": b""}
    assert of_paper("Biên bản họp.docx", {}) == "van-ban/Biên bản họp.docx"
    assert of_paper("Biên bản họp.docx", taken) == "van-ban/Biên bản họp (3).docx"


# --- the year ----------------------------------------------------------------------------------------


def test_a_year_lies_in_its_dossier_as_pictures_that_say_their_numbers_in_words(
    year: bytes,
) -> None:
    found = checked(year)
    assert (found.faults, found.page) == ((), True)
    files = unpacked(year)
    pictures = [name for name in files if name.startswith("hinh/")]
    assert pictures == ["hinh/Nam 2026 - 1.png", "hinh/Nam 2026 - 2.png"]
    assert all(files[name].startswith(b"\x89PNG") for name in pictures)
    page = files[INDEX].decode()
    assert 'src="hinh/Nam%202026%20-%201.png"' in page
    for words in (
        "1. =1+1 Chương trình công tác quý II: thông qua, 3 ngày.",
        "Nguyễn Văn An 1/1; Trần Thị Bình 1/1; Lê Văn Cường 0/1, vắng khác 1.",
        "tháng 3: chưa đến hạn 3; tháng 6: chưa đến hạn 7; tháng 12: chưa đến hạn 7.",
    ):
        assert words in page


def test_what_was_compared_of_papers_and_years_is_told_and_what_was_not(
    year: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(year)
    done = CliRunner().invoke(main, ["verify", str(path)])
    assert done.exit_code == 0, done.output
    told = done.output.splitlines()
    assert any("3 tệp đã dựng lại từ record.json" in line for line in told)
    assert not any("chỉ so được các dữ kiện" in line for line in told)
    (numbers,) = [line for line in told if line.startswith("Số liệu cả năm 2026:")]
    assert "hình có vẽ đúng các số ấy hay không" in numbers
    assert any("tên của tập thể; hồ sơ lập lúc nào" in line for line in told)


def test_reports_of_one_day_are_told_apart_by_their_periods_and_files_can_be_opened(
    year: bytes,
) -> None:
    page = unpacked(year)[INDEX].decode()
    first, second = (
        "Kết quả thực hiện nhiệm vụ ở lĩnh vực được phân công (Điều 3.7), quý II/2026",
        "Kết quả thực hiện nhiệm vụ ở lĩnh vực được phân công (Điều 3.7), 6 tháng đầu năm 2026",
    )
    assert page.count(first) == page.count(second) == 3
    assert f'<a href="{quote(COUNT)}">{COUNT}</a>' in page


def test_the_day_of_a_report_that_was_given_more_time_is_the_one_granted() -> None:
    page = unpacked(drawn(STORIES / "q_qn_extension.toml", 2026))[INDEX].decode()
    assert "quý I/2026</td><td>Trần Thị Bình</td><td>06/4/2026 (thứ Hai)</td>" in page
    assert "quý I/2026</td><td>Lê Văn Cường</td><td>31/3/2026 (thứ Ba)</td>" in page


def test_a_matter_and_a_meeting_have_no_picture(meeting: bytes) -> None:
    assert [name for name in unpacked(meeting) if name.startswith("hinh/")] == []


def test_a_picture_and_a_number_of_a_year_that_were_changed_are_named(
    year: bytes,
) -> None:
    of_a_meeting = drawn(MEETING, 2026)
    assert (checked(of_a_meeting).faults, checked(of_a_meeting).votes) == ((), 2)
    files = unpacked(year)
    picture = "hinh/Nam 2026 - 1.png"
    faults = checked(sealed({**files, picture: files["hinh/Nam 2026 - 2.png"]})).faults
    assert faults == (Fault("picture", "2026"),)
    for content, part, place, name, value in (
        (of_a_meeting, "members", 4, "came", 1),
        (of_a_meeting, "members", 0, "name", "Nguyễn Văn Ánh"),
        (year, "matters", 0, "state", "not_adopted"),
        (year, "matters", 0, "subject", "Khác"),
        (year, "matters", 0, "days", 2),
        (year, "matters", 0, "number", 2),
        (year, "duties", 2, "counts", {"on_time": 3, "late": 0, "missing": 0, "not_due": 0}),
    ):
        files = unpacked(content)
        record = json.loads(files[RECORD])
        (told,) = record["years"]
        assert told[part][place][name] != value
        told[part][place][name] = value
        forged = redrawn({**files, RECORD: json.dumps(record).encode()})
        assert checked(forged).faults == (Fault("year", "2026"),)


def test_an_odd_value_in_what_is_told_of_papers_is_a_fault_and_raises_nothing_in_page_and_years(
    year: bytes,
) -> None:
    files = unpacked(year)
    told = json.loads(files[RECORD])
    parts = {name: told[name] for name in ("page", "papers", "years")}
    for place, path in enumerate(leaves(parts)):
        record = json.loads(files[RECORD])
        inner = record
        for key in path[:-1]:
            inner = inner[key]
        was, inner[path[-1]] = inner[path[-1]], ODD[place % len(ODD)]
        found = checked(sealed({**files, RECORD: json.dumps(record).encode()}))
        if path[0] == "papers" and path[-1] != "own_template" and inner[path[-1]] != was:
            assert found.faults, path


def test_a_paper_of_a_content_that_there_is_none_of_is_named(year: bytes) -> None:
    files = unpacked(year)
    for name, value in (("content", 7), ("of", "consultation:99"), ("path", "van-ban/x.docx")):
        record = json.loads(files[RECORD])
        record["papers"][0][name] = value
        forged = redrawn({**files, RECORD: json.dumps(record).encode()})
        kinds = {each.kind for each in checked(forged).faults}
        assert "paper_unread" in kinds
