"""Use cases of meetings: calling, attendance, the sitting, votes, rhythm. One file per subject."""
