"""What the keys of the review screen do, by theme; each act asks the session, which asks the store."""
