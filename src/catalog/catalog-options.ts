/** How to open a hub. */
export interface CatalogOptions {
  /** Make the hub when there is none. */
  readonly create?: boolean
  /** How long to wait for other processes; 30 s unless told. */
  readonly lockTimeoutMs?: number
  /** How long a write whose connection to a server was lost is tried again; 15 s unless told. */
  readonly reconnectMs?: number
}
