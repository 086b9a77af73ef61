/** A plain HTTP question to a node, which needs no certificate and no name looked up. */
export interface PlainQuestion {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** With a body it is a POST, else a GET. */
  readonly body?: string;
  /** From the first attempt to connect to the last byte of the answer. */
  readonly seconds: number;
}

export type PlainAnswer =
  /** Whatever its status: an error page is an answer too. */
  | { readonly kind: 'answered'; readonly body: string }
  /** Nobody listens there. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'timed-out'; readonly bytes: number }
  /** Anything else that may become of a connection. */
  | { readonly kind: 'other' };

/** A line on the seat's standard input, and the one that it answers with; an answer may overtake another. */
export interface NumberedQuestion {
  readonly number: number;
  readonly question: PlainQuestion;
}

export interface NumberedAnswer {
  readonly number: number;
  readonly answer: PlainAnswer;
}
