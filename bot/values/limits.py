"""How much is taken of what people type and send; one place for every limit. Messages name these numbers."""

from __future__ import annotations

FILE_LIMIT = 20 * 1024 * 1024
"""Bytes of one file: Telegram lets a bot fetch files up to 20 MB."""
MOST_FILES = 10
"""Files of one form."""
SUBJECT_LIMIT = 300
"""Characters of the name of a matter, an item, a notice, a report."""
REASON_LIMIT = 2_000
"""Characters of a reason."""
OPINION_LIMIT = 4_000
"""Characters of a differing opinion."""
SHORT_REASON_LIMIT = 1_000
"""Characters of a reason that one person is told."""
FILE_NAME_LIMIT = 200
"""Characters that are kept of a file's name."""
NOTICE_LIMIT = 3_000
"""Characters of a notice: it stands on one card; what is longer goes into a file."""
WORDS_LIMIT = 2_000
"""Characters of what a report asked for by hand is to say."""
ADDRESSEE_LIMIT = 120
"""Characters of whom a report goes to."""
DUE_RULE_LIMIT = 60
"""Characters of a committee's own due day, such as "5 tháng sau"."""
