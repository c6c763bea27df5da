import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { makeProgram } from '../src/cli/program.ts'

interface Package {
  readonly version: string
  readonly bin: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const project = JSON.parse(read('package.json')) as Package
const sourceOf = (built: string) => join(root, built.replace('./dist/', 'src/').replace(/\.(d\.ts|js)$/, '.ts'))

describe('package.json', () => {
  it('names exact versions', () => {
    const versions = Object.entries({ ...project.dependencies, ...project.devDependencies })
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })

  it.each(Object.entries(project.exports))('exports %s from what is there', (name, target) => {
    if (typeof target === 'string') {
      expect(existsSync(join(root, target.replace('*', '')))).toBe(true)
      return
    }
    expect(target.types.replace('.d.ts', '.js')).toBe(target.default)
    expect(target.default).toBe(name === '.' ? './dist/index.js' : `./dist/${name.slice(2)}/index.js`)
    expect(existsSync(sourceOf(target.default))).toBe(true)
  })

  it('has commands that are there', () => {
    expect(Object.values(project.bin).filter(built => !existsSync(sourceOf(built)))).toEqual([])
  })

  it('states the version that the other papers and the command line state', () => {
    const { version } = project
    expect((parse(read('CITATION.cff')) as { version: string }).version).toBe(version)
    expect(makeProgram(new AbortController().signal).version()).toBe(version)
    expect(read('CHANGELOG.md')).toContain(`\n## [${version}]`)
  })
})

/** Markdown files of the repository, without what others made. */
function markdownFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return /^(node_modules|dist|coverage|\..*)$/.test(entry.name) ? [] : markdownFiles(path)
    return entry.name.endsWith('.md') ? [path] : []
  })
}

/** Headings as GitHub turns them into anchors. */
function anchors(markdown: string): string[] {
  const headings = markdown.replaceAll(/^(`{3,})[\s\S]*?^\1`*$/gm, '').matchAll(/^#+ +(.*)$/gm)
  return Array.from(headings, ([, text]) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  )
}

function localLinks(file: string): string[] {
  const prose = readFileSync(file, 'utf8').replaceAll(/^(`{3,})[\s\S]*?^\1`*$|`[^`\n]*`/gm, '')
  return Array.from(prose.matchAll(/\]\(([^)\s]+)\)/g), ([, link]) => link).filter(link => !/^\w+:/.test(link))
}

describe('Markdown files', () => {
  const files = markdownFiles(root)

  it('are found, and so are their links', () => {
    expect(files.map(file => relative(root, file))).toEqual(expect.arrayContaining(['README.md', 'ARCHITECTURE.md']))
    expect(localLinks(join(root, 'README.md'))).toContain('ARCHITECTURE.md')
  })

  it.each(files.map(file => relative(root, file)))('%s links to files and headings that are there', name => {
    const file = join(root, name)
    const broken = localLinks(file).filter(link => {
      const [path, anchor] = link.split('#')
      const target = path === '' ? file : resolve(dirname(file), decodeURI(path))
      if (!existsSync(target)) return true
      return anchor !== undefined && !anchors(readFileSync(target, 'utf8')).includes(anchor)
    })
    expect(broken).toEqual([])
  })
})

describe('docs/decisions', () => {
  it('are numbered without a gap', () => {
    const numbers = readdirSync(join(root, 'docs/decisions')).map(name => /^(\d{4})-[a-z0-9-]+\.md$/.exec(name)?.[1])
    expect(numbers.sort()).toEqual(numbers.map((_, i) => String(i + 1).padStart(4, '0')))
  })
})
