import { save } from "./save.ts";

interface Batch {
  readonly Records: readonly {
    readonly eventName: string;
    readonly dynamodb: {
      readonly SequenceNumber: string;
      readonly Keys: { readonly id: { readonly S: string } };
    };
  }[];
}

/** Notes named `note#poison…` fail for ever; all others are written down once each. */
export async function handler({ Records }: Batch) {
  for (const { eventName, dynamodb } of Records) {
    const note = dynamodb.Keys.id.S;
    if (note.startsWith("note#poison")) {
      return { batchItemFailures: [{ itemIdentifier: dynamodb.SequenceNumber }] };
    }
    await save(`audit#${note}`, { eventName });
  }
  return { batchItemFailures: [] };
}
