"""Scripts around the product: starting it, its vendored files, its catalogues. The product imports none."""
