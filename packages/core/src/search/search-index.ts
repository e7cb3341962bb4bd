import type { CommentStanding } from "../comment/comment.contract.ts";
import type { AccountId } from "../id.ts";
import type { Locale } from "../locale.ts";
import type { Query } from "./query.ts";
import type { Change, DocumentKind, Summary } from "./search-document.ts";

/** Who asks, as what may be shown to them. It is part of every query. */
export interface Visibility {
  readonly kind: DocumentKind;
  /** Only what belongs to this person, see `ownerOf`. */
  readonly ownerId?: AccountId;
}

/** What a person chose beside what they typed. */
export interface Narrowing {
  readonly lang?: Locale | undefined;
  readonly tag?: string | undefined;
  readonly authorId?: AccountId | undefined;
  readonly year?: number | undefined;
  /** Of comments. */
  readonly queue?: CommentStanding | undefined;
}

export interface FindRequest {
  readonly query: Query;
  readonly visibility: Visibility;
  readonly narrowing: Narrowing;
  /** True asks for all words, false for any of them. */
  readonly needsAll: boolean;
  readonly limit: number;
  /** Continues after this place. */
  readonly after?: Place | undefined;
  /** Counts by language, tag, author and year of what the words find, each with what was chosen of the others. */
  readonly wantsFacets: boolean;
  readonly now: Date;
}

/** The end of a page: score and id of its last document. */
export type Place = readonly [score: number, id: string];

export interface FacetCount {
  readonly value: string;
  /** Of an author, whose value is an id. */
  readonly label?: string;
  readonly count: number;
}

export interface Facets {
  readonly lang: readonly FacetCount[];
  readonly tag: readonly FacetCount[];
  readonly author: readonly FacetCount[];
  readonly year: readonly FacetCount[];
}

/** A document without its text, and the piece of it that fits the query best. */
export type Hit = Summary & { readonly passage: string };

export interface Found {
  readonly hits: readonly Hit[];
  readonly total: number;
  /** Absent on the last page. */
  readonly next?: Place | undefined;
  readonly facets?: Facets;
}

/** A document that the index will never take, and why. */
export interface Refusal {
  readonly id: string;
  readonly reason: string;
}

/** One of possibly two lives of the index: the one that is read, and one that is being built. */
export interface Generation {
  readonly number: number;
  readonly isRead: boolean;
  readonly isWritten: boolean;
  /** `analysisVersion` when it was made. */
  readonly analysis: number;
  readonly documents: number;
}

export interface VersionEntry {
  readonly id: string;
  readonly version: number;
  /** A mark of something that is gone. */
  readonly isGone: boolean;
}

/**
 * A search index. Writes are versioned: an older one never undoes a newer one, and the same one
 * twice is one. Every method rejects with `IndexUnavailable` when the index cannot be reached.
 */
export interface SearchIndex {
  /** Makes the first generation when there is none. */
  open(): Promise<void>;
  /** Writes to all generations that are written; older versions are left out in silence. */
  write(changes: readonly Change[], options?: { readonly onlyTo?: number }): Promise<readonly Refusal[]>;
  find(request: FindRequest): Promise<Found>;
  /** Words that are nearly these letters, likeliest first. They may be anybody's: ask before showing one. */
  similarWords(letters: string): Promise<readonly string[]>;

  generations(): Promise<readonly Generation[]>;
  /** Adds an empty generation that is written and not read. */
  begin(): Promise<number>;
  /** Reads from this generation. The one before stays, written too, for going back. */
  swap(to: number): Promise<void>;
  drop(generation: number): Promise<void>;
  /** Entries of a segment in order of their ids, marks included. */
  listVersions(options: {
    readonly generation: number;
    readonly segment: string;
    readonly after?: string | undefined;
    readonly limit: number;
  }): Promise<readonly VersionEntry[]>;
  /** Makes all that was written findable now. */
  refresh(): Promise<void>;
  /** Takes away marks that no late write can need any more. Answers how many. */
  sweep(before: Date): Promise<number>;
  close(): Promise<void>;
}

/** The index is down, slow or busy: worth another try later. */
export class IndexUnavailable extends Error {
  override readonly name = "IndexUnavailable";
}
