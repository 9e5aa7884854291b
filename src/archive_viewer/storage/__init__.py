"""What is kept, and how: the database, the originals and the lock.  Only ``library`` calls this room."""
