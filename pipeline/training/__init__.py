"""How the models under dictionaries/ are made; not needed at run time."""
