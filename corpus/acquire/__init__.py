"""Getting texts from the web: addresses checked before they are connected to, hashes pinned at first sight."""
