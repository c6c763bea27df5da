import {
  findVersion,
  listEvaluations,
  listVersions,
  openCatalog,
  readCard,
  removeEvaluations,
  removeVersion,
  resembling,
  yankVersion,
  type Catalog,
  type EvaluationFilter,
  type EvaluationRecord,
  type Publication,
  type VersionRecord,
} from '../catalog/index.ts'
import { ModelHubError } from '../common/index.ts'
import { explainFit, type Explanation } from '../search/index.ts'
import { checkParameters } from './check-parameters.ts'
import { HubIndex, type IndexWork } from './hub-index.ts'
import { indexStatus, rebuildIndex, type IndexStatus } from './index-status.ts'
import { compareModels, type CompareOptions, type ModelComparison } from './compare-models.ts'
import type { HubEvaluateOptions, LabelledDataset } from './evaluate-options.ts'
import type { EvaluationResult } from './evaluation-result-schema.ts'
import { loadCandidates } from './load-candidates.ts'
import type { HubLabelOptions } from './label-options.ts'
import type { Labelling } from './labelling.ts'
import type { LoadedSketch } from './load-sketch.ts'
import { publishModel, type PublishInput } from './publish.ts'
import type { BundleOptions, BundlePredictions } from './predict-bundle.ts'
import type { Predictions } from './predict.ts'
import type { HubRankOptions } from './rank-options.ts'
import type { RankReport } from './rank-report.ts'
import type { RankResult } from './rank-result-schema.ts'
import { readPublication, type PublicationSource } from './read-publication.ts'
import type { RunOneOptions } from './run-one.ts'
import type { SearchedTarget, SearchRunOptions } from './search-and-run.ts'
import { gatherReport, type SearchReport } from './search-report.ts'
import { searchHub, type SearchedHub, type SearchOptions } from './search-hub.ts'
import type { IndexTuning, TuneOptions } from './tune-index.ts'
import type { SearchResult } from './search-result-schema.ts'

/** A hub: models with their cards and sketches, and the search over them. Close it when done. */
export class Hub {
  readonly #catalog: Catalog
  readonly #index: HubIndex
  readonly #searched: SearchedHub

  private constructor(catalog: Catalog) {
    this.#catalog = catalog
    this.#index = new HubIndex(catalog)
    this.#searched = { catalog, index: this.#index }
  }

  /**
   * Opens the hub in a folder, or in a PostgreSQL database: `postgres://user:password@host/database`, with the folder
   * of its files as the parameter `objects` unless they lie in the database too.
   *
   * @param options create: make it when there is none
   * @throws HUB_NOT_FOUND, HUB_VERSION, HUB_DAMAGED, HUB_UNREACHABLE
   */
  static async open(place: string, options: { readonly create?: boolean } = {}): Promise<Hub> {
    return new Hub(await openCatalog(place, options))
  }

  /**
   * Publishes the model of a folder, or what `readPublication` has read of it. All of it happens or nothing; the same content again changes nothing.
   *
   * @throws CARD_INVALID, MODEL_INVALID, MODEL_UNSAFE, MODEL_MISMATCH, SKETCH_INVALID, and what reading data throws
   */
  async publish(source: PublicationSource | PublishInput): Promise<Publication> {
    const input = 'folder' in source ? await readPublication(source) : source
    return publishModel(this.#catalog, input, new Date())
  }

  /** Searches for the models whose training data fit a target (see `loadTarget`). */
  search(target: LoadedSketch, options: SearchOptions = {}): Promise<SearchResult> {
    return searchHub(this.#searched, target, options)
  }

  /**
   * Why a model fits a target as it does.
   *
   * @param model `owner/model`, `owner/model@3` or `owner/model@latest`
   * @throws MODEL_NOT_FOUND; USAGE for the pooled space, which has no histograms by feature
   */
  async explain(target: LoadedSketch, model: string, options: SearchOptions = {}): Promise<Explanation> {
    const parameters = checkParameters({ ...options, top: 1 })
    if (parameters.space === 'pooled') {
      throw new ModelHubError(
        'USAGE',
        'space: pooled has no histograms by feature to explain by; use joint, the default',
      )
    }
    const version = await findVersion(this.#catalog.db, model)
    const [found] = await loadCandidates(this.#catalog, { only: [version] })
    if (!found) throw new ModelHubError('HUB_DAMAGED', `${model}: it belongs to no domain`)
    return explainFit(target.sketch, { domain: found.domain, candidate: found.candidates[0] }, parameters)
  }

  /**
   * Models beside each other: cards, training data, and the fit to a target where one is given.
   *
   * @param models 2 to 6 of `owner/model` or `owner/model@3`
   * @throws MODEL_NOT_FOUND, USAGE
   */
  compare(models: readonly string[], options: CompareOptions = {}): Promise<ModelComparison> {
    return compareModels(this.#catalog, models, options)
  }

  /** A search with what a report of it shows: explanations and parts of the first models, and a map of the hub. */
  report(target: LoadedSketch, options: SearchOptions = {}): Promise<SearchReport> {
    return gatherReport(this.#searched, target, options)
  }

  /** Searches, then runs the first models found on the data that the target was sketched from. */
  async searchAndRun(searched: SearchedTarget, options: SearchRunOptions = {}): Promise<SearchResult> {
    const { searchAndRun } = await import('./search-and-run.ts')
    return searchAndRun(this.#searched, searched, options)
  }

  /** The same with what a report of it shows. */
  async reportAndRun(searched: SearchedTarget, options: SearchRunOptions = {}): Promise<SearchReport> {
    const { reportAndRun } = await import('./search-and-run.ts')
    return reportAndRun(this.#searched, searched, options)
  }

  /** Runs models on a target and ranks them by what they say of it (see `HubRankOptions`). */
  async rank(places: readonly string[], options: HubRankOptions = {}): Promise<RankResult> {
    const { rankHub } = await import('./rank-hub.ts')
    return (await rankHub(this.#searched, places, options)).result
  }

  /** A ranking with what a report of it shows: the rows as the first models see them, and scores against D. */
  async rankReport(places: readonly string[], options: HubRankOptions = {}): Promise<RankReport> {
    const { rankHub } = await import('./rank-hub.ts')
    const { rankReport } = await import('./rank-report.ts')
    const { result, ranking } = await rankHub(this.#searched, places, options)
    return rankReport(result, ranking, options)
  }

  /** Runs models on labelled datasets and keeps how well they did as the hub's history (see `HubEvaluateOptions`). */
  async evaluate(datasets: readonly LabelledDataset[], options: HubEvaluateOptions = {}): Promise<EvaluationResult> {
    const { evaluateHub } = await import('./evaluate-hub.ts')
    return evaluateHub(this.#catalog, datasets, options)
  }

  /** How well models did on labelled datasets, in order of dataset, model and version. */
  history(filter: EvaluationFilter = {}): Promise<readonly EvaluationRecord[]> {
    return listEvaluations(this.#catalog.db, filter)
  }

  /**
   * Removes a dataset from the history.
   *
   * @returns how many evaluations on it there were
   */
  removeHistory(dataset: string): Promise<number> {
    return this.#catalog.write(tx => removeEvaluations(tx, dataset))
  }

  /** Runs models on a target, so that the rows which tell them apart can be labelled (see `HubLabelOptions`). */
  async label(places: readonly string[], options: HubLabelOptions = {}): Promise<Labelling> {
    const { openLabelling } = await import('./open-labelling.ts')
    return openLabelling(this.#searched, places, options)
  }

  /** What a model of this hub says of the rows of a dataset (see `predict`). */
  async predict(model: string, places: readonly string[], options: RunOneOptions = {}): Promise<Predictions> {
    const version = await findVersion(this.#catalog.db, model)
    const { predict } = await import('./predict.ts')
    const { candidateOf } = await import('./model-to-run.ts')
    return predict(folder => candidateOf(this.#catalog, version, { folder }), places, options)
  }

  /** What the models that together cover most of a dataset say of its rows (see `predictBundle`). */
  async predictBundle(places: readonly string[], options: BundleOptions = {}): Promise<BundlePredictions> {
    const { predictBundle } = await import('./predict-bundle.ts')
    return predictBundle(this.#catalog, places, options)
  }

  /**
   * Models in order of name: the latest version of each, or with `all` every version, yanked ones too.
   *
   * @param options where: only those that fulfil a condition (docs/where.md); query: only those whose name resembles
   *   it, best first
   */
  async list(
    options: { readonly all?: boolean; readonly where?: string; readonly query?: string } = {},
  ): Promise<readonly VersionRecord[]> {
    const versions = await listVersions(this.#catalog.db, options)
    return options.query === undefined ? versions : resembling(versions, options.query)
  }

  /** A version and its card. */
  async show(model: string): Promise<{ readonly version: VersionRecord; readonly card: string }> {
    const version = await findVersion(this.#catalog.db, model)
    return { version, card: await readCard(this.#catalog.db, version.id) }
  }

  /** Hides a version from searches; it is still found by its number. With `yanked` false, takes that back. */
  yank(model: string, yanked = true): Promise<VersionRecord> {
    return this.#catalog.write(tx => yankVersion(tx, model, yanked))
  }

  /** Removes a version for good, and what no other version needs of its files. */
  remove(model: string): Promise<VersionRecord> {
    return removeVersion(this.#catalog, model)
  }

  /** What the files of the index hold, and whether they are whole; nothing is changed. */
  indexStatus(): Promise<IndexStatus> {
    return indexStatus(this.#catalog, this.#index)
  }

  /** Makes the index anew from the catalog (see `rebuildIndex`). */
  rebuildIndex(work: IndexWork = {}): Promise<IndexStatus> {
    return rebuildIndex(this.#catalog, this.#index, work)
  }

  /** Recall and cost of the index on a sample; keeps the parameters of JS-LSH that it picks (see `tuneIndex`). */
  async tuneIndex(options: TuneOptions = {}): Promise<IndexTuning> {
    const { tuneIndex } = await import('./tune-index.ts')
    return tuneIndex(this.#catalog, this.#index, options)
  }

  /** Lets go of the files of the index; the next search opens them anew. */
  forgetIndex(): void {
    this.#index.close()
  }

  close(): Promise<void> {
    this.#index.close()
    return this.#catalog.close()
  }
}
