"""A report as files: HTML with the rows behind each number, PDF and DOCX."""
