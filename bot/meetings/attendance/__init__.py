"""Answers, absences, and who is there."""
