"""What every screen shares: languages, fields, answers, who is logged in."""
