"""The book's own theme: templates, one style sheet, small scripts, and what each page is told."""
