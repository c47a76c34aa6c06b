"""Pages about the sources of a study, one module for each thing one does."""
