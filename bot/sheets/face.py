"""What others may use of spreadsheets and pictures; all else of it is its own."""

from bot.sheets.access import sees_years

__all__ = ["sees_years"]
