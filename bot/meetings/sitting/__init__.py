"""The sitting: opening, conclusions, the close."""
