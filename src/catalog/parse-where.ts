import { ModelHubError } from '../common/index.ts'

/** Fields that a condition may name, with the type of their values. docs/where.md lists the same. */
export const WHERE_FIELDS = {
  name: 'text',
  license: 'text',
  task: 'text',
  view: 'text',
  updated: 'text',
  sizeBytes: 'number',
  sourceAccuracy: 'number',
  rows: 'number',
  features: 'number',
  opset: 'number',
  parameters: 'number',
} as const

export type WhereField = keyof typeof WHERE_FIELDS
export type WhereOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like'

/** A condition on versions, as a tree. */
export type WhereCondition =
  | { readonly kind: 'and' | 'or'; readonly sides: readonly WhereCondition[] }
  | { readonly kind: 'not'; readonly side: WhereCondition }
  | {
      readonly kind: 'compare'
      readonly field: WhereField
      readonly operator: WhereOperator
      readonly value: string | number
    }
  | { readonly kind: 'in'; readonly field: WhereField; readonly values: readonly (string | number)[] }

interface Token {
  readonly kind: 'word' | 'text' | 'number' | 'sign' | 'end'
  readonly text: string
  /** From 1. */
  readonly position: number
}

const TOKEN =
  /\s*(?:(?<text>'(?:[^']|'')*')|(?<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<word>[A-Za-z]+)|(?<sign><=|>=|!=|[=<>~(),]))/y

const COMPARISONS: Readonly<Record<string, WhereOperator>> = {
  ...{ '=': '=', '!=': '!=', '<': '<', '<=': '<=', '>': '>', '>=': '>=', '~': 'like', like: 'like' },
}

/** Deeper nesting would exhaust the stack. */
const MOST_NESTED = 100

/**
 * Reads a condition such as `license = 'mit' and not (sizeBytes > 50e6 or task in ('a', 'b'))`; the grammar is in
 * docs/where.md.
 *
 * @throws USAGE naming the position and what was expected there
 */
export function parseWhere(text: string): WhereCondition {
  const parser = new WhereParser(tokensOf(text))
  return parser.whole()
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  const pattern = new RegExp(TOKEN)
  let at = 0
  for (;;) {
    const position = at + /^\s*/.exec(text.slice(at))![0].length + 1
    if (position > text.length) return [...tokens, { kind: 'end', text: 'the end', position }]
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (!found) throw unexpected('a field, a value or an operator', text[position - 1], position)
    const [kind, matched] = Object.entries(found.groups!).find(([, group]) => group !== undefined)!
    tokens.push({ kind: kind as Token['kind'], text: matched, position })
    at = pattern.lastIndex
  }
}

class WhereParser {
  private readonly tokens: readonly Token[]
  private at = 0
  private depth = 0

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  whole(): WhereCondition {
    const condition = this.joined('or')
    if (this.next.kind !== 'end') throw this.expected('and, or, or the end')
    return condition
  }

  private get next(): Token {
    return this.tokens[this.at]
  }

  private expected(what: string): ModelHubError {
    return unexpected(what, this.next.text, this.next.position)
  }

  /** Takes the next token where it is this keyword or sign, in any case. */
  private take(text: string): boolean {
    const { kind, text: given } = this.next
    if ((kind !== 'word' && kind !== 'sign') || given.toLowerCase() !== text) return false
    this.at++
    return true
  }

  private joined(kind: 'or' | 'and'): WhereCondition {
    const side = () => (kind === 'or' ? this.joined('and') : this.term())
    const sides = [side()]
    while (this.take(kind)) sides.push(side())
    return sides.length === 1 ? sides[0] : { kind, sides }
  }

  private term(): WhereCondition {
    if (++this.depth > MOST_NESTED) throw this.expected(`at most ${MOST_NESTED} nested conditions`)
    const condition = this.nested()
    this.depth--
    return condition
  }

  private nested(): WhereCondition {
    if (this.take('not')) return { kind: 'not', side: this.term() }
    if (!this.take('(')) return this.comparison()
    const condition = this.joined('or')
    if (!this.take(')')) throw this.expected(')')
    return condition
  }

  private comparison(): WhereCondition {
    const field = this.field()
    if (this.take('not')) {
      if (!this.take('in')) throw this.expected('in')
      return { kind: 'not', side: { kind: 'in', field, values: this.list(field) } }
    }
    if (this.take('in')) return { kind: 'in', field, values: this.list(field) }
    const operator = COMPARISONS[this.next.text.toLowerCase()]
    if (operator === undefined || this.next.kind === 'text') throw this.expected('= != < <= > >= ~ like in or not in')
    if (operator === 'like' && WHERE_FIELDS[field] !== 'text')
      throw this.expected(`an operator for numbers after ${field}`)
    this.at++
    return { kind: 'compare', field, operator, value: this.value(field) }
  }

  private field(): WhereField {
    const { kind, text } = this.next
    if (kind !== 'word' || !Object.hasOwn(WHERE_FIELDS, text)) {
      throw this.expected(`not, ( or one of ${Object.keys(WHERE_FIELDS).join(', ')}`)
    }
    this.at++
    return text as WhereField
  }

  private list(field: WhereField): (string | number)[] {
    if (!this.take('(')) throw this.expected('(')
    const values = [this.value(field)]
    while (this.take(',')) values.push(this.value(field))
    if (!this.take(')')) throw this.expected(', or )')
    return values
  }

  private value(field: WhereField): string | number {
    const type = WHERE_FIELDS[field]
    const { kind, text } = this.next
    if (kind !== type) throw this.expected(type === 'text' ? `a 'text' for ${field}` : `a number for ${field}`)
    this.at++
    return type === 'text' ? text.slice(1, -1).replaceAll("''", "'") : Number(text)
  }
}

function unexpected(expected: string, got: string, position: number): ModelHubError {
  return new ModelHubError('USAGE', `where: position ${position}: expected ${expected}, got ${got}`)
}
