"""The screens of a résumé."""
