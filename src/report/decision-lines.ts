import { basisText, blindText } from '../hub/decision-words.ts'
import type { RankResult } from '../hub/index.ts'
import { markup, type Markup } from './markup.ts'

/** What the evidence says where no labels do, and what its intervals rest on. */
export function decisionLines(decision: NonNullable<RankResult['decision']>, labelledRows = 0): Markup {
  return markup`<p class="decision">${labelledRows > 0 ? '' : decision.message} <span class="quiet">${capital(basisText(decision))}. ${capital(blindText(decision))}.</span></p>`
}

/** Where to find the result again; empty where no receipt was kept. */
export function receiptText(receipt: string | undefined): string {
  return receipt === undefined ? '' : ` Receipt ${receipt}.`
}

function capital(text: string): string {
  return text[0].toUpperCase() + text.slice(1)
}
