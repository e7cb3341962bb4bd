import { createHash } from "node:crypto";
import type { TransactWriteItem } from "electrodb";
import type * as z from "zod";
import { idempotencyKeySchema } from "../contract.ts";
import type { ActorCore } from "../core.ts";
import { AppError } from "../errors.ts";
import { inTransaction } from "../transaction.ts";
import { idempotencyKeys } from "./idempotency.entity.ts";

const lifetimeSeconds = 24 * 60 * 60;

/** The input of an idempotent verb: that of the contract and the key, which travels in a header. */
export function withIdempotencyKey<Shape extends z.ZodRawShape>(input: z.ZodObject<Shape, z.core.$strict>) {
  return input.extend({ idempotencyKey: idempotencyKeySchema.optional() });
}

interface Creation<I extends string> {
  /** Names the verb, so that a key of one cannot answer for another. */
  readonly verb: string;
  readonly input: { readonly idempotencyKey?: string | undefined };
  /** The id of what is about to be created. */
  readonly id: I;
}

interface Once<I extends string> {
  /** Belong into the transaction that creates. Empty when the caller sent no key. */
  readonly markers: readonly TransactWriteItem[];
  /**
   * Asked after a refused transaction: the id that an earlier request with this key and input created.
   * @throws AppError `idempotency_mismatch` when the key was used for something else
   */
  earlier(): Promise<I | undefined>;
}

/**
 * Makes a create happen at most once per key: its marker is written in the same transaction
 * as what it creates, so that "accepted" and "remembered" cannot come apart.
 */
export function createOnce<I extends string>(core: ActorCore, { verb, input, id }: Creation<I>): Once<I> {
  const { idempotencyKey, ...content } = input;
  if (idempotencyKey === undefined) return { markers: [], earlier: async () => undefined };
  const address = { accountId: core.actor.accountId, idempotencyKey };
  const inputHash = createHash("sha256")
    .update(JSON.stringify([verb, content]))
    .digest("base64url");
  const nowSeconds = Math.floor(core.now().getTime() / 1000);
  const marker = inTransaction(idempotencyKeys(core))
    .put({ ...address, inputHash, createdId: id, expireAt: nowSeconds + lifetimeSeconds })
    // The table deletes expired items late.
    .where(({ createdId, expireAt }, is) => `${is.notExists(createdId)} OR ${is.lte(expireAt, nowSeconds)}`)
    .commit();
  return {
    markers: [marker],
    async earlier() {
      const { data } = await idempotencyKeys(core).get(address).go({ consistent: true });
      if (!data || data.expireAt <= nowSeconds) return undefined;
      if (data.inputHash !== inputHash) throw new AppError("idempotency_mismatch");
      return data.createdId as I;
    },
  };
}
