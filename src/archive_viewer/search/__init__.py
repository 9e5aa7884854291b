"""Search: text → tokens → index → matches → passages with the words around them.

``tokenizer`` says what a word is (with ``folding``, ``chunks``, ``clusters``, ``compounds``).  ``query`` reads what
was typed into a small tree of our own (``query_tree``, ``query_leaves``, ``dates``; ``query_text`` writes it down
again), to which ``forms`` adds the other forms of its words (``stems``, ``languages``) and which ``within`` keeps to
some fields.  ``engine`` is the door to whatever searches, ``engines`` gives one.

``index`` is Whoosh behind that door (``distribution``, ``schema``, ``merging``, ``postings``, ``dictionary``,
``vocabulary``, ``sealed_files``, ``fingerprint``); words go in by the batch (``pieces``, ``piece_stems``,
``gathering``, ``lists``, ``places``).  It is read through ``snapshot`` (``list_reader``, ``expansion``) and ranked by
``ranking`` (``weighing``, ``bags``, ``spans``, ``kept``, ``spelling``).  ``tantivy_engine`` is another
(``tantivy_queries``, ``tantivy_rows``, ``tantivy_files``, ``page``).

Names in any spelling and script: ``sounds`` and ``likeness`` say how words sound and how alike (``names``,
``pinyin``), ``named`` and ``known_names`` find them in the index, ``name_places`` in a text.

``passages`` shows every place of an answer (``nearness``), ``concordance`` all of them in one table.  ``quotes`` reads
a quote whose source is sought, ``suggesting`` proposes another query (``near_words``).  What is typed, beside its
meaning: ``completion``, ``narrowing``, ``asked``, ``any_spelling``.

Ids and scores are all that leaves the index: text and titles stay in the library.
"""
