/** Characters that may part the fields of a `.csv` file, the likeliest first. */
const DELIMITERS = [',', ';', '\t', '|']

/**
 * The delimiter of a CSV file: of comma, semicolon, tab and bar the one that stands most often in the header outside
 * quotes; the comma when none does.
 */
export function headerDelimiter(header: string): string {
  const unquoted = header.replaceAll(/"(?:[^"]|"")*"/g, '')
  const counts = DELIMITERS.map(delimiter => unquoted.split(delimiter).length - 1)
  return DELIMITERS[counts.indexOf(Math.max(...counts))]
}

/** True when a header record goes on in the next line: one of its quotes is still open. */
export function isHeaderOpen(header: string): boolean {
  return header.split('"').length % 2 === 0
}

/**
 * The column names of a header record as RFC 4180 (section 2) quotes them. A name that is empty becomes `column` and its
 * position counted from 0; names are otherwise kept as they are, blanks included.
 */
export function headerNames(header: string, delimiter: string): readonly string[] {
  const names: string[] = []
  let field = ''
  let quoted = false
  for (let i = 0; i < header.length; i++) {
    const character = header[i]
    if (quoted && character === '"' && header[i + 1] === '"') field += header[i++]
    else if (character === '"' && (quoted || field === '')) quoted = !quoted
    else if (character === delimiter && !quoted) {
      names.push(field)
      field = ''
    } else field += character
  }
  names.push(field)
  return names.map((name, i) => (name === '' ? `column${i}` : name))
}
