"""Reading a procedure, and finding what is wrong with it before anybody runs it; pure."""
