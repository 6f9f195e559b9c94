"""How a paper is set: layouts, templates, and the process of its own in which one is written."""
