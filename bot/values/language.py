"""The languages in which the command line speaks. Nothing is chosen here, and the chats know Vietnamese alone."""

from enum import StrEnum


class Language(StrEnum):
    """A language, by its code; its words lie in the folder of that name in templates/cli."""

    VIETNAMESE = "vi"
    ENGLISH = "en"
