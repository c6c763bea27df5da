import chromium from '@sparticuz/chromium'
import { chromium as browsers, type Page } from 'playwright-core'
import { pathToFileURL } from 'node:url'
import { expect } from 'vitest'

/**
 * Opens files one after the other in a page of a real browser and looks at each; none may say, fetch or do anything of
 * its own. One page for all: without a sandbox the browser is one process and ends with its first page.
 */
export async function inBrowser(paths: readonly string[], look: (page: Page, path: string) => Promise<void>) {
  const browser = await browsers.launch({ executablePath: await chromium.executablePath(), args: chromium.args })
  try {
    const page = await browser.newPage()
    const faults: string[] = []
    const requests: string[] = []
    page.on('console', message => faults.push(message.text()))
    page.on('pageerror', error => faults.push(String(error)))
    page.on('request', request => requests.push(request.url()))
    for (const path of paths) {
      await page.goto(pathToFileURL(path).href)
      expect(await page.locator('script').count()).toBe(0)
      await look(page, path)
      expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(10_000)
    }
    expect(faults).toEqual([])
    expect(requests.filter(url => !url.startsWith('data:'))).toEqual(paths.map(path => pathToFileURL(path).href))
  } finally {
    await browser.close()
  }
}
