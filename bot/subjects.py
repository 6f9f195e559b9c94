"""Every subject of the house, imported so that each enters its acts, forms, cards and due moments by itself.

So does what the kit answers for all of them. Nothing else is done here; whoever runs the house imports this once.
"""

from importlib import import_module
from pkgutil import walk_packages

from bot import (
    calendar,
    committees,
    consultations,
    counting,
    dossiers,
    home,  # noqa: F401 - the first screen enters its own presses
    issuing,
    kit,
    lists,  # noqa: F401 - and so do the lists
    meetings,
    notices,
    owed,
    papers,
    people,
    reports,
    sheets,
    votes,
)

SUBJECTS = (
    people,
    calendar,
    issuing,
    owed,
    counting,
    consultations,
    meetings,
    votes,
    reports,
    notices,
    committees,
    papers,
    sheets,
    dossiers,
)

for package in (kit, *SUBJECTS):
    for module in walk_packages(package.__path__, f"{package.__name__}."):
        import_module(module.name)
