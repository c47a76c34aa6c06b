"""The pages about exchange and bundles."""
