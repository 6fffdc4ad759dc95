"""The workflow engine: a procedure is a table of steps (`table`), checked at start (`validate`), printed (`pages`)."""
