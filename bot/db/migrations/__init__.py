"""How a database gets from one version of the tables to the next. No query of the product lives here."""
