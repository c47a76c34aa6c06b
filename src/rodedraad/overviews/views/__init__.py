"""The pages about what codes show, and their files."""
