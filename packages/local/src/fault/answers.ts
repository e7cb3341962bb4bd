import type { ServerResponse } from "node:http";
import type { CallFault } from "./plan.ts";

interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
}

/** What each service answers when there are too many calls, and when the mistake is its own ("Common errors" of its API reference). */
const ANSWERS: Readonly<Record<CallFault["service"], Readonly<Record<"throttle" | "error", ErrorAnswer>>>> = {
  dynamodb: {
    throttle: { status: 400, code: "com.amazonaws.dynamodb.v20120810#ThrottlingException" },
    error: { status: 500, code: "com.amazonaws.dynamodb.v20120810#InternalServerError" },
  },
  s3: { throttle: { status: 503, code: "SlowDown" }, error: { status: 500, code: "InternalError" } },
  sqs: {
    throttle: { status: 400, code: "com.amazonaws.sqs#RequestThrottled" },
    error: { status: 500, code: "InternalFailure" },
  },
  cognito: {
    throttle: { status: 400, code: "TooManyRequestsException" },
    error: { status: 500, code: "InternalErrorException" },
  },
  lambda: {
    throttle: { status: 429, code: "TooManyRequestsException" },
    error: { status: 500, code: "ServiceException" },
  },
};

/** Answers in the service's name. */
export function answerFault(
  response: ServerResponse,
  service: CallFault["service"],
  fault: "throttle" | "error",
): void {
  const { status, code } = ANSWERS[service][fault];
  const message = "A fault on purpose.";
  const isXml = service === "s3";
  const body = isXml
    ? `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`
    : JSON.stringify({ __type: code, message, Message: message });
  response.writeHead(status, {
    "content-type": isXml ? "application/xml" : "application/x-amz-json-1.0",
    "x-amzn-errortype": code,
    "content-length": Buffer.byteLength(body),
    // The rest of the request is not read.
    connection: "close",
  });
  response.end(body);
}
