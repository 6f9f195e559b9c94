"""What a record holds, and what may be counted anew from it alone."""
