"""What may stand on a paper, in which order numbers are taken, and who may change either."""
