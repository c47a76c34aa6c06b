"""What is drawn of runs: SVG without style, for the eye; a table beside it holds the same."""
