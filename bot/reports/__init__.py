"""Report duties, by the job: delivering, duties, ad hoc reports, the board, figures."""
