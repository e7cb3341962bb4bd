import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { type Id, type IdNoun, newId } from "./id.ts";
import type { Locale } from "./locale.ts";

/**
 * What every verb takes first: the few things that differ between a Lambda function,
 * a command and a test. It holds no credentials and reads no environment.
 */
export interface Core {
  /** The one table and the client that reaches it. Entities are made from it where they are declared. */
  readonly table: { readonly name: string; readonly client: DynamoDBDocumentClient };
  /** The language to answer in. */
  readonly locale: Locale;
  now(): Date;
  newId<N extends IdNoun>(noun: N): Id<N>;
}

interface CoreOptions {
  readonly tableName: string;
  readonly client: DynamoDBDocumentClient;
  readonly locale: Locale;
  /** The clock; the machine's when absent. */
  readonly now?: () => Date;
}

/** Builds a core. Each runner has one `core.ts` that calls this lazily; tests call it with their own clock. */
export function createCore(options: CoreOptions): Core {
  const now = options.now ?? (() => new Date());
  return {
    table: { name: options.tableName, client: options.client },
    locale: options.locale,
    now,
    newId: (noun) => newId(noun, now()),
  };
}
