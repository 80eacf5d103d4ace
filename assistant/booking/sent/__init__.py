"""What leaves the house for a call: mail, invitation, calendar entry, notices, and the outbox that keeps them until they are sent."""
