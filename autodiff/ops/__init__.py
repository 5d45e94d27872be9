"""The table of operations: each is declared in one block, in the file of its family."""
