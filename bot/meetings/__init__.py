"""Meetings, by the job: the agenda, calling, inviting, documents, attendance, the sitting, rhythm, requests."""
