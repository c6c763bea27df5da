import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { Hub, loadTarget, readManifest } from '../../src/index.ts'
import { renderSearchReport } from '../../src/report/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { inBrowser } from './in-browser.ts'

/** Pairs of texts that cover each other on the screen. */
async function overlappingTexts(page: Page, selector: string): Promise<string[]> {
  const texts = await Promise.all(
    (await page.locator(selector).all()).map(async one => ({
      text: await one.textContent(),
      box: await one.boundingBox(),
    })),
  )
  return texts.flatMap(({ text, box: a }, i) =>
    texts
      .slice(i + 1)
      .filter(({ box: b }) => a!.x < b!.x + b!.width && b!.x < a!.x + a!.width)
      .filter(({ box: b }) => a!.y < b!.y + b!.height && b!.y < a!.y + a!.height)
      .map(({ text: other }) => `${text} and ${other}`),
  )
}

const zoo = fileURLToPath(new URL('../../demo/sensors/', import.meta.url))

it('opens in a browser without network, faults or script, with the ranking of the search', async () => {
  const folder = temporaryFolder()
  const hub = await Hub.open(join(folder, 'hub'), { create: true })
  const sources = (await readManifest(join(zoo, 'zoo.yaml'))).slice(0, 4)
  for (const source of sources) await hub.publish(source)
  const target = await loadTarget([join(zoo, 'dsads_torso_s8', 'train.sketch.parquet')])
  const hostile = { ...target, source: '<script>alert(1)</script>"&' }
  const report = await hub.report(hostile)
  const { results } = await hub.search(target)
  await hub.close()
  const path = join(folder, 'report.html')
  writeFileSync(path, await renderSearchReport(report, new Date(0)))

  await inBrowser([path], async page => {
    const rows = await page.locator('tr[data-model]').all()
    const shown = await Promise.all(rows.map(row => row.getAttribute('data-model')))
    expect(shown).toEqual(results.map(({ model, version }) => `${model}@${version}`))
    expect(await page.locator('h1').textContent()).toBe('Models for <script>alert(1)</script>"&')
    expect(await page.locator('#features svg').count()).toBe(18)
    expect(await page.locator('#partitions svg').count()).toBe(4)
    expect(await page.locator('#map svg').count()).toBe(1)
    expect(await overlappingTexts(page, '#map svg text')).toEqual([])
  })
})
