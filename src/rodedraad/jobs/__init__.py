"""Long work of a study: asked on a page, done by a worker, with progress and cancel."""
