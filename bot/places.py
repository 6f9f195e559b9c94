"""Where the data that ships with the program lies, in a checkout and in an installed wheel.

Nothing here reads that data, and a committee's own files are never looked for here.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "_data"
_CHECKOUT = _PACKAGE.parent


def regulations_dir() -> Path:
    """Give the folder of the rule books that ship with the program."""
    return _folder("regulations")


def models_dir() -> Path:
    """Give the folder of rule books that are to be copied: nobody decides by them as they are."""
    return regulations_dir() / "mau"


def templates_dir() -> Path:
    """Give the folder of the message and paper templates."""
    return _folder("templates")


def _folder(name: str) -> Path:
    """Prefer what was packed into the wheel; a checkout has no such folder inside the package."""
    packed = _SHIPPED / name
    return packed if packed.is_dir() else _CHECKOUT / name
