/** An HTTP question to a node's address. */
export interface SeatQuestion {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** With a body it is a POST, else a GET. */
  readonly body?: string;
  /** Over TLS, and then always with a certificate. */
  readonly tls?: TlsFiles;
  /** From the first attempt to connect to the last byte of the answer. */
  readonly seconds: number;
}

/** PEM files, as they are called under `root`, where this machine sees a node's own root. */
export interface TlsFiles {
  readonly root: string;
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

export type SeatAnswer =
  /** Whatever its status: an error page is an answer too. */
  | { readonly kind: 'answered'; readonly body: string }
  /** Nobody listens there. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'timed-out'; readonly bytes: number }
  /** It was heard, and the connection ended without a byte: what a member that speaks TLS does with a plain question. */
  | { readonly kind: 'empty' }
  /** Anything else that may become of a connection, and over TLS every end without an answer before it stands. */
  | { readonly kind: 'other' };

/** A line on the seat's standard input, and the one that it answers with; an answer may overtake another. */
export interface NumberedQuestion {
  readonly number: number;
  readonly question: SeatQuestion;
}

export interface NumberedAnswer {
  readonly number: number;
  readonly answer: SeatAnswer;
}
