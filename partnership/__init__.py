"""What the chapters import: tables, measures, charts, numbers in sentences, claims."""
