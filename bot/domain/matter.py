"""The kinds of content a body deals with. What may be done with each is a regulation's rule."""

from __future__ import annotations

from enum import StrEnum


class Matter(StrEnum):
    """Kind of content (loại nội dung)."""

    GENERAL = "general"
    PERSONNEL = "personnel"
    INSPECTION = "inspection"
    IMPORTANT = "important"
    POLITICAL_STANDARDS = "political_standards"
    CADRE_COMMENT = "cadre_comment"
    COORDINATION = "coordination"
    APPRAISAL = "appraisal"
