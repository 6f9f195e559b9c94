"""The desk: one use case each, one transaction each, the only place where state changes."""
