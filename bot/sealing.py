"""Files sealed to the keys of those who may read them, in the form of age (age-encryption.org/v1).

Which file is sealed, to whom and when is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO, NewType

SUFFIX = ".age"
"""Ends the name of a sealed file."""
PUBLIC, SECRET = "age1", "AGE-SECRET-KEY-1"
"""How a public key begins, and its secret half."""
BEGINS = b"age-encryption.org/v1\n"
"""How a sealed file begins, whatever its name."""

Recipient = NewType("Recipient", object)
"""A key to which files are sealed; who has its secret half reads them."""


class KeyFaultError(ValueError):
    """What was given is no key, or not one that fits; the word given is never told."""


class UnsealingError(Exception):
    """A sealed file was changed or cut off: what is in it must not be trusted."""


def _age() -> Any:
    """What seals and opens; most runs of the program do neither."""
    import pyrage  # noqa: PLC0415 - heavy, and seldom needed

    return pyrage


def recipients(words: Iterable[str]) -> tuple[Recipient, ...]:
    """The public keys (age1…) written so; refuses (KeyFaultError) what is none."""
    age = _age()
    try:
        return tuple(Recipient(age.x25519.Recipient.from_str(word)) for word in words)
    except age.RecipientError as error:
        raise KeyFaultError from error


def keys_in(text: str) -> tuple[str, ...]:
    """What a file of keys lists, one a line; lines that begin with # say something to people."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def new_identity() -> tuple[str, str]:
    """A fresh pair: the secret half, as a file of it holds it, and the public key."""
    made = _age().x25519.Identity.generate()
    public = str(made.to_public())
    return f"# public key: {public}\n{made}\n", public


def is_sealed(path: Path) -> bool:
    """Whether a file is a sealed one, by what it holds and not by its name."""
    with path.open("rb") as file:
        return file.read(len(BEGINS)) == BEGINS


def seal(source: BinaryIO, target: BinaryIO, to: Iterable[Recipient]) -> None:
    """Write what the source holds to the target so that only these can read it; a piece at a time."""
    _age().encrypt_io(source, target, list(to))


def unseal(source: BinaryIO, target: BinaryIO, identity: str) -> None:
    """Write what a sealed source holds to the target; `identity` is the text of a file of secret keys.

    Refuses (KeyFaultError) an identity that is none or to which it is not sealed, and (UnsealingError)
    a source that was changed or cut off: then what was written must be thrown away.
    """
    age = _age()
    try:
        age.decrypt_io(source, target, _identities(identity))
    except age.DecryptError as error:
        raise KeyFaultError from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise UnsealingError from error


def _identities(text: str) -> list[Any]:
    age = _age()
    try:
        found = [age.x25519.Identity.from_str(line) for line in keys_in(text)]
    except age.IdentityError as error:
        raise KeyFaultError from error
    if not found:
        raise KeyFaultError
    return found
