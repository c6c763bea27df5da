import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCatalog } from '../../src/catalog/index.ts'
import { catalogContract, type CatalogOpener } from './catalog-contract.ts'
import { historyContract } from './history-contract.ts'

const folder: CatalogOpener = {
  name: 'a folder with SQLite',
  open: hub => openCatalog(join(tmpdir(), hub), { create: true }),
  destroy: hub => rm(join(tmpdir(), hub), { recursive: true }),
}
catalogContract(folder)
historyContract(folder)
