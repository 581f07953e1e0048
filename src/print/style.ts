/** How the printed ticket looks: black on white, on A4 and on a screen. */

export const STYLE = `
@page { size: A4; margin: 18mm 16mm; }
* { box-sizing: border-box; }
html { color-scheme: light; background: #fff; }
body { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem; color: #1b1b1b; overflow-wrap: anywhere;
  font: 15px/1.5 "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
header { border-bottom: 2px solid #1b1b1b; margin-bottom: 1.25rem; padding-bottom: .75rem; }
p { margin: 0; }
h1 { margin: .25rem 0; font-size: 1.5rem; line-height: 1.25; font-weight: 600; }
h2 { margin: 2rem 0 .75rem; font-size: 1.1rem; font-weight: 600; break-after: avoid; }
h3 { margin: 0; font-size: 1rem; font-weight: 600; break-after: avoid; }
.desk, .number, .from, footer { color: #555; }
.scope { display: inline-block; margin-top: .5rem; padding: .1rem .5rem; border: 1px solid #8a8a8a; border-radius: 3px;
  font-size: .85rem; }
.scope.everything { border-color: #a4262c; color: #a4262c; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .2rem .75rem .2rem 0; text-align: left; vertical-align: top; }
th { font-weight: 600; }
.facts th { width: 12rem; color: #555; font-weight: 400; }
article { margin: 0 0 1rem; padding: .6rem .9rem .75rem; border: 1px solid #d0d0d0; border-left: 3px solid #8a8a8a; }
article.note { background: #f6f4ee; border-left-color: #b8860b; }
.from { font-size: .85rem; break-after: avoid; }
.text { margin-top: .5rem; white-space: pre-wrap; }
.files { margin-top: .75rem; font-size: .85rem; }
h4 { margin: 0; font-weight: 600; }
ul { margin: .2rem 0 0; padding-left: 1.1rem; }
.digest { color: #555; font: .75rem/1.6 ui-monospace, Consolas, monospace; word-break: break-all; }
.history { font-size: .85rem; }
.history td { border-top: 1px solid #e0e0e0; padding: .35rem .75rem .35rem 0; }
.history tr { break-inside: avoid; }
.when { white-space: nowrap; }
.detail { color: #555; white-space: pre-wrap; }
footer { margin-top: 2rem; border-top: 1px solid #d0d0d0; padding-top: .5rem; font-size: .85rem; }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; } article.note { background: none; } }
`;
