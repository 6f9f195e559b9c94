"""A classification mark stops the form; an ordinary word with the same syllable does not."""

import unicodedata

import pytest

from bot.values.secrecy import secrecy_mark

MARKED = [
    ("MẬT", "MẬT"),
    ("Mật", "MẬT"),
    ("mật", "MẬT"),
    ("(mật) Phương án nhân sự", "MẬT"),
    ("[Mật] Phương án", "MẬT"),
    ("Mật: Phương án phòng thủ", "MẬT"),
    ("Phương án phòng thủ - mật", "MẬT"),
    ("Phương án phòng thủ MẬT", "MẬT"),
    ("BÁO CÁO MẬT", "MẬT"),
    ("Gửi tài liệu mật cho ý kiến", "MẬT"),
    ("Công văn mật số 05", "MẬT"),
    ("M Ậ T", "MẬT"),
    ("ＭẬＴ", "MẬT"),
    ("M\u200bẬT", "MẬT"),
    ("TỐI MẬT", "TỐI MẬT"),
    ("Tờ trình (Tối mật)", "TỐI MẬT"),
    ("Danh mục tài liệu tối mật", "TỐI MẬT"),
    ("TOI MAT", "TỐI MẬT"),
    ("Tờ trình TOI  MAT", "TỐI MẬT"),
    ("TUYỆT MẬT", "TUYỆT MẬT"),
    ("Kế hoạch tuyệt mật", "TUYỆT MẬT"),
    ("MẬT và TUYỆT MẬT", "TUYỆT MẬT"),
    ("TOI_MAT.pdf", "TỐI MẬT"),
    ("toi-mat.docx", "TỐI MẬT"),
    ("ToiMat.docx", "TỐI MẬT"),
    ("TOIMAT_05.pdf", "TỐI MẬT"),
    ("Tuyet_Mat_ke_hoach.docx", "TUYỆT MẬT"),
    ("MAT.pdf", "MẬT"),
    ("mat.pdf", "MẬT"),
    ("MAT_danh_sach.pdf", "MẬT"),
    ("MAT_tran_danh.pdf", "MẬT"),
    ("05-BC-MAT.pdf", "MẬT"),
    ("bao_cao_mat.pdf", "MẬT"),
    ("Báo cáo mật.pdf", "MẬT"),
    ("ke hoach (mat).docx", "MẬT"),
    ("phương án mật 2026.docx", "MẬT"),
]

ORDINARY = [
    "",
    "Chương trình công tác quý II",
    "Mật độ dân số tỉnh năm 2026",
    "MẬT ĐỘ DÂN SỐ",
    "Phát triển nghề nuôi ong lấy mật ong",
    "Quy định về bảo vệ bí mật nhà nước",
    "QUY CHẾ BẢO MẬT THÔNG TIN",
    "Công tác cơ mật và mật mã",
    "Đổi mật khẩu hệ thống",
    "Quan hệ mật thiết với nhân dân",
    "Đồng chí Trần Văn Mật",
    "Mặt trận Tổ quốc Việt Nam",
    "HỘI NGHỊ MẶT TRẬN",
    "Buổi tối, mật độ giao thông cao",
    "buổi tối mật độ xe tăng",
    "toi mat vi",
    "Tuyệt đối bảo mật",
    "Tối nay họp",
    "mat_tran_to_quoc.pdf",
    "MAT_TRAN.pdf",
    "danh_sach_vang_mat.xlsx",
    "DANH SACH VANG MAT.xlsx",
    "gap_mat_dau_xuan.docx",
    "Mật độ dân số.docx",
    "bao_mat.pdf",
    "MAT_DO_DAN_SO.pdf",
    "format.pdf",
    "MATHS.pdf",
]


@pytest.mark.parametrize(("text", "mark"), MARKED)
def test_a_mark_is_found(text: str, mark: str) -> None:
    assert secrecy_mark(text) == mark


@pytest.mark.parametrize(("text", "mark"), MARKED)
def test_a_mark_is_found_in_decomposed_letters(text: str, mark: str) -> None:
    assert secrecy_mark(unicodedata.normalize("NFD", text)) == mark


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_word_is_no_mark(text: str) -> None:
    assert secrecy_mark(text) is None
