/** What the process of the writing clients is told, as JSON on its standard input: no password in an argument list. */
export interface LedgerJob {
  readonly run: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly write: readonly Endpoint[];
  readonly read: readonly Endpoint[];
  readonly clients: number;
  /** Rows a second and client, at most; null: as fast as they are answered. */
  readonly rate: number | null;
  readonly seed: number;
  readonly patience: {
    readonly connectSeconds: number;
    /** Then the client drops its connection and takes the row for not acknowledged. The server is never asked to cancel. */
    readonly answerSeconds: number;
  };
  /** It ends by itself after this, whatever became of lab. */
  readonly mostSeconds: number;
}

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}
