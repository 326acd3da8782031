"""Small programs for the people who maintain `kam`."""
