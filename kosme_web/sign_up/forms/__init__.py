"""What sign-up asks."""
