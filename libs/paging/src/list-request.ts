/** What a client asks of a list. */
export interface ListRequest {
  /** Rows of a page at most; absent: all rows there are. */
  readonly limit?: number | undefined;
  /** Where to go on: the cursor of the page before. */
  readonly cursor?: string | undefined;
  /** By time; oldest first unless it says otherwise. */
  readonly order?: 'asc' | 'desc' | undefined;
  /** A condition in the query language. */
  readonly where?: string | undefined;
}

/** A list, or a page of one. */
export interface List<Row> {
  /** Each is handed over to who reads it. */
  readonly pages: AsyncGenerator<Row[], void, void>;
  /** Where the next page starts; absent when there is none. */
  readonly nextCursor?: string | undefined;
}
