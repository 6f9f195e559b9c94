"""Meetings, by the job: calling, inviting, documents, attendance, the sitting, rhythm, requests."""
