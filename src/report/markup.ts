/** Text that is HTML already. */
export interface Markup {
  readonly html: string
}

type Insertion = Markup | string | number | readonly Insertion[]

/** HTML with values inserted: text is escaped, markup and lists of it go in as they are. */
export function markup(parts: TemplateStringsArray, ...values: readonly Insertion[]): Markup {
  return { html: parts.reduce((text, part, i) => text + rendered(values[i - 1]) + part) }
}

function rendered(value: Insertion): string {
  if (typeof value === 'string') return escapeHtml(value)
  if (typeof value === 'number') return String(value)
  return 'html' in value ? value.html : value.map(rendered).join('')
}

/** Text as it stands in an element or between the quotes of an attribute. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return text.replace(/[&<>"']/g, character => entities[character])
}
