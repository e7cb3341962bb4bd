import { AppError, errorStatus } from "@haru/core/errors";
import { defaultLocale } from "@haru/core/locale";
import { connect, disconnect } from "@haru/core/realtime/realtime";
import type { APIGatewayProxyResultV2, APIGatewayProxyWebsocketEventV2 } from "aws-lambda";
import { coreFor } from "../core.ts";

/** What comes with a handshake beside the rest. */
type SocketEvent = APIGatewayProxyWebsocketEventV2 & {
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>>;
};

/**
 * Opens and forgets sockets. Clients say nothing through them but that they are there, which
 * keeps the connection: everything else goes over the API.
 */
export async function handler(event: SocketEvent): Promise<APIGatewayProxyResultV2> {
  const { routeKey, connectionId } = event.requestContext;
  const core = coreFor(defaultLocale);
  if (routeKey === "$disconnect") await disconnect(core, connectionId);
  if (routeKey !== "$connect") return { statusCode: 200 };
  try {
    await connect(core, { ticket: event.queryStringParameters?.ticket ?? "", connectionId });
    return { statusCode: 200 };
  } catch (error) {
    // The handshake's answer has no body that a browser could read: its status says it.
    if (error instanceof AppError) return { statusCode: errorStatus[error.code] };
    throw error;
  }
}
