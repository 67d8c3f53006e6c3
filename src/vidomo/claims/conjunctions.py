"""The words that join two members of a list."""

AND = frozenset({"\u0442\u0430", "\u0456", "\u0439", "\u0438", "and"})
