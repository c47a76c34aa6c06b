"""XLSForm: questionnaires in a spreadsheet, read and written."""
