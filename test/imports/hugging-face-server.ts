import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A hub over loopback that answers as Hugging Face's API does: model info, tree, resolve. */
export async function huggingFaceServer(files: Record<string, string | Buffer>, status = 200): Promise<string> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost')
    const json = (body: unknown, code = 200) =>
      response.writeHead(code, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
    if (status !== 200) return json({ error: 'no' }, status)
    if (pathname.startsWith('/api/models/acme/moves/revision/')) {
      return json({
        _id: '1',
        id: 'acme/moves',
        sha: 'f'.repeat(40),
        tags: ['license:mit'],
        lastModified: '2026-01-01',
      })
    }
    if (pathname.startsWith('/api/models/acme/moves/tree/')) {
      const sizes = Object.entries(files).map(([path, body]) => ({ type: 'file', oid: '1', size: body.length, path }))
      return json(sizes)
    }
    const body = files[/^\/acme\/moves\/resolve\/f+\/(.*)$/.exec(pathname)?.[1] ?? '']
    if (body === undefined) return response.writeHead(404, { 'X-Error-Code': 'EntryNotFound' }).end()
    const whole = Buffer.from(body)
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [0, 0, whole.length - 1]
    const part = whole.subarray(Number(from), Number(to) + 1)
    const range = `bytes ${from}-${Math.min(Number(to), whole.length - 1)}/${whole.length}`
    return response.writeHead(request.headers.range ? 206 : 200, { ETag: '"1"', 'Content-Range': range }).end(part)
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
