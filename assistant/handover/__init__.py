"""A person joins the talk: the rows (store), the parent's side on the website (web), the advocates' side in Slack (slack), when somebody is there (hours)."""
