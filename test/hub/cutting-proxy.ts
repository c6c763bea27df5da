import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A relay to a PostgreSQL server that can lose an answer. */
export interface CuttingProxy {
  /** The server's URL, through the relay. */
  readonly url: string
  /** The next message with these characters still reaches the server; its connection is cut as soon as the server answers. */
  cutAnswerTo(word: string): void
}

/** Starts a relay, which ends with the test that asked for it. */
export async function cuttingProxy(url: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  let word: string | undefined
  const relay = createServer(client => {
    const server = connect(Number(port), hostname)
    let isCut = false
    for (const socket of [client, server]) {
      sockets.add(socket)
      socket.on('error', () => undefined).on('close', () => [client, server].forEach(end => end.destroy()))
    }
    client.on('data', bytes => {
      if (word !== undefined && bytes.includes(word)) [isCut, word] = [true, undefined]
      server.write(bytes)
    })
    server.on('data', bytes => void (isCut ? client.destroy() : client.write(bytes)))
  })
  relay.listen(0, '127.0.0.1')
  await once(relay, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    relay.close()
  })
  const through = new URL(url)
  through.port = String((relay.address() as AddressInfo).port)
  return { url: through.href, cutAnswerTo: wanted => (word = wanted) }
}
