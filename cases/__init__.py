"""The case: parties, claims, payments, clocks, the record of every act, and the one way in (`services.advance`)."""
