"""The screens of sign-up."""
