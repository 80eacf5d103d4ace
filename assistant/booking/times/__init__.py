"""Words about a time become a wish: "next Tuesday after 3" is a constraint on openings."""
