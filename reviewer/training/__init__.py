"""Learns from annotated translations where professionals mark errors, and writes the model that the check `suspect` uses."""
