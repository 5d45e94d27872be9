"""The programs of the corpus are data: pytest reads no tests or doctests in them."""

collect_ignore = ["corpus", "heldout", "heldout2", "heldout3", "heldout4", "heldout5", "heldout6", "heldout7"]
