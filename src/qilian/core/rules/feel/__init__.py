"""FEEL, the expression language of DMN: text to syntax tree to Python closures; values are Decimals and own dates."""
