/**
 * The one table as it is declared to AWS. Infra and the tests create it from this. It stands
 * alone, because SST loads infra where this package's dependencies cannot be found.
 */
export const tableDefinition = {
  primary: { pk: "pk", sk: "sk" },
  globalIndexes: {
    gsi1: { pk: "gsi1pk", sk: "gsi1sk" },
    gsi2: { pk: "gsi2pk", sk: "gsi2sk" },
    gsi3: { pk: "gsi3pk", sk: "gsi3sk" },
  },
  /** Epoch seconds after which DynamoDB may delete the item. It is late by hours: reads filter on it too. */
  timeToLive: "expireAt",
} as const;
