"""The documentation, and the program that writes its table: a package, so that the tests can import that."""
