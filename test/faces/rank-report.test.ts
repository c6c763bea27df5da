import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, it } from 'vitest'
import { readManifest, sketchData } from '../../src/index.ts'
import { parseModelCard } from '../../src/model/index.ts'
import { renderRankReport, renderSearchReport } from '../../src/report/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { csvOf, uniformColumns } from '../hub/made-models.ts'
import { newHub } from '../hub/open-hub.ts'
import { workersFromSource } from '../inference/from-source.ts'
import { inBrowser } from './in-browser.ts'

const zoo = fileURLToPath(new URL('../../demo/sensors/', import.meta.url))
const LABELS = ['lying', 'sitting', 'walking']
const LIMITS = { seconds: 60, memoryBytes: 2 ** 30 }

/** Where the charts of rows stand. */
const CHARTS =
  '[...document.querySelectorAll("#projections svg, #layers svg")].map(one => one.getBoundingClientRect().toJSON())'

beforeAll(workersFromSource)

/** A hub of two sensor models, and a made-up table with their columns. */
async function runnableHub() {
  const { hub } = await newHub()
  const sources = (await readManifest(join(zoo, 'zoo.yaml'))).slice(0, 2)
  const card = parseModelCard(readFileSync(join(sources[0].folder, 'README.md'), 'utf8'))
  const columns = card.frontMatter.modelhub.input.columns!
  const target = join(temporaryFolder(), 'target.csv')
  const values = uniformColumns(Object.fromEntries(columns.map((name, i) => [name, i])), { rows: 90 })
  writeFileSync(target, csvOf({ ...values, activity: Array.from({ length: 90 }, (_, i) => LABELS[i % 3]) }))
  for (const { folder } of sources) await hub.publish({ folder, data: [target], dataOptions: { label: 'activity' } })
  return { hub, target }
}

it(
  'fits a desktop, a phone and paper in a browser, without network, faults or script',
  { timeout: 180_000 },
  async () => {
    const { hub, target } = await runnableHub()
    const options = { label: 'activity', limits: LIMITS, layer: 'all' }
    const ranked = await hub.rankReport([target], options)
    const sketched = await sketchData([target], { label: 'activity' })
    const searched = await hub.reportAndRun({ target: sketched, places: [target] }, options)
    const hostile = {
      ...ranked,
      result: { ...ranked.result, query: { ...ranked.result.query, source: '<script>alert(1)</script>' } },
    }
    const folder = temporaryFolder()
    const [rankPage, searchPage] = [join(folder, 'rank.html'), join(folder, 'search.html')]
    writeFileSync(rankPage, await renderRankReport(hostile, new Date(0)))
    writeFileSync(searchPage, await renderSearchReport(searched, new Date(0)))
    const layers = ranked.models.reduce((sum, model) => sum + model.layers.length, 0)
    expect(layers).toBe(2)

    await inBrowser([rankPage, searchPage], async (page, path) => {
      const ranking = path === rankPage ? '#ranking' : '#run-ranking'
      const names = await page.locator(`${ranking} tbody th`).allTextContents()
      expect(names).toEqual(ranked.result.results.map(({ model, version }) => `${model}@${version}`))
      expect(await page.locator('#layers tbody tr').count()).toBe(2)
      expect(await page.locator('#layers svg').count()).toBe(2 * layers)
      expect(await page.locator('#projections svg').count()).toBe(2 * 4)
      const ids = (await page.evaluate('[...document.querySelectorAll("[id]")].map(one => one.id)')) as string[]
      expect(new Set(ids).size).toBe(ids.length)
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 })
        // Nothing sticks out of the page; wide tables scroll within it.
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
        const charts = (await page.evaluate(CHARTS)) as { left: number; right: number; width: number }[]
        expect(charts).toHaveLength(2 * 4 + 2 * layers)
        expect(charts.filter(chart => chart.left < 0 || chart.right > width || chart.width < 100)).toEqual([])
      }
    })
  },
)
