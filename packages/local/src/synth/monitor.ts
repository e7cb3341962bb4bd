import { ACCOUNT_ID, REGION } from "../cloud.ts";
import type { Provisioned, ProvisionRequest, Resource } from "../resource.ts";
import { accountSettings } from "./declarations.ts";
import type { RegisteredResource } from "./messages.ts";
import { stableName } from "./physical-name.ts";
import { policyDocument } from "./policy-document.ts";
import { maskSecret, readProperty } from "./property.ts";
import type {
  Callback,
  InvokeRequest,
  OutputsRequest,
  Protocol,
  ReadRequest,
  RegisterRequest,
} from "./pulumi.ts";

const STACK = "pulumi:pulumi:Stack";
const LINK = "sst:sst:LinkRef";

export interface MonitorOptions {
  readonly protocol: Protocol;
  readonly app: string;
  readonly stage: string;
  /** File and line of a component that the program declared itself. */
  declaredAt(type: string, name: string): string | undefined;
  provision(request: ProvisionRequest): Promise<Provisioned>;
  /** Takes what Pulumi would be told, because its runtime may wait for ever after an error. */
  noteMistake(mistake: Error): void;
  /** Folders by the folders that stood in for them (relative to the root). */
  siteFolder(placeholder: string): string | undefined;
  /** Answers what a component asks of a provider other than for AWS; `undefined` when it is not known. */
  answer?(token: string, args: Readonly<Record<string, unknown>>): object | undefined;
}

interface Registered {
  readonly resource: Resource;
  readInputs(readSecret: (value: unknown) => unknown): Record<string, unknown>;
  readonly retainOnDelete: boolean;
}

/**
 * Takes the place of Pulumi's engine: each resource that the program declares
 * arrives here, is provisioned, and is answered with its id and state. Unlike
 * Pulumi's own mocks it knows URN and parent, keeps secrets apart and gives
 * physical names that stay the same from run to run.
 */
export function createMonitor(options: MonitorOptions) {
  const { protocol } = options;
  const registered: Registered[] = [];
  /** Physical ids, names and ARNs: they identify, so they are no secrets whatever they were computed from. */
  const identifiers = new Set<string>();
  const links: Record<string, unknown> = {};
  /** Top-level ancestor's place in the source, by URN. */
  const places = new Map<string, string | undefined>();

  async function register(request: RegisterRequest): Promise<Resource> {
    const type = request.getType();
    const name = request.getName();
    const parent = isStack(request.getParent()) ? undefined : request.getParent();
    const urn = urnOf(options, parent, type, name);
    if (places.has(urn)) throw new Error(`Two resources have the URN ${urn}; AWS would be given only one.`);
    const declaredAt = parent ? places.get(parent) : options.declaredAt(type, name);
    places.set(urn, declaredAt);

    const readInputs = (readSecret: (value: unknown) => unknown) => {
      // Without the source code of Pulumi's dynamic providers, which does not run here.
      const { __provider, ...raw } = request.getObject()?.toJavaScript() ?? {};
      const inputs = readObject(raw, readSecret);
      nameStably(inputs, request.getIgnorechangesList(), urn);
      const site = typeof inputs.dir === "string" ? options.siteFolder(inputs.dir) : undefined;
      return site ? { ...inputs, dir: site } : inputs;
    };
    const inputs = readInputs((value) => value);
    const declared = { urn, type, name, parent, inputs, ...(declaredAt ? { declaredAt } : {}) };
    const isResource = request.getCustom() && !type.startsWith("pulumi:providers:");
    const { id, state } = isResource ? await options.provision(declared) : { id: "", state: {} };
    const resource: Resource = { ...declared, id, state: { ...inputs, ...state } };
    for (const value of [id, state.name, state.arn, state.url]) {
      if (typeof value === "string") identifiers.add(value);
    }
    if (type !== STACK) {
      registered.push({ resource, readInputs, retainOnDelete: request.getRetainondelete() });
    }
    return resource;
  }

  /** Everything so far, once the program has come to rest. */
  function recorded(): RegisteredResource[] {
    return registered.map(({ resource, readInputs, retainOnDelete }) => ({
      ...resource,
      maskedInputs: readInputs((value) => maskSecret(value, identifiers)),
      retainOnDelete,
    }));
  }

  function fail(callback: Callback): (mistake: Error) => void {
    return (mistake) => {
      options.noteMistake(mistake);
      callback(mistake, undefined);
    };
  }

  const handlers = {
    registerResource(request: RegisterRequest, callback: Callback): void {
      register(request).then(({ urn, id, state }) => {
        const response = new protocol.resource.RegisterResourceResponse();
        response.setUrn(urn);
        response.setId(id);
        response.setObject(protocol.struct.Struct.fromJavaScript(state));
        callback(null, response);
      }, fail(callback));
    },
    registerResourceOutputs(request: OutputsRequest, callback: Callback): void {
      const [type, name = ""] = request.getUrn().split("::").slice(2);
      if (type === LINK) {
        const outputs = readObject(request.getOutputs()?.toJavaScript() ?? {}, (value) => value);
        links[name.slice(0, -"LinkRef".length)] = outputs.properties;
      }
      callback(null, {});
    },
    readResource(request: ReadRequest, callback: Callback): void {
      const state = accountSettings[request.getType()];
      if (state) {
        const response = new protocol.resource.ReadResourceResponse();
        response.setUrn(urnOf(options, undefined, request.getType(), request.getName()));
        response.setProperties(protocol.struct.Struct.fromJavaScript(state));
        callback(null, response);
        return;
      }
      const error = new Error(
        `"${request.getName()}" refers to a ${request.getType()} that exists on AWS already; there is no AWS here to read it from.`,
      );
      fail(callback)(error);
    },
    invoke(request: InvokeRequest, callback: Callback): void {
      const args = readObject(request.getArgs()?.toJavaScript() ?? {}, (value) => value);
      try {
        const response = new protocol.provider.InvokeResponse();
        const answer = options.answer?.(request.getTok(), args) ?? invoke(request.getTok(), args);
        response.setReturn(protocol.struct.Struct.fromJavaScript(answer));
        callback(null, response);
      } catch (error) {
        fail(callback)(error as Error);
      }
    },
  };
  return { handlers, links, recorded };
}

/** Pulumi's own rule: the types of all components above, then the type; the stack does not count. */
function urnOf(
  { stage, app }: MonitorOptions,
  parent: string | undefined,
  type: string,
  name: string,
): string {
  const qualified = parent ? `${parent.split("::")[2]}$${type}` : type;
  return `urn:pulumi:${[stage, app, qualified, name].join("::")}`;
}

function isStack(urn: string): boolean {
  return urn === "" || urn.includes(`::${STACK}::`);
}

function readObject(raw: object, readSecret: (value: unknown) => unknown): Record<string, unknown> {
  return readProperty(raw, readSecret) as Record<string, unknown>;
}

/** SST tells Pulumi to ignore changes of exactly those fields whose names it made. */
function nameStably(inputs: Record<string, unknown>, generated: readonly string[], urn: string): void {
  for (const field of generated) {
    const value = inputs[field];
    if (typeof value === "string") inputs[field] = stableName(value, urn);
  }
}

/** What components ask AWS for while the program runs. */
function invoke(token: string, args: Record<string, unknown>): object {
  switch (token) {
    case "aws:index/getRegion:getRegion":
      return { id: REGION, region: REGION, name: REGION };
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { accountId: ACCOUNT_ID, arn: `arn:aws:iam::${ACCOUNT_ID}:root`, userId: ACCOUNT_ID };
    case "aws:index/getPartition:getPartition":
      return { partition: "aws", dnsSuffix: "amazonaws.com" };
    case "aws:iam/getPolicyDocument:getPolicyDocument":
      // A document without statements says so by their absence; a role then gets no policy from SST.
      return { ...(hasStatements(args) ? args : {}), json: policyDocument(args) };
    default:
      throw new Error(`The program asks AWS for ${token}; there is no AWS here to answer it.`);
  }
}

function hasStatements({ statements }: Record<string, unknown>): boolean {
  return Array.isArray(statements) && statements.length > 0;
}
