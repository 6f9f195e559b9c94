"""All SQL lives here and no rule does; what comes out are values of the domain."""
