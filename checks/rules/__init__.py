"""Rules of the field, by subject; each module registers its own, ``shared`` builds those that many tables have."""
