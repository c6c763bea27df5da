import { createHash } from 'node:crypto'
import type { ReceiptContent } from './receipt.ts'

/** Digits of base 32 that hold a time in milliseconds until the year 3084. */
const TIME_DIGITS = 9
const CHECK_DIGITS = 5

/** What every id looks like. */
export const RECEIPT_ID = /^[0-9a-v]{9}-[0-9a-v]{5}$/

/**
 * The id of a receipt: its time in milliseconds and the first 25 bits of the SHA-256 of its content, both in base 32
 * (digits 0–9, a–v). Ids sort by time, and tell when a file no longer holds what was written.
 */
export function receiptId(content: ReceiptContent): string {
  const time = Date.parse(content.createdAt).toString(32).padStart(TIME_DIGITS, '0')
  const digest = createHash('sha256').update(JSON.stringify(content)).digest()
  const check = (digest.readUInt32BE() >>> (32 - 5 * CHECK_DIGITS)).toString(32).padStart(CHECK_DIGITS, '0')
  return `${time}-${check}`
}
