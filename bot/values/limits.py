"""How much is taken of what people type and send; one place for every limit. Messages name these numbers."""

from __future__ import annotations

# --- files -----------------------------------------------------------------------------------

FILE_LIMIT = 20 * 1024 * 1024
"""Bytes of one file: Telegram lets a bot fetch files up to 20 MB."""
TEXT_FILE_LIMIT = 1024 * 1024
"""Bytes of a file written as text: a rule book, a story, settings; the longest of ours has a fiftieth of it."""
ROSTER_LIMIT = 5 * 1024 * 1024
"""Bytes of a roster's file."""
TEMPLATE_LIMIT = 4 * 1024 * 1024
"""Bytes of the template of a paper; ours take some forty thousand."""
MOST_FILES = 10
"""Files of one form."""

FEWEST_CONTENTS = 2
MOST_CONTENTS = 20
"""Contents of one slip that has several: each is a line of its card and a button."""

# --- names and lines -------------------------------------------------------------------------

SUBJECT_LIMIT = 300
"""Characters of the name of a matter, an item, a notice, a report: one line at the top of a card."""
URGENT_SUBJECT_LIMIT = 200
"""Characters of an urgent decision that name it on an agenda; the whole stands beside them."""
PERSON_NAME_LIMIT = 100
"""Characters of the name of a person or an agency of a committee."""
GUEST_NAME_LIMIT = 100
"""Characters of the name of a guest typed for one meeting."""
VOTED_NAME_LIMIT = 80
"""Characters of a name put to the vote: every name of a list is a line of its card and a button."""
COMMITTEE_NAME_LIMIT = 200
"""Characters of a committee's name."""
CELL_LIMIT = 500
"""Characters of one cell of a roster."""
SOUGHT_NAME_LIMIT = 100
"""Characters of a name looked for; none is longer."""
SOUGHT_LIMIT = 100
"""Characters of what is looked for in everything that is kept."""
DAYS_NAME_LIMIT = 120
"""Characters that are kept of the name of days off."""
PLACE_LIMIT = 200
"""Characters of the place of a meeting."""
ADDRESSEE_LIMIT = 120
"""Characters of whom a report goes to."""
DUE_RULE_LIMIT = 60
"""Characters of a committee's own due day, such as "5 tháng sau"."""
FILE_STEM_LIMIT = 60
"""Characters of a file's name before its ending: Telegram keeps no more, and cuts what is behind them."""
FILE_NAME_LIMIT = 200
"""Characters that are kept of a file's name."""

# --- buttons ---------------------------------------------------------------------------------

LABEL_LIMIT = 32
"""Characters of a button that a phone shows whole, alone in its row; buttons side by side share them."""

# --- words -----------------------------------------------------------------------------------

REPLY_LIMIT = 100_000
"""Characters of a reply in writing: a member's words are kept whole, over as many messages as they take."""
ASKED_TEXT_LIMIT = 20_000
"""Characters of the text that is asked about, and of the reason of a special case; longer ones are files."""
OPINION_LIMIT = 4_000
"""Characters of a differing opinion upon a vote in the room."""
NOTICE_LIMIT = 3_000
"""Characters of a notice: it stands on one card; what is longer goes into a file."""
REASON_LIMIT = 2_000
"""Characters of a reason."""
AD_HOC_WORDS_LIMIT = 2_000
"""Characters of what a report asked for by hand is to say."""
SHORT_REASON_LIMIT = 1_000
"""Characters of a reason that one person is told."""
QUESTION_LIMIT = 1_000
"""Characters of a question to a member or a body, which takes the place of an item's name."""
