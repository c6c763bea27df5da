// Draws the rooms of src/ and who imports whom into ARCHITECTURE.md, between its two markers: npm run drawing
//
//   node scripts/draw-rooms.mjs [--check] [FILE]
//
// With --check nothing is written, and a drawing that is out of date ends with exit code 1.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LAYERS } from '../layers.mjs'
import { cruiseRooms } from './cruise-rooms.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const START = '<!-- rooms:start -->'
const END = '<!-- rooms:end -->'

/** Rooms in the order of the layers; an arrow a --> b says that b imports a. */
function drawing(modules) {
  const rooms = LAYERS.flat()
  const arrows = new Set()
  for (const { source, dependencies } of modules) {
    for (const { resolved } of dependencies) {
      const [from, to] = [roomOf(resolved), roomOf(source)]
      if (from && to && from !== to) arrows.add(`  ${from} --> ${to}`)
    }
  }
  const place = arrow =>
    arrow
      .trim()
      .split(' --> ')
      .map(name => rooms.indexOf(name))
  const sorted = [...arrows].sort((a, b) => {
    const [[fromA, toA], [fromB, toB]] = [place(a), place(b)]
    return toA - toB || fromA - fromB
  })
  return ['```mermaid', 'flowchart LR', ...rooms.map(name => `  ${name}`), ...sorted, '```'].join('\n')
}

function roomOf(path) {
  return /^src\/([^/]+)\//.exec(path)?.[1]
}

function withDrawing(text, drawn, file) {
  const [start, end] = [text.indexOf(START), text.indexOf(END)]
  if (start < 0 || end < start) throw new Error(`${file}: expected ${START} and ${END}`)
  return `${text.slice(0, start + START.length)}\n${drawn}\n${text.slice(end)}`
}

const args = process.argv.slice(2)
const file = args.find(arg => arg !== '--check') ?? join(root, 'ARCHITECTURE.md')
const text = await readFile(file, 'utf8')
const { modules } = await cruiseRooms(root)
const current = withDrawing(text, drawing(modules), file)
if (!args.includes('--check')) await writeFile(file, current)
else if (current !== text) {
  process.stderr.write(`${file}: its drawing of the rooms is out of date; run npm run drawing\n`)
  process.exitCode = 1
}
