"""What a new directory starts with: reading, checking, writing and verifying it."""
