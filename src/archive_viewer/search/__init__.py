"""Search: text → tokens → index → matches → passages with the words around them.

``tokenizer`` and ``folding`` say what a word is; ``query`` reads what was typed into a small tree of our own;
``index`` is the engine's door (create, open, apply, search, stats, close) with Whoosh behind it; ``passages`` shows
every place of an answer.  Ids and scores are all that leaves the index: text and titles stay in the library.
"""
