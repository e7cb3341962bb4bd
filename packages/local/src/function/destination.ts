import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { clientSettings } from "../aws-client.ts";
import { ACCOUNT_ID, type Endpoints, type FunctionService } from "../cloud.ts";

/** Gives what failed, or succeeded, to where the program said: a queue, a topic or a function, by ARN. */
export interface Destinations {
  /** @throws Error when the destination does not take it */
  deliver(arn: string, payload: unknown, attributes?: Readonly<Record<string, string>>): Promise<void>;
  stop(): void;
}

/** Services that `deliver` reaches. Others are refused when the program names them. */
const SERVICES = ["sqs", "sns", "lambda"];

export function isSupportedDestination(arn: string): boolean {
  return SERVICES.includes(arn.split(":")[2] ?? "");
}

/** The address of a queue, of which resources know only the ARN. */
export function queueUrl(endpoints: Pick<Endpoints, "sqs">, arn: string): string {
  return `${endpoints.sqs}/${ACCOUNT_ID}/${arn.split(":").at(-1)}`;
}

export function createDestinations(
  endpoints: Pick<Endpoints, "sqs">,
  functions: Pick<FunctionService, "invokeAsync">,
): Destinations {
  const sqs = new SQSClient(clientSettings(endpoints.sqs));
  return {
    async deliver(arn, payload, attributes = {}) {
      const service = arn.split(":")[2];
      if (service === "lambda") return functions.invokeAsync(arn, payload);
      const message = typeof payload === "string" ? payload : JSON.stringify(payload);
      if (service === "sns") return publish(endpoints.sqs, arn, message, attributes);
      if (service !== "sqs") throw new Error(`${arn} cannot take events on the local cloud.`);
      const entries = Object.entries(attributes).map(([name, value]) => [
        name,
        { DataType: "String", StringValue: value },
      ]);
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: queueUrl(endpoints, arn),
          MessageBody: message,
          ...(entries.length > 0 ? { MessageAttributes: Object.fromEntries(entries) } : {}),
        }),
      );
    },
    stop: () => sqs.destroy(),
  };
}

/** SNS's Publish in its plain query form: one call is no reason for another SDK client. */
async function publish(
  url: string,
  arn: string,
  message: string,
  attributes: Readonly<Record<string, string>>,
): Promise<void> {
  const form = new URLSearchParams({
    Action: "Publish",
    Version: "2010-03-31",
    TopicArn: arn,
    Message: message,
  });
  for (const [index, [name, value]] of Object.entries(attributes).entries()) {
    form.set(`MessageAttributes.entry.${index + 1}.Name`, name);
    form.set(`MessageAttributes.entry.${index + 1}.Value.DataType`, "String");
    form.set(`MessageAttributes.entry.${index + 1}.Value.StringValue`, value);
  }
  const response = await fetch(url, { method: "POST", body: form });
  if (!response.ok) throw new Error(`Publish to ${arn} was refused: ${await response.text()}`);
}
