"""The demo set: a fictional year of a district, written through the same services that people's clicks go through."""
