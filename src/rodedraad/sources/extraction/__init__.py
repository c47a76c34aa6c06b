"""How does a file of a stranger become text with paragraphs, safely and the same each time?"""

from rodedraad.sources.extraction.extracting import extract
from rodedraad.sources.extraction.model import Extracted, ExtractionRefused, Options, Passage

__all__ = ["Extracted", "ExtractionRefused", "Options", "Passage", "extract"]
