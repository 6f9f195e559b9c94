"""What a request holds and may be corrected in, and its files: those it opens with, those added later."""
