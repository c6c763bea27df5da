import type * as Plot from '@observablehq/plot'
import type { Markup } from './markup.ts'

/** Colours that people with any kind of colour vision tell apart: Okabe and Ito (2008). */
export const COLOURS = { target: '#d55e00', training: '#56b4e9', best: '#0072b2', other: '#767676' } as const

type PlotDocument = Plot.PlotOptions['document']

/** Observable Plot, drawing to text without a browser. */
export interface Drawing {
  readonly plot: typeof Plot
  /** An SVG with a description for those who do not see it. */
  draw(description: string, options: Plot.PlotOptions): Markup
}

/** Loads Observable Plot and a document for it to draw in. */
export async function openDrawing(): Promise<Drawing> {
  const [plot, { parseHTML }] = await Promise.all([import('@observablehq/plot'), import('linkedom')])
  const { document } = parseHTML('<!doctype html><html><body></body></html>')
  return {
    plot,
    draw: (description, options) => {
      const svg = plot.plot({ ...options, document: document as unknown as PlotDocument, ariaLabel: description })
      svg.setAttribute('role', 'img')
      return { html: svg.outerHTML }
    },
  }
}
