"""What a consultation is, when it falls due, what it comes to, who may do what. Pure."""
