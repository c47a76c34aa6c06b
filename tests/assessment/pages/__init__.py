"""Tests of the pages about runs and evidence."""
