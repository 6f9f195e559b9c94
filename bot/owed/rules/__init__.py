"""What a debt is, who owes it, when it is brought to mind, who may settle it. Pure."""
