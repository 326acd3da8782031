"""The tests: tables first, real files, real git, real MkDocs, a real browser."""
