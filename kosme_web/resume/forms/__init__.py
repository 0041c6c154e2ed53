"""What the résumé page asks, one module a section of the manual; judged only when it is published."""
