"""Values and pure rules of the trade that several services share; imports only the standard library."""
