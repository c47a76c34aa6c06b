"""What is drawn of codes: SVG that also stands by itself, for the eye; a table holds the same."""
