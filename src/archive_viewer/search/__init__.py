"""Search: text → tokens → index → matches → passages with the words around them.

``tokenizer`` says what a word is (with ``folding``, ``chunks``, ``clusters``, ``compounds``).  ``query`` reads what
was typed into a small tree of our own (``query_tree``, ``dates``), to which ``forms`` adds the other forms of its
words (``stems``, ``languages``).  ``engine`` is the door to whatever searches, ``engines`` gives one.  ``index`` is
Whoosh behind it (``schema``, ``merging``, ``postings``, ``dictionary``, ``vocabulary``, ``sealed_files``,
``fingerprint``); words go in by the batch (``pieces``, ``piece_stems``, ``gathering``, ``lists``, ``places``).  It is
read through ``snapshot`` (``list_reader``) and ranked by ``ranking`` (``weighing``, ``named``, ``bags``, ``spans``,
``kept``).  ``tantivy_engine`` is another (``tantivy_queries``, ``tantivy_rows``, ``tantivy_files``, ``page``).
``passages`` shows every place of an answer.  Ids and scores are all that leaves the index: text and titles stay in the
library.
"""
