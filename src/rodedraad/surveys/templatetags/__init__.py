"""Tags of the templates of surveys."""
