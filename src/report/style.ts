/** The style of a report: for the screen, light or dark, and for paper. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1a1a1a; --quiet: #555555; --line: #d0d0d0; --wash: #f3f5f7;
  --bar: #cfe6f7; --good: #00674c; --warn: #8a4b00; --target: #d55e00; --training: #56b4e9; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181c; --ink: #e8e8e8; --quiet: #a8adb3; --line: #3c4046;
  --wash: #1f2227; --bar: #173f5c; --good: #4fd0a5; --warn: #f0b35a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1080px; padding: 32px 24px 64px; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 21px; margin: 44px 0 6px; border-top: 1px solid var(--line); padding-top: 20px; }
h3 { font-size: 17px; margin: 28px 0 4px; overflow-wrap: anywhere; }
h4 { font-size: 14px; margin: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
p { margin: 4px 0 12px; max-width: 78ch; }
.quiet, figcaption { color: var(--quiet); font-size: 15px; }
.verdict { border-left: 5px solid var(--good); background: var(--wash); padding: 12px 16px; margin: 20px 0; font-size: 18px;
  max-width: none; overflow-wrap: anywhere; }
.verdict.nothing-fits { border-color: var(--warn); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 8px; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--line); font-weight: normal; }
thead th { color: var(--quiet); vertical-align: bottom; border-bottom: 2px solid var(--line); }
thead th { white-space: normal; } .text { text-align: left; white-space: normal; overflow-wrap: break-word; }
tbody th { font-weight: 600; } td.text { min-width: 6.5em; }
.score { background: linear-gradient(var(--bar), var(--bar)) left / var(--share) 100% no-repeat; font-weight: 600; }
figure { margin: 12px 0; }
figure svg { overflow: visible; }
.features { display: grid; grid-template-columns: repeat(auto-fill, minmax(290px, 1fr)); gap: 18px 24px; }
.feature { margin: 0; min-width: 0; display: grid; grid-template-columns: 1fr auto; align-items: baseline; gap: 0 8px; }
.feature svg, .feature .absent { grid-column: 1 / -1; }
.number { margin: 0; color: var(--quiet); font-size: 13px; font-variant-numeric: tabular-nums; }
.key { display: flex; flex-wrap: wrap; gap: 4px 20px; font-size: 14px; margin: 8px 0 12px; }
.key span::before { content: ""; display: inline-block; width: 18px; height: 12px; margin-right: 7px; }
.key .training::before { background: var(--training); }
.key .target::before { border-top: 3px solid var(--target); height: 4px; }
.names { display: flex; flex-wrap: wrap; gap: 2px 16px; font-size: 14px; max-width: none; }
.names i { display: inline-block; width: 11px; height: 11px; border-radius: 50%; margin-right: 6px; }
.projections { display: flex; flex-wrap: wrap; gap: 8px; }
.projections svg { max-width: 100%; height: auto; }
.layers { display: flex; flex-wrap: wrap; gap: 4px 20px; }
.layer { margin: 4px 0; } .layer .projections { gap: 2px; }
td small { display: block; color: var(--quiet); font-weight: normal; font-size: 12px; }
td.ranked { font-weight: 700; } td.ranked small { font-weight: normal; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; font-size: 15px; margin: 8px 0; }
dt { font-weight: 600; } dd { margin: 0; max-width: 75ch; overflow-wrap: anywhere; }
footer { margin-top: 40px; color: var(--quiet); font-size: 13px; overflow-wrap: anywhere; }
@page { size: A4; margin: 14mm 12mm; }
@media print {
  :root { color-scheme: light; --paper: #ffffff; --ink: #000000; --quiet: #444444; --line: #bbbbbb; --wash: #f3f5f7;
    --bar: #cfe6f7; --good: #00674c; --warn: #8a4b00; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  table { font-size: 8.5pt; } th, td { padding: 3px 5px; }
  .projections { flex-wrap: nowrap; } .projections svg { width: 24%; flex: none; }
  .layers { display: block; } .layer { display: inline-block; width: 32%; } .layer .projections svg { width: 49%; }
  h2 { margin-top: 24px; } h2, h3, h2 + p, h3 + p, figcaption, .key, .names { break-after: avoid; }
  h2, h3, p, figure, tr, .verdict, .model, #map, dt, dd { break-inside: avoid; }
  h4 { white-space: normal; overflow-wrap: anywhere; font-size: 8pt; } .number { font-size: 8pt; } thead { display: table-header-group; } dt { break-after: avoid; }
  p, dd { max-width: none; } dl { font-size: 9pt; }
  footer { margin-top: 14px; font-size: 8pt; break-before: avoid; break-inside: avoid; }
  .scroll { overflow: visible; }
  .features { grid-template-columns: repeat(3, 1fr); gap: 10px 14px; }
}
@media (max-width: 600px) {
  body { padding: 20px 16px 40px; } dl { grid-template-columns: 1fr; } dd { margin-bottom: 8px; }
  .projections { display: grid; grid-template-columns: 1fr 1fr; } .projections svg { width: 100%; }
  .layer { width: 100%; }
}
`
