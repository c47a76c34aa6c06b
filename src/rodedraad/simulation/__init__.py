"""A study whose answers a computer drew: to try the product, to teach, and to measure speed."""
