"""`dongthuan rehearse --first`: a story out of a rule book, kept where it is asked for, and what it refuses."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from bot.__main__ import main
from simulator import story


def test_a_model_is_rehearsed_and_its_story_kept_beside_it(tmp_path: Path) -> None:
    kept = tmp_path / "dien_tap"
    result = CliRunner().invoke(main, ["rehearse", "--first", "chi_bo", "--to", str(kept)])
    assert result.exit_code == 0, result.output
    assert "  cần đạt: 3/5 tán thành (Điều 4.1); tính được: 4\n" in result.output
    assert "  người không trả lời: không có ý kiến (Điều 3)\n" in result.output
    assert sorted(each.name for each in kept.iterdir()) == ["dien_tap_chi_bo.toml", "quy_che.toml"]
    assert story.read(kept / "dien_tap_chi_bo.toml").body == "chi_bo"

    again = CliRunner().invoke(main, ["rehearse", "--first", "chi_bo", "--to", str(kept)])
    assert again.exit_code == 2
    assert "không tệp nào bị thay thế" in again.stderr


def test_what_cannot_be_rehearsed_is_told(tmp_path: Path) -> None:
    (tmp_path / "loi.toml").write_text('id = "loi"\n', encoding="utf-8")
    for named in (str(tmp_path / "loi.toml"), "khong_co"):
        result = CliRunner().invoke(main, ["rehearse", "--first", named])
        assert result.exit_code == 2
        assert "lỗi" in result.stderr
    assert CliRunner().invoke(main, ["rehearse"]).exit_code == 2
    assert CliRunner().invoke(main, ["rehearse", "x.toml", "--first", "chi_bo"]).exit_code == 2
    assert CliRunner().invoke(main, ["rehearse", "x.toml", "--to", "x"]).exit_code == 2
