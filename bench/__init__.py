"""Measures the site against the budgets of speed (``make bench``); a test never does, since times drift."""
