"""How fast `kam` is, beside other tools on the same input in the same run."""
