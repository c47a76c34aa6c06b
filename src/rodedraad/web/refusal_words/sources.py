"""Which sentence tells what documents and transcripts refuse?"""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "file_empty": _("The file is empty. Check whether it was saved and copied whole."),
    "file_too_large": _(
        "The file is larger than %(most)s MB. Split it, or leave its pictures out."
    ),
    "file_type_unknown": _(
        "Files that end in ‘.%(extension)s’ are not read. Save it as PDF, DOCX, ODT or TXT."
    ),
    "file_type_differs": _(
        "The name ends in ‘.%(extension)s’, but the file is something else. Open it in the "
        "program it came from, and save it again."
    ),
    "file_is_archive": _("Archives are not opened. Unpack it, and add the files in it."),
    "file_old_office": _("This is a file of an old Office version. Save it as DOCX, XLSX or PDF."),
    "file_encrypted": _("The file is locked with a password. Save it without one."),
    "file_macros": _(
        "The file holds macros: small programs that could do harm. Save it without macros, as "
        "DOCX, XLSX, ODT or PDF."
    ),
    "file_unsafe": _(
        "The file would unpack to far more than a document holds, which can be an attack. Open it "
        "in the program it came from, and save it as PDF."
    ),
    "file_entities": _(
        "The XML of the file declares a document type, which can hide an attack. Save it again "
        "with the program it came from."
    ),
    "file_damaged": _(
        "The file cannot be read to its end. Get it again from where it came, or save it again."
    ),
    "file_too_many_pages": _(
        "The PDF has %(pages)s pages, and %(most)s is the most. Split it, and add the parts."
    ),
    "file_without_text": _(
        "There is no text in the file. Open it to see what is in it: of formulas only saved "
        "results are read."
    ),
    "pdf_without_text": _(
        "There is no text in the file: its pages may be pictures. Have the text recognised (OCR), "
        "and add the result."
    ),
    "file_too_heavy": _(
        "Reading the file took too long or too much memory. Save it again, or split it."
    ),
    "text_too_long": _(
        "The file holds more than %(most)s characters of text. Split it, and add the parts."
    ),
    "encoding_unknown": _(
        "The file holds no text in an encoding we know. Save it as UTF-8, DOCX or PDF."
    ),
    "captions_missing": _(
        "The file holds no captions with times. Export it again as VTT or SRT, or add it as TXT."
    ),
    "table_damaged": _("The table cannot be read. Save it again as CSV or XLSX."),
    "table_empty": _(
        "The table has no rows under its heading. The first row names the columns, each next row "
        "is one respondent."
    ),
    "first_sheet_empty": _(
        "Only the first sheet is read, and ‘%(sheet)s’ has no rows under its heading. Move the "
        "sheet with the answers to the front. Other sheets: %(sheets)s."
    ),
    "table_row_too_wide": _(
        "Line %(line)s has %(values)s values, and the heading has %(columns)s. Put quotes round "
        "an answer with ‘%(separator)s’ in it, or save the table as XLSX."
    ),
    "answers_missing": _(
        "No column of the table has answers in words. Choose the column with the answers, or add "
        "a table that has one."
    ),
    "table_too_long": _("The table has more than %(most)s rows. Split it, and add the parts."),
    "answers_column_unknown": _(
        "The table has no column ‘%(column)s’. Choose one of: %(columns)s."
    ),
    "xml_unknown": _(
        "Of XML only the proceedings of parliament are read. Save the document as PDF or DOCX."
    ),
    "source_known": _(
        "This file is in the study already, as ‘%(title)s’. Tick the box to add it once more."
    ),
    "version_same": _("The text is the same as that of version %(number)s. Nothing was changed."),
    "version_hides": _(
        "People were made unknown in this text. A new text counts as raw, so nobody of the team "
        "could read it. Ask the lead to change it."
    ),
    "columns_not_kept": _(
        "The columns of this table were chosen when it was added, and that choice is not kept. Add "
        "the file once more with the same columns, and take this source out."
    ),
    "version_empty": _(
        "A version needs words. Write the text, or take the source out of the study."
    ),
    "original_lost": _(
        "The original file is gone or was changed on the disk. Its text is still here. Ask the "
        "administrator to restore it from a backup."
    ),
    "file_gone": _(
        "The file cannot be read any more. See whether it is still there, and add it again."
    ),
    "uploads_too_many": _(
        "You have files waiting already: %(files)s files and %(most)s MB together are the most. "
        "Add those first, or remove them."
    ),
    "facts_columns": _(
        "The first row of the table must name its columns. Known are: %(columns)s. ‘bestand’ or "
        "‘id’ says which source a row is about."
    ),
    "facts_too_large": _("The table is larger than 2 MB. Split it, and send the parts one by one."),
}
