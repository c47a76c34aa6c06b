"""Answers as files for statistics: SPSS, CSV, Parquet, and DDI that describes them."""
