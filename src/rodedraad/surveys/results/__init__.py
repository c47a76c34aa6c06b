"""What is done with answers: as a table, as evidence, as sources, weighted, and on pages."""
