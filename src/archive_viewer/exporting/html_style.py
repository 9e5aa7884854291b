"""The style sheet of exported web pages: readable on a screen, by day and by night, and on paper.

Apart from ``html.py`` because it is another language.
"""

STYLE = """\
:root { color-scheme: light dark;
  --paper: #fdfcf9; --ink: #22211f; --faint: #6b6760; --line: #ddd8cd; --link: #1f5a93;
  --yellow: #e6b800; --red: #d0453b; --green: #3c9a4b; --blue: #3a7bd5; --purple: #8a5cd1; --grey: #8d8d8d; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #1b1b1a; --ink: #e5e2dc; --faint: #a19c93; --line: #3d3b37; --link: #8fbbea;
  --yellow: #d9b53a; --red: #e0766e; --green: #6cbd79; --blue: #76a8ea; --purple: #b193e8; --grey: #a3a3a3; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.55;
  font: 1.0625rem/1.55 "Iowan Old Style", "Palatino Linotype", Palatino, "Noto Serif", Georgia, serif; }
main { max-width: 40rem; margin: 0 auto; padding: 3rem 1.25rem 5rem; }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; overflow-wrap: anywhere; }
h1 { font-size: 2rem; margin: 0 0 .25rem; }
h2 { font-size: 1.4rem; margin: 3.5rem 0 .25rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
h3 { font-size: .95rem; font-weight: 600; margin: 2.25rem 0 .75rem; }
a { color: var(--link); text-underline-offset: .15em; overflow-wrap: anywhere; }
nav ol { padding-inline-start: 1.5rem; }
.facts, .extent, .source, .proof, .place { color: var(--faint); }
.facts, .extent { margin: 0 0 .25rem; }
.swatch { display: inline-block; width: .75em; height: .75em; border-radius: 50%; background: var(--mark); }
.yellow { --mark: var(--yellow); } .red { --mark: var(--red); } .green { --mark: var(--green); }
.blue { --mark: var(--blue); } .purple { --mark: var(--purple); } .grey { --mark: var(--grey); }
blockquote { margin: .5rem 0 1rem; padding-inline-start: 1rem; border-inline-start: .3rem solid var(--mark); }
blockquote p { margin: 0 0 .6rem; white-space: pre-wrap; overflow-wrap: anywhere; min-height: 1em; }
blockquote p:last-child { margin-bottom: 0; }
.note { white-space: pre-wrap; overflow-wrap: anywhere; }
.label { font-weight: 600; }
ul { margin: .5rem 0; padding-inline-start: 1.25rem; }
ul.tags { padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: .4rem; }
.tags li { border: 1px solid var(--line); border-radius: 1rem; padding: 0 .7rem; font-size: .9rem; }
.source, .proof { font-size: .85rem; margin: .35rem 0; overflow-wrap: anywhere; }
code { font: .9em/1.4 ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; }
.excerpt:target blockquote { outline: 2px solid var(--mark); outline-offset: .4rem; }
@media print {
  @page { margin: 2.2cm 2cm; }
  :root { --paper: #fff; --ink: #000; --faint: #444; --line: #999; --link: #000; }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  .excerpt { break-inside: avoid; }
  p { orphans: 3; widows: 3; }
  blockquote, .swatch { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
