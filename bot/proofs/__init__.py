"""Whether what is stored still holds, and what the register tells."""
