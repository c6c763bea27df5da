import { parseHTML } from 'linkedom'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeHtml, markup } from '../../src/report/markup.ts'

describe('markup', () => {
  it('escapes text, and takes markup, numbers and lists as they are', () => {
    const inner = markup`<b>${'a < b & "c"'}</b>`
    expect(markup`<p title="${"it's"}">${[inner, inner]}${3}${[]}</p>`.html).toBe(
      '<p title="it&#39;s"><b>a &lt; b &amp; &quot;c&quot;</b><b>a &lt; b &amp; &quot;c&quot;</b>3</p>',
    )
  })

  it('shows any text as that text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>&"\'ab;#/ '), maxLength: 30 }), text => {
        const { document } = parseHTML(`<!doctype html><html><body><p>${escapeHtml(text)}</p></body></html>`)
        expect(document.querySelector('p')!.textContent).toBe(text)
        expect(document.querySelectorAll('body *')).toHaveLength(1)
      }),
      { seed: 4 },
    )
  })
})
