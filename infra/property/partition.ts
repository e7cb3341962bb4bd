import { partitionPatterns, type StoredNoun, tableDefinition } from "@haru/core/table-definition";
import type { RecordedFunction, Recording } from "@haru/local/synth/recording";
import { allowedTo, leadingKeysOf, type Property, type Statement } from "./recording.ts";

/** Functions that count who asks how often, and write nothing else: their statement names the limit itself. */
const countsOnly = /^\$haru#name_.+\*$/;

const actionOnItems =
  /^dynamodb:(BatchGetItem|BatchWriteItem|ConditionCheckItem|DeleteItem|GetItem|PutItem|Query|UpdateItem)$/;

/** Nouns whose entities are in a bundle and whose items the function never asks for, and why. */
const neverAskedFor: Readonly<Record<string, readonly StoredNoun[]>> = {
  // It answers with one fixed document.
  ApiDescription: ["account", "limit", "session"],
  // It asks for what is public of a post, by the module that also shows the pictures in its text.
  TableSubscriberCards: ["media"],
  // It changes nothing of a post but its tags, by the verb that also creates, renders and schedules.
  TagMovesSubscriber: ["account", "appointment", "idempotency", "media"],
};

/** What functions write that are given reads otherwise. */
const writesBeside: Readonly<Record<string, readonly string[]>> = {
  // The session of whoever is let in.
  ApiSearch: ["dynamodb:PutItem", "dynamodb:UpdateItem"],
  // Who was told, taken back when a mail could not be sent, and the key that stops the mails.
  NoticesSubscriber: ["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
  // How far the todos were looked through.
  RemindHandler: ["dynamodb:PutItem"],
  // Who was reminded, taken back when it could not be sent, browsers that are gone, and the key that stops the mails.
  RemindersSubscriber: ["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
  // Where the card of a post is.
  TableSubscriberCards: ["dynamodb:UpdateItem"],
  // Connections that are gone.
  TableSubscriberPoke: ["dynamodb:DeleteItem"],
  // How far the zip has come.
  TakeoutJobsSubscriber: ["dynamodb:UpdateItem"],
};

/** Modules that write many items in one call: an action of its own, which the right to delete one does not cover. */
const writesInBatches = /\/(closure\/erase|media\/use|post\/forget)\.ts$/;
const batchWrite = "dynamodb:BatchWriteItem";

/** What a policy could tell apart: the items of the nouns whose entities are in the bundle, and no others. */
export const functionsReachTheItemsOfTheirNouns: Property = (stage) =>
  Object.entries(stage.functions).flatMap(([name, declared]) => {
    if (!declared.modules) return [];
    const held = nounsIn(declared);
    const possible = partitionPatterns(held);
    const unused = startingWith(neverAskedFor, name);
    const needed = partitionPatterns(held.filter((noun) => !unused.includes(noun)));
    const wide = itemStatements(stage, name).filter((statement) => leadingKeysOf(statement) === undefined);
    const named = new Set(
      itemStatements(stage, name)
        .flatMap((statement) => leadingKeysOf(statement) ?? [])
        .filter((pattern) => !countsOnly.test(pattern)),
    );
    const counting = itemStatements(stage, name).some((statement) =>
      leadingKeysOf(statement)?.some((pattern) => countsOnly.test(pattern)),
    );
    const inBatches = declared.modules.some((module) => writesInBatches.test(module)) ? [batchWrite] : [];
    const writes = [...startingWith(writesBeside, name), ...inBatches];
    const allowed = itemStatements(stage, name).flatMap(({ actions }) => actions);
    return [
      ...(allowed.includes(batchWrite) && !writes.includes(batchWrite)
        ? [`The function ${name} may ${batchWrite}, and nothing in its bundle does.`]
        : []),
      ...writes
        .filter((write) => !allowed.includes(write))
        .map((write) => `The function ${name} needs ${write}, and no statement allows it.`),
      ...wide.map(
        (statement) => `The function ${name} may ${statement.actions.join(", ")} on items of every noun.`,
      ),
      ...needed
        .filter((pattern) => !named.has(pattern) && wide.length === 0)
        .filter((pattern) => !(counting && pattern === "$haru#name_*"))
        .map(
          (pattern) =>
            `The function ${name} may not reach the partitions ${pattern}, whose entity is in its bundle.`,
        ),
      ...[...named]
        .filter((pattern) => !possible.includes(pattern))
        .map(
          (pattern) =>
            `The function ${name} may reach the partitions ${pattern}, and no entity in its bundle has any.`,
        ),
    ];
  });

/** What is said of a function, by how its name begins: SST ends some names in letters of its own. */
function startingWith<Value>(
  said: Readonly<Record<string, readonly Value[]>>,
  name: string,
): readonly Value[] {
  return Object.entries(said).find(([start]) => name.startsWith(start))?.[1] ?? [];
}

function nounsIn({ modules = [] }: RecordedFunction): StoredNoun[] {
  const nouns = modules.flatMap((module) => /([\w-]+)\.entity\.ts$/.exec(module)?.[1] ?? []);
  return nouns.filter((noun): noun is StoredNoun => noun in tableDefinition.partitions);
}

/** What a function's role allows on items of a table. */
function itemStatements(stage: Recording, functionName: string): Statement[] {
  return allowedTo(stage, functionName).filter(({ actions }) =>
    actions.some((action) => actionOnItems.test(action)),
  );
}
