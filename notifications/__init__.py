"""Messages to people, and the outbox that carries every effect out of a transaction."""
