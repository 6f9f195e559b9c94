"""Tables for a spreadsheet, and a year at a glance as a picture."""
