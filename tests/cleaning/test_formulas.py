"""Formulas: MathML as one line, through ``clean_html``."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer.cleaning import clean_html


def texts(html: str) -> list[str]:
    return [block.text for block in clean_html(f"<body>{html}".encode()).blocks]


@pytest.mark.parametrize(
    ("formula", "line"),
    [
        ("<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>", "E=mc^2"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a+b)/2"),
        ("<mfrac linethickness='0'><mi>n</mi><mi>k</mi></mfrac>", "(n¦k)"),
        ("<msub><mi>y</mi><mrow><mi>i</mi><mo>+</mo><mn>1</mn></mrow></msub>", "y_(i+1)"),
        ("<msubsup><mi>a</mi><mi>i</mi><mn>2</mn></msubsup>", "a_i^2"),
        ("<msup><mi>f</mi><mo>′</mo></msup>", "f′"),
        ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", "√(x+1)"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "√[3]x"),
        (
            "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>",
            "∑_(i=1)^n i",
        ),
        ("<mfenced open='['><mi>a</mi><mi>b</mi></mfenced>", "[a, b)"),
        (
            "<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr><mtr><mtd><mi>c</mi></mtd><mtd>d</mtd></mtr></mtable>",
            "[a, b; c, d]",
        ),
        ("<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi><mtext>if</mtext><mi>x</mi><mo>&gt;</mo><mn>0</mn>", "sin x if x>0"),
        (
            "<mmultiscripts><mi>C</mi><mn>6</mn><none></none><mprescripts></mprescripts><none></none><mn>14</mn>"
            "</mmultiscripts>",
            "^14C_6",
        ),
        ("<semantics><mi>π</mi><annotation>\\pi</annotation></semantics>", "π"),
        ("<mfrac><mi>a</mi></mfrac>", "a"),
        ("<mi>a</mi> loose <mo>+</mo>", "aloose+"),
    ],
)
def test_a_formula_is_a_line(formula: str, line: str) -> None:
    assert texts(f"<p>So <math>{formula}</math>, 😀.</p>") == [f"So {line}, 😀."]


def test_what_has_no_parts_is_said_in_words() -> None:
    assert texts('<p><math alttext="x^2"></math></p>') == ["x^2"]


def test_a_displayed_formula_is_a_block() -> None:
    assert texts("<p>so<math display=block><mi>x</mi></math>and</p>") == ["so", "x", "and"]


def test_links_jump_to_formulas() -> None:
    found = clean_html(b'<p><a href="#e1">see</a></p><p><math id="e1"><mi>x</mi></math></p>').blocks
    assert [block.anchor for block in found] == ["", "e1"]


def test_a_formula_nested_without_end_is_its_words() -> None:
    deep = "<mrow>" * 1_500 + "<mi>x</mi>" + "</mrow>" * 1_500
    assert texts(f"<p>a <math>{deep}</math> b</p>") == ["a x b"]


TAGS = ["mfrac", "msup", "msub", "msubsup", "munder", "mover", "msqrt", "mroot", "mfenced", "mtable", "mtr", "mtd"]
TREES = st.recursive(
    st.sampled_from(["w1", "w2", "w3"]).map(lambda word: f"<mi>{word}</mi>"),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from([*TAGS, "mrow", "mmultiscripts", "mstyle", "x-y"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@given(TREES)
def test_no_word_of_any_formula_is_lost(formula: str) -> None:
    text = " ".join(texts(f"<p><math>{formula}</math></p>"))
    for word in ("w1", "w2", "w3"):
        assert text.count(word) == formula.count(word)
