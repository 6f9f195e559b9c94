"""Calling a meeting: the form, the approval, changes afterwards."""
