"""Who may stand on a counting board."""

from bot.counting.rules.board import Board, may_stand


def test_nobody_stands_on_a_board_twice() -> None:
    refusal = may_stand(("Lê Văn Cường", "Bùi Thị Hoa", "lê  văn cường"))
    assert refusal is not None
    assert (refusal.kind, refusal.values["name"]) == ("board_twice", "lê  văn cường")
    assert may_stand(("Bùi Thị Hoa",), already=("Lê Văn Cường", "Bùi Thị Hoa")) is not None
    assert may_stand(("Bùi Thị Hoa", "Bùi Thị Hoà"), already=("Lê Văn Cường",)) is None


def test_fifteen_names_are_taken_at_once_and_no_more() -> None:
    names = [f"Đinh Văn {number:02d}" for number in range(1, 17)]
    assert may_stand(names[:15]) is None
    refusal = may_stand(names)
    assert refusal is not None
    assert refusal.values == {"count": 16, "limit": 15}


def test_everybody_on_a_board_is_named_once_its_head_first() -> None:
    board = Board("Lê Văn Cường", ("Bùi Thị Hoa",), ("Phạm Thị Dung",))
    assert board.names == ("Lê Văn Cường", "Bùi Thị Hoa", "Phạm Thị Dung")
