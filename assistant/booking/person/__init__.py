"""Who books: name, e-mail or phone as a parent types them."""
