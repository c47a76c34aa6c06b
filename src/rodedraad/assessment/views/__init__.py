"""Which pages show what the study knows and concluded: runs, pictures of them, and evidence."""
