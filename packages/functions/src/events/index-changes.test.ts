import type { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import type { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { commentContract } from "@haru/core/comment/comment.contract";
import { postContract } from "@haru/core/post/post.contract";
import { connectOpensearch } from "@haru/core/search/opensearch/client";
import { generationBody, readAlias, writeAlias } from "@haru/core/search/opensearch/schema";
import { searchContract } from "@haru/core/search/search.contract";
import type { DynamoDBStreamEvent } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { redrive } from "../../../../scripts/dead-letter.ts";
import { borrowOpensearch } from "../../../core/test/search-index.ts";
import { clientSettings } from "../../../local/src/aws-client.ts";
import { whyNoOpensearch } from "../../../local/src/engine/opensearch-install.ts";
import { startSqs } from "../../../local/src/engine/sqs.ts";
import { call, type Person } from "../../test/call.ts";
import { link, newPerson, startLinkedTable } from "../../test/services.ts";
import { handler as comment } from "../comment.ts";
import { handler as post } from "../post.ts";
import { handler as search } from "../search.ts";
import { handler } from "./index-changes.ts";

const missing = await whyNoOpensearch();
const functionArn = "arn:aws:lambda:us-east-1:000000000000:function:index";
const context = { getRemainingTimeInMillis: () => 0, invokedFunctionArn: functionArn };

describe.skipIf(missing !== undefined)("on OpenSearch", () => {
  let table: Awaited<ReturnType<typeof startLinkedTable>>;
  let queues: Awaited<ReturnType<typeof startSqs>>;
  let engine: Awaited<ReturnType<typeof borrowOpensearch>>;
  let opensearch: ReturnType<typeof connectOpensearch>;
  let sqs: SQSClient;
  let queueUrl = "";
  let author: Person;
  beforeAll(async () => {
    [table, queues, engine] = await Promise.all([startLinkedTable(), startSqs({}), borrowOpensearch()]);
    opensearch = connectOpensearch(engine.url);
    sqs = new SQSClient(clientSettings(queues.url));
    ({ QueueUrl: queueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "index-dead" })));
    process.env.AWS_ENDPOINT_URL_SQS = queues.url;
    link("Search", { endpoint: engine.url });
    link("IndexDlq", { url: queueUrl });
    author = await newPerson("author");
  }, 180_000);
  afterAll(async () => {
    sqs.destroy();
    await Promise.all([table.stop(), queues.stop(), engine.stop()]);
  });

  async function newPost(slug: string, title: string) {
    const fields = { lang: "ko", slug, title, description: "", tags: [], markdown: "본문" };
    const { body } = await call(post, postContract.create, { as: author, input: fields });
    const { postId } = body;
    await call(post, postContract.publish, { as: author, input: { postId, revision: 1 } });
    const NewImage = { __edb_e__: { S: "post" }, postId: { S: postId }, version: { N: "2" } };
    return { eventName: "MODIFY" as const, dynamodb: { SequenceNumber: slug, NewImage } };
  }

  async function newComment(postId: string, markdown: string) {
    const { body } = await call(comment, commentContract.create, { as: author, input: { postId, markdown } });
    const { commentId } = body;
    const ids = { postId: { S: postId }, threadId: { S: commentId }, commentId: { S: commentId } };
    const NewImage = { __edb_e__: { S: "comment" }, ...ids, version: { N: "1" } };
    return { eventName: "INSERT" as const, dynamodb: { SequenceNumber: commentId, NewImage } };
  }

  /** An index whose mapping differs: in which a title must be a number, or a field is not there. */
  async function makeIndex(properties: Readonly<Record<string, unknown>>) {
    const { settings, mappings } = generationBody;
    const body = {
      settings,
      mappings: { ...mappings, properties: { ...mappings.properties, ...properties } },
      aliases: { [readAlias]: {}, [writeAlias]: {} },
    };
    await opensearch.indices.create({ index: "haru-posts-v1", body: body as object });
  }

  async function redriveAll() {
    const lambda = {
      send: async ({ input }: InvokeCommand) => ({
        Payload: Buffer.from(JSON.stringify(await handler(JSON.parse(String(input.Payload)), context))),
      }),
    } as unknown as LambdaClient;
    const clients = { sqs, lambda, streams: {} as DynamoDBStreamsClient };
    const lines: string[] = [];
    const report = await redrive(clients, { queueUrl, isDryRun: false }, (line) => lines.push(line));
    return { report, lines };
  }

  const isIndexed = async (postId: string) =>
    (await opensearch.exists({ index: readAlias, id: `post:${postId}` })).body;

  test("a document that is refused lies with the dead letters alone, and is found once the index is mended", async () => {
    await makeIndex({ title: { type: "integer" } });
    const [refused, taken] = [await newPost("heron", "왜가리"), await newPost("year", "2026")];
    const Records = [refused, taken] as DynamoDBStreamEvent["Records"];
    expect(await handler({ Records }, context)).toEqual({ batchItemFailures: [] });
    const [heron, year] = [refused, taken].map(({ dynamodb }) => dynamodb.NewImage.postId.S);
    expect(await isIndexed(year ?? "")).toBe(true);
    expect(await isIndexed(heron ?? "")).toBe(false);

    await opensearch.indices.delete({ index: "haru-posts-v1" });
    const { report, lines } = await redriveAll();
    // What readers see and what the author wrote are two documents.
    expect(report).toEqual({ handled: 2, left: 0 });
    expect(lines).toEqual(Array(2).fill("index: one event (DocumentRefused): handled"));
    await opensearch.indices.refresh({ index: readAlias });
    // On a busy machine the index may be late, and the beginnings of titles answer in its place.
    await expect
      .poll(
        async () => (await call(search, searchContract.find, { input: { q: "왜가리", lang: "ko" } })).body,
        { timeout: 30_000 },
      )
      .toMatchObject({ source: "index", items: [{ postId: heron }] });
  });

  test("an index of before comments goes on taking posts, and takes the comments once it was made anew", async () => {
    await opensearch.indices.delete({ index: "haru-posts-v1" });
    await makeIndex({ queue: undefined });
    const swan = await newPost("swan", "고니");
    const postId = swan.dynamodb.NewImage.postId.S;
    const said = await newComment(postId, "물수리도 보았습니다");
    const Records = [said, swan] as DynamoDBStreamEvent["Records"];
    expect(await handler({ Records }, context)).toEqual({ batchItemFailures: [] });
    expect(await isIndexed(postId)).toBe(true);

    await opensearch.indices.delete({ index: "haru-posts-v1" });
    expect((await redriveAll()).report).toEqual({ handled: 1, left: 0 });
    await opensearch.indices.refresh({ index: readAlias });
    const { commentId } = said.dynamodb.NewImage;
    await expect
      .poll(
        async () =>
          (await call(search, searchContract.findComments, { as: author, input: { q: "물수리" } })).body,
        {
          timeout: 30_000,
        },
      )
      .toMatchObject({ items: [{ commentId: commentId.S, queue: "none", post: { slug: "swan" } }] });
  });
});
