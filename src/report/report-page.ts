import { markup, type Markup } from './markup.ts'
import { STYLE } from './style.ts'

/** The page may load nothing, run nothing and send nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

/** One HTML page that needs no network and no script. */
export function reportPage(title: string, body: Markup): string {
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<title>${title}</title><style>${{ html: STYLE }}</style></head>
<body><h1>${title}</h1>${body}</body></html>
`.html
}
