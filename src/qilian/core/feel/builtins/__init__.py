"""The built-in functions of FEEL, by family, declared with the signatures of the standard."""
