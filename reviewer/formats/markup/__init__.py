"""Marked-up text, HTML or XML, as tokens that know where they stand in the decoded file; and what a reader sees of them."""
