"""Every subject of the house, imported so that each enters its acts, forms, cards and due moments by itself.

Nothing else is done here; whoever runs the house imports this once.
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

for subject in SUBJECTS:
    for module in walk_packages(subject.__path__, f"{subject.__name__}."):
        import_module(module.name)
