import fc from 'fast-check'
import { expect, it } from 'vitest'
import { insertVersion, openCatalog, removeVersion, resembling, yankVersion } from '../../src/catalog/index.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { newVersion } from './versions.ts'

const named = (...names: string[]) => names.map(name => ({ name }))
const HUB = named('acme/penguins', 'acme/flowers', 'dsads/left_arm_s10', 'dsads/left_arm_s1', 'dsads/torso_s1')
const found = async (query: string) => (await resembling(HUB, query)).map(({ name }) => name)

it('forgives wrong, missing and swapped letters, and capitals', async () => {
  expect(await found('penguins')).toEqual(['acme/penguins'])
  expect(await found('pengiuns')).toEqual(['acme/penguins'])
  expect(await found('Penguns')).toEqual(['acme/penguins'])
  expect(await found('acme/flovers')).toEqual(['acme/flowers', 'acme/penguins'].slice(0, 1))
  expect(await found('zebra')).toEqual([])
})

it('gives the best first, the shorter name where two are as good', async () => {
  expect((await found('left_arm_s1')).slice(0, 2)).toEqual(['dsads/left_arm_s1', 'dsads/left_arm_s10'])
  expect((await found('left_arm_s10'))[0]).toBe('dsads/left_arm_s10')
  expect(await found('acme')).toEqual(['acme/flowers', 'acme/penguins'])
})

it('wants every word', async () => {
  expect((await found('torso dsads'))[0]).toBe('dsads/torso_s1')
  expect(await found('torso acme')).toEqual([])
  expect(await found(' ')).toHaveLength(HUB.length)
})

it('finds a name by itself first, whatever the names are', async () => {
  const name = fc.stringMatching(/^[a-z]{3,12}\/[a-z0-9_.-]{3,40}$/)
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(name, { minLength: 1, maxLength: 8 }), async names => {
      expect((await resembling(named(...names), names[0]))[0].name).toBe(names[0])
    }),
    { seed: 1, numRuns: 200 },
  )
})

it('a model that is not there is answered with those that may be meant, never with one that is gone', async () => {
  const catalog = await openCatalog(temporaryFolder(), { create: true })
  for (const name of ['ada/wine', 'ada/wines', 'ada/beer']) {
    await catalog.write(tx => insertVersion(tx, newVersion(name, name)))
  }
  const refusal = (name: string) => catalog.write(tx => yankVersion(tx, name)).catch(({ message }: Error) => message)
  expect(await refusal('ada/whine')).toBe('ada/whine: not in the hub; did you mean ada/wine or ada/wines?')
  expect(await refusal('bob/cheese@3')).toBe('bob/cheese@3: not in the hub')
  expect(await refusal('ada/wine@3')).toBe('ada/wine@3: not in the hub, which has version 1')
  await removeVersion(catalog, 'ada/wines')
  expect(await refusal('ada/whine')).toBe('ada/whine: not in the hub; did you mean ada/wine?')
  await catalog.close()
})
