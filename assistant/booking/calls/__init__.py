"""A call as it is stored: the value, its tables and their migrations, the links that change it."""
