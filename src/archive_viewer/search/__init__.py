"""Search: text → tokens → index → matches → passages with the words around them.

``tokenizer`` says what a word is (with ``folding``, ``chunks``, ``clusters``, ``compounds``).  ``query`` reads what
was typed into a small tree of our own (``query_tree``, ``dates``), to which ``forms`` adds the other forms of its
words (``stems``, ``languages``).  ``index`` is the engine's door, with Whoosh behind it (``schema``, ``merging``,
``postings``, ``dictionary``, ``vocabulary``, ``sealed_files``, ``fingerprint``); words go in by the batch (``pieces``,
``piece_stems``, ``gathering``, ``lists``, ``places``).  It is read through ``snapshot`` (``list_reader``) and ranked by
``ranking`` (``weighing``, ``named``, ``bags``, ``spans``, ``kept``).  ``passages`` shows every place of an answer.  Ids
and scores are all that leaves the index: text and titles stay in the library.
"""
