"""Which sentence a person reads for each code of a refusal: one module for each part."""
