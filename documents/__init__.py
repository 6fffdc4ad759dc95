"""Official documents: which kinds there are, their numbers, their text, the PDF, the record of service."""
