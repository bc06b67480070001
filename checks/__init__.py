"""What the tables must hold to, beyond their schema: rules of the field, and the account of bytes and hashes."""
