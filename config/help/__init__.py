"""帮助: a sheet of help for every page, read from one table per part of the site."""
