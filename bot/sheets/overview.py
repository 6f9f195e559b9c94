"""What a dossier asks of years: their numbers for nobody in particular, and the pictures of them."""

from bot.sheets.gathering import whole_year
from bot.sheets.picture import drawn, named, short

__all__ = ["drawn", "named", "short", "whole_year"]
