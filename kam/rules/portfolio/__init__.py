"""All customers, and who looks after them."""

NEEDS = ()
