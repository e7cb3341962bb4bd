import { SQSClient } from "@aws-sdk/client-sqs";
import { clientSettings, onePerCloud } from "../aws-client.ts";
import type { Cloud } from "../cloud.ts";
import type { Resource } from "../resource.ts";
import { failureSources, labelOf } from "./failure-source.ts";
import { describeLetter, readLetter } from "./letter.ts";
import { redrive } from "./redrive.ts";
import type { MessageView, QueueView, RedriveOutcome } from "./view.ts";

/** More cannot be read by a person. */
const SHOWN_MESSAGES = 100;
const SHOWN_BODY_CHARACTERS = 20_000;

/** A message as the engine tells it to those who look without receiving. */
interface EngineMessage {
  readonly messageId: string;
  readonly body: string;
  readonly sentTimestamp: number;
  readonly approximateReceiveCount: number;
}

interface EngineQueue {
  readonly messages: {
    readonly ready: readonly EngineMessage[];
    readonly delayed: readonly EngineMessage[];
    readonly inflight: readonly { readonly message: EngineMessage }[];
  };
}

export interface Queues {
  list(): Promise<QueueView[]>;
  /** The oldest first; undefined when there is no such queue. Looking changes nothing. */
  messages(name: string): Promise<MessageView[] | undefined>;
  /** @returns undefined when there is no such queue or nothing sends its failures there */
  redrive(name: string): Promise<RedriveOutcome | undefined>;
}

const clientOf = onePerCloud((cloud) => new SQSClient(clientSettings(cloud.endpoints.sqs)));

/** The queues of a cloud, for people. */
export function watchQueues(cloud: Cloud): Queues {
  const declared = cloud.resources.filter(({ type }) => type === "aws:sqs/queue:Queue");
  const sources = failureSources(cloud.resources);
  const find = (name: string) => declared.find(({ inputs }) => inputs.name === name);
  const sourcesOf = ({ state }: Resource) => sources.get(state.arn) ?? [];

  async function look(name: string): Promise<EngineQueue> {
    const response = await fetch(`${cloud.endpoints.sqs}/_fauxqs/queues/${encodeURIComponent(name)}`);
    if (!response.ok) throw new Error(`The queue engine does not know ${name}: ${await response.text()}`);
    return (await response.json()) as EngineQueue;
  }

  return {
    list: () =>
      Promise.all(
        declared.map(async (queue) => {
          const { ready, delayed, inflight } = (await look(queue.inputs.name)).messages;
          const all = [...ready, ...delayed, ...inflight.map(({ message }) => message)];
          return {
            name: queue.inputs.name,
            label: labelOf(queue),
            waiting: ready.length,
            inFlight: inflight.length,
            delayed: delayed.length,
            failuresOf: sourcesOf(queue).map(({ label }) => label),
            ...(all.length > 0 ? { oldestAt: Math.min(...all.map((one) => one.sentTimestamp)) } : {}),
          };
        }),
      ),
    async messages(name) {
      const queue = find(name);
      if (!queue) return undefined;
      const { ready, delayed, inflight } = (await look(name)).messages;
      const all = [...ready, ...inflight.map(({ message }) => message), ...delayed];
      const shown = all.toSorted((a, b) => a.sentTimestamp - b.sentTimestamp).slice(0, SHOWN_MESSAGES);
      return shown.map(({ messageId, body, sentTimestamp, approximateReceiveCount }) => ({
        id: messageId,
        body: body.slice(0, SHOWN_BODY_CHARACTERS),
        sentAt: sentTimestamp,
        receiveCount: approximateReceiveCount,
        destination: describeLetter(readLetter(body, sourcesOf(queue))),
      }));
    },
    async redrive(name) {
      const queue = find(name);
      if (!queue || sourcesOf(queue).length === 0) return undefined;
      return redrive(clientOf(cloud), { arn: queue.state.arn, sources: sourcesOf(queue) }, cloud);
    },
  };
}
