import parseExpression from 'spdx-expression-parse'

/**
 * Licences by what they ask of whoever uses and passes on a model, the freest first: SPDX identifiers, and the names
 * that model hubs use where SPDX has none. Sources: the Blue Oak Council's list of permissive licences (version 15) and
 * the texts of Creative Commons and Open Data Commons for the first two; the FSF's list of licences and SPDX's
 * descriptions for copyleft; Contractor et al. (2022) for licences of responsible use (RAIL).
 */
const CLASSES: readonly (readonly string[])[] = [
  // Nothing is asked.
  ['0BSD', 'CC0-1.0', 'MIT-0', 'PDDL-1.0', 'Unlicense', 'WTFPL', 'pddl'],
  // Notices are to be kept.
  [
    ...[
      'AFL-3.0',
      'Apache-2.0',
      'Artistic-2.0',
      'BlueOak-1.0.0',
      'BSD-2-Clause',
      'BSD-2-Clause-Patent',
      'BSD-3-Clause',
    ],
    ...[
      'BSD-3-Clause-Clear',
      'BSL-1.0',
      'ECL-2.0',
      'ISC',
      'MIT',
      'MS-PL',
      'NCSA',
      'PostgreSQL',
      'PSF-2.0',
      'Python-2.0',
    ],
    ...['UPL-1.0', 'Zlib', 'CC-BY-2.0', 'CC-BY-2.5', 'CC-BY-3.0', 'CC-BY-4.0', 'CDLA-Permissive-1.0'],
    ...['CDLA-Permissive-2.0', 'ODC-By-1.0', 'bsd', 'odc-by'],
  ],
  // Changes to it are to be passed on alike; what is built with it is not.
  [
    ...[
      'CDDL-1.0',
      'CDDL-1.1',
      'EPL-1.0',
      'EPL-2.0',
      'LGPL-2.0-only',
      'LGPL-2.0-or-later',
      'LGPL-2.1',
      'LGPL-2.1-only',
    ],
    ...['LGPL-2.1-or-later', 'LGPL-3.0', 'LGPL-3.0-only', 'LGPL-3.0-or-later', 'MPL-1.1', 'MPL-2.0', 'MS-RL', 'lgpl'],
  ],
  // What is made of it is to be passed on alike.
  [
    ...['CC-BY-SA-2.0', 'CC-BY-SA-2.5', 'CC-BY-SA-3.0', 'CC-BY-SA-4.0', 'CDLA-Sharing-1.0', 'GPL-2.0', 'GPL-2.0-only'],
    ...['GPL-2.0-or-later', 'GPL-3.0', 'GPL-3.0-only', 'GPL-3.0-or-later', 'ODbL-1.0', 'gpl', 'odbl'],
  ],
  // The same, also where it only serves over a network.
  ['AGPL-3.0', 'AGPL-3.0-only', 'AGPL-3.0-or-later', 'EUPL-1.1', 'EUPL-1.2', 'OSL-3.0'],
  // Some uses, or changes, are forbidden.
  [
    ...['BUSL-1.1', 'CC-BY-ND-3.0', 'CC-BY-ND-4.0', 'SSPL-1.0', 'bigcode-openrail-m', 'bigscience-bloom-rail-1.0'],
    ...['bigscience-openrail-m', 'creativeml-openrail-m', 'openrail', 'openrail++', 'gemma', 'llama2', 'llama3'],
    ...['llama3.1', 'llama3.2', 'llama3.3', 'llama4'],
  ],
  // Commercial use is forbidden.
  [
    ...['CC-BY-NC-2.0', 'CC-BY-NC-3.0', 'CC-BY-NC-4.0', 'CC-BY-NC-ND-3.0', 'CC-BY-NC-ND-4.0', 'CC-BY-NC-SA-2.0'],
    ...['CC-BY-NC-SA-3.0', 'CC-BY-NC-SA-4.0'],
  ],
]

/** Every name that is known, by its lower case, with its class. */
const KNOWN: ReadonlyMap<string, { readonly name: string; readonly freedom: number }> = new Map(
  CLASSES.flatMap((names, freedom) => names.map(name => [name.toLowerCase(), { name, freedom }] as const)),
)

/**
 * How free a licence is: 0 asks for nothing, 1 for notices, 2 and 3 are weak and strong copyleft, 4 copyleft over a
 * network, 5 forbids uses, 6 commercial use. Of a choice (`OR`) the freest counts, of several that all hold (`AND`, or
 * names with a comma between) the least free.
 *
 * @param licence SPDX expression in any case, or the name a model hub uses; null where a card states none
 * @returns null for a licence that is not known
 */
export function licenceFreedom(licence: string | null): number | null {
  if (licence === null) return null
  const classes = licence.split(',').map(one => freedomOfOne(one.trim()))
  return classes.includes(null) ? null : Math.max(...(classes as number[]))
}

function freedomOfOne(licence: string): number | null {
  const known = KNOWN.get(licence.toLowerCase())
  if (known) return known.freedom
  const spelt = licence.replace(/[\w.+-]+/g, word => KNOWN.get(word.toLowerCase())?.name ?? word)
  try {
    return freedomOf(parseExpression(spelt))
  } catch {
    // No SPDX expression: a licence of its publisher's own.
    return null
  }
}

function freedomOf(expression: parseExpression.Info): number | null {
  if ('license' in expression) return KNOWN.get(expression.license.toLowerCase())?.freedom ?? null
  const [left, right] = [freedomOf(expression.left), freedomOf(expression.right)]
  if (expression.conjunction === 'or') return left === null || right === null ? (left ?? right) : Math.min(left, right)
  return left === null || right === null ? null : Math.max(left, right)
}
