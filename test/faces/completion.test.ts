import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { cataloguedHub } from './catalogued-hub.ts'
import { CLI, runCli } from './run-cli.ts'

const hub = cataloguedHub()
const has = (program: string) => spawnSync(program, ['--version']).error === undefined

/** A folder with a file, a `modelhub` that runs the real one to complete and tells all else, and the three scripts. */
async function shellFolder(): Promise<string> {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'bin'))
  const shim = `#!/bin/sh\nif [ "$1" = complete ]; then exec '${process.execPath}' '${CLI}' "$@"; fi\necho "RAN:$*"\n`
  writeFileSync(join(folder, 'bin/modelhub'), shim)
  chmodSync(join(folder, 'bin/modelhub'), 0o755)
  writeFileSync(join(folder, 'visits.csv'), 'a\n1\n')
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout, stderr } = await runCli(['completion', shell])
    expect([code, stderr]).toEqual([0, ''])
    writeFileSync(join(folder, `completion.${shell}`), stdout)
  }
  return folder
}

/** Runs a shell on a script in the folder, to its end. */
function runShell(command: readonly string[], cwd: string): Promise<string> {
  const [program, ...args] = command
  const path = `${join(cwd, 'bin')}:${process.env.PATH}`
  const env = { ...process.env, PATH: path, MODELHUB_HUB: hub, HOME: cwd, TERM: 'xterm', NO_COLOR: '1' }
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece))
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (text += piece))
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', () => resolve(text))
  })
}

describe('completion in bash', () => {
  const hasBash = has('bash')
  const ask = async (lines: readonly string[]) => {
    const folder = await shellFolder()
    // Bash splits the line into COMP_WORDS before it calls; the script reads the line alone.
    const asked = lines.map(
      line => `COMP_LINE=${quoted(line)} COMP_POINT=${line.length}; _modelhub; (IFS=,; echo "\${COMPREPLY[*]}")`,
    )
    const script = `source completion.bash\n${asked.join('\n')}\n`
    return (await runShell(['bash', '--norc', '--noprofile', '-c', script], folder)).split('\n').slice(0, -1)
  }

  it.skipIf(!hasBash)('needs bash: gives commands, options, metrics and the models of the hub', async () => {
    const lines = ['modelhub sho', 'modelhub ls --c', 'modelhub search x --metric so', 'modelhub show acme/p']
    expect(await ask(lines)).toEqual(['show', '--columns,--csv', 'soft-coverage,source-accuracy', 'acme/penguins'])
  })

  it.skipIf(!hasBash)('needs bash: gives only what follows a sign that bash splits words at', async () => {
    const lines = ['modelhub search --metric=so', 'modelhub yank acme/penguins@', `modelhub rm --hub=${hub} bob/`]
    expect(await ask(lines)).toEqual(['soft-coverage,source-accuracy', '1', 'bob/torso_s1'])
  })

  it.skipIf(!hasBash)('needs bash: evaluates nothing that was typed, and is silent without a hub', async () => {
    const lines = ['modelhub show $(touch evil) `touch evil` acme/', 'modelhub show --hub ./none acme/', 'echo evil*']
    expect(await ask(lines.slice(0, 2))).toEqual(['', ''])
    const folder = await shellFolder()
    const line = 'modelhub show $(touch${IFS}evil)'
    const script = `source completion.bash; COMP_LINE=${quoted(line)} COMP_POINT=${line.length}; _modelhub; ls`
    expect(await runShell(['bash', '--norc', '-c', script], folder)).not.toContain('evil')
  })
})

/** Types lines into an interactive shell on a pseudo-terminal of util-linux's `script`. */
async function typed(shell: readonly string[], setUp: string, lines: readonly string[]): Promise<string[]> {
  const folder = await shellFolder()
  const child = spawn('script', ['-qec', shell.join(' '), '/dev/null'], {
    cwd: folder,
    env: {
      ...process.env,
      ...{ PATH: `${join(folder, 'bin')}:${process.env.PATH}`, MODELHUB_HUB: hub, HOME: folder, TERM: 'xterm' },
      ...{ SHELL: '/bin/sh', XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let text = ''
  const until = (sign: string) =>
    new Promise<void>(resolve => {
      const look = () => text.includes(sign) && resolve()
      child.stdout.on('data', look)
      look()
    })
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece))
  child.stdin.write(`${setUp}; echo READ''Y\n`)
  await until('READY')
  const ran: string[] = []
  for (const line of lines) {
    text = ''
    child.stdin.write(`${line}\t\n`)
    await until('RAN:')
    await until('\n')
    ran.push(/RAN:([^\r\n]*)/.exec(text)![1].trim())
  }
  child.stdin.end('exit\n')
  await new Promise(resolve => child.on('close', resolve))
  return ran
}

const hasScript = String(spawnSync('script', ['--version']).stdout ?? '').includes('util-linux')
const LINES = ['modelhub sho', 'modelhub show acme/peng', 'modelhub search --metric hell', 'modelhub search visi']
const RUN = ['show', 'show acme/penguins', 'search --metric hellinger', 'search visits.csv']

describe('the tab key', () => {
  it.skipIf(!hasScript || !has('bash'))(
    'needs bash and script: completes commands, models, metrics and files',
    async () => {
      expect(await typed(['bash', '--norc', '--noprofile', '-i'], '. ./completion.bash', LINES)).toEqual(RUN)
    },
  )

  it.skipIf(!hasScript || !has('zsh'))(
    'needs zsh and script: completes commands, models, metrics and files',
    async () => {
      const setUp = 'autoload -Uz compinit; compinit -u -D; . ./completion.zsh'
      expect(await typed(['zsh', '-f', '-i'], setUp, LINES)).toEqual(RUN)
    },
  )

  it.skipIf(!hasScript || !has('fish'))(
    'needs fish and script: completes commands, models, metrics and files',
    async () => {
      expect(await typed(['fish', '--no-config', '-i'], 'source ./completion.fish', LINES)).toEqual(RUN)
    },
  )
})

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
