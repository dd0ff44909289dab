"""How to look: one module for each kind of check."""
