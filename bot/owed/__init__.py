"""What somebody still owes after a decision: an upward report, an answer, a notice, a second round."""
