"""What can become of a complaint: each story is a generator that acts and yields the day on which it goes on.

A story of an ended case finishes by itself; a story of an open case stops where the case stands at the end of the
history. The texts are short; the procedure checks every step as it would check a person's.
"""
