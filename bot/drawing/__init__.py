"""Draws pictures: a program of its own that ends with them, so that the drawing library is never in the running bot."""
