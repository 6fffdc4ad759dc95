"""Bodies, areas and the people who work in them."""
