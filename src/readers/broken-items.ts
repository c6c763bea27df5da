import { ModelHubError } from '../common/index.ts'

/** Share of broken files above which a dataset is refused. */
const MAX_BROKEN_SHARE = 0.05
const NAMED_FILES = 5

/** The images or texts of a dataset that cannot be read: they are skipped, counted and named. */
export class BrokenItems {
  private readonly kind: string
  private readonly faults = new Map<string, string>()

  /** @param kind what the items are, in the plural, as in `images` */
  constructor(kind: string) {
    this.kind = kind
  }

  add(path: string, { name, fault = 'cannot be read' }: { readonly name: string; readonly fault?: string }): void {
    this.faults.set(`${path}: ${name}`, fault)
  }

  /** At most one line, for the user. */
  get warnings(): readonly string[] {
    return this.faults.size === 0 ? [] : [`${this.faults.size} ${this.kind} skipped: ${this.named()}`]
  }

  /**
   * Judges a dataset that has been read to its end.
   *
   * @param path the first place, for messages
   * @param whole items that are not broken
   * @throws FILE_DAMAGED when more than 5 % are broken, EMPTY_DATASET when there are none at all
   */
  checkEnd(path: string, whole: number): void {
    const all = whole + this.faults.size
    if (all === 0) throw new ModelHubError('EMPTY_DATASET', `${path}: expected ${this.kind}, found none`)
    if (this.faults.size <= MAX_BROKEN_SHARE * all) return
    throw new ModelHubError(
      'FILE_DAMAGED',
      `${this.faults.size} of ${all} ${this.kind} are broken (at most 5 % may be): ${this.named()}`,
    )
  }

  private named(): string {
    const named = [...this.faults].slice(0, NAMED_FILES).map(([name, fault]) => `${name} (${fault})`)
    return this.faults.size > NAMED_FILES ? `${named.join(', ')}, …` : named.join(', ')
  }
}
