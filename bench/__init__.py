"""Measurements of the book, beside what it could be instead: ``make bench``. Nothing here is a test."""
