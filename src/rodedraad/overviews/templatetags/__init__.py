"""Filters of the pages about what codes show."""
