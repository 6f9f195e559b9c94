"""What one person is shown of a meeting: a view for a template, and its buttons. One file per subject."""
