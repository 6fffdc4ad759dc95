"""Measurements of the product, each a module of its own: `make bench` runs them."""
