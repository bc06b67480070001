"""Frames that a chapter's charts draw, one module a chapter: tables in, tidy frames out, rows with their sources kept."""
