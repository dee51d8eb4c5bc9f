"""How the tables of the state database came to be, one file per revision."""
