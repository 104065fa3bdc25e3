"""How good a result is, measured against gold."""
