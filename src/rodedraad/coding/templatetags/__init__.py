"""Tags of the pages about codes and codings."""
