import { mkdir, mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { ACCOUNT_ID, REGION } from "../cloud.ts";
import { bundleShared } from "../function/shared-bundle.ts";
import type { Provisioned, ProvisionRequest } from "../resource.ts";
import { synthesize } from "../synth.ts";
import { mapStrings } from "./property.ts";
import { recordFunction } from "./record-function.ts";
import type { Recording } from "./recording.ts";

/**
 * Synthesises a stage as a deployment would and keeps what it declares.
 * Nothing is provisioned; functions are really bundled, so that a missing
 * handler is found. Two recordings of one source are equal.
 */
export async function recordStage(root: string, stage: string): Promise<Recording> {
  await mkdir(path.join(root, ".sst"), { recursive: true });
  const workFolder = await mkdtemp(path.join(root, ".sst/record-"));
  try {
    const { app, resources, builds, outputs } = await synthesize({
      root,
      stage,
      workFolder,
      secretSeed: "recorded",
      siteOutput: "deployed",
      provision: answerAsAws,
      build: (params) => bundleShared(params, { root, folder: path.join(workFolder, "bundles") }),
    });
    // Paths of this machine must not show.
    const relocate = (text: string) => text.replaceAll(workFolder, ".sst").replaceAll(`${root}/`, "");
    return {
      app,
      resources: resources
        .map(({ urn, type, name, parent, maskedInputs, retainOnDelete }) => ({
          urn,
          type,
          name,
          parent: parent ?? null,
          inputs: mapStrings(dropFleeting(type, maskedInputs), relocate) as Record<string, unknown>,
          retainOnDelete,
        }))
        .sort((one, other) => (one.urn < other.urn ? -1 : 1)),
      functions: Object.fromEntries(
        await Promise.all(
          [...builds.values()]
            .sort((one, other) => (one.functionId < other.functionId ? -1 : 1))
            .map(async (build) => [build.functionId, await recordFunction(build, root)] as const),
        ),
      ),
      outputs,
    };
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

/** Commands are given the whole environment of this process, and commands and invocations the time. */
function dropFleeting(type: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { environment, triggers, ...lasting } = inputs;
  if (type.startsWith("command:")) return lasting;
  if (type === "aws:lambda/invocation:Invocation") return { environment, ...lasting };
  return { ...inputs };
}

type Recorder = (request: ProvisionRequest) => Provisioned;

/** What AWS would answer where a component or a program reads more than id, ARN and name. */
const recorders: Readonly<Record<string, Recorder>> = {
  "aws:acm/certificate:Certificate": ({ name, inputs }) => {
    const certificateArn = arn("acm", `certificate/${slug(name)}`);
    const domains: readonly string[] = [inputs.domainName, ...(inputs.subjectAlternativeNames ?? [])];
    return {
      id: certificateArn,
      state: {
        arn: certificateArn,
        domainValidationOptions: domains.map((domainName) => ({
          domainName,
          resourceRecordName: `_${slug(name).toLowerCase()}.${domainName}.`,
          resourceRecordType: "CNAME",
          resourceRecordValue: `_${slug(name).toLowerCase()}.acm-validations.aws.`,
        })),
      },
    };
  },
  "aws:apigatewayv2/api:Api": ({ name, inputs }) => {
    const id = slug(name);
    const host = `${id}.execute-api.${REGION}.amazonaws.com`;
    return {
      id,
      state: {
        arn: `arn:aws:apigateway:${REGION}::/apis/${id}`,
        apiEndpoint: `${inputs.protocolType === "WEBSOCKET" ? "wss" : "https"}://${host}`,
        executionArn: arn("execute-api", id),
      },
    };
  },
  "aws:apigatewayv2/stage:Stage": ({ name, inputs }) => ({
    id: inputs.name,
    state: { invokeUrl: `https://${slug(name)}.execute-api.${REGION}.amazonaws.com/` },
  }),
  "aws:cloudfront/distribution:Distribution": ({ name }) => ({
    id: slug(name),
    state: {
      arn: `arn:aws:cloudfront::${ACCOUNT_ID}:distribution/${slug(name)}`,
      domainName: `${slug(name).toLowerCase()}.cloudfront.net`,
      hostedZoneId: "Z2FDTNDATAQYW2",
    },
  }),
  "aws:cognito/userPool:UserPool": ({ name }) => {
    const id = `${REGION}_${slug(name)}`;
    return {
      id,
      state: {
        arn: arn("cognito-idp", `userpool/${id}`),
        endpoint: `cognito-idp.${REGION}.amazonaws.com/${id}`,
      },
    };
  },
  "aws:cognito/userPoolClient:UserPoolClient": ({ name }) => ({
    id: slug(name),
    state: { clientSecret: "" },
  }),
  "aws:dynamodb/table:Table": ({ inputs }) => {
    const tableArn = arn("dynamodb", `table/${inputs.name}`);
    return {
      id: inputs.name,
      state: { arn: tableArn, streamArn: `${tableArn}/stream/2026-01-01T00:00:00.000` },
    };
  },
  "aws:iam/role:Role": ({ inputs, name }) => {
    const id = inputs.name ?? slug(name);
    return { id, state: { name: id, arn: `arn:aws:iam::${ACCOUNT_ID}:role/${id}` } };
  },
  "aws:lambda/function:Function": ({ inputs }) => {
    const functionArn = arn("lambda", `function:${inputs.name}`);
    return {
      id: inputs.name,
      state: {
        arn: functionArn,
        qualifiedArn: `${functionArn}:1`,
        invokeArn: `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
        version: "1",
        codeSha256: "0",
        lastModified: "2026-01-01T00:00:00.000+0000",
      },
    };
  },
  "aws:lambda/alias:Alias": ({ inputs }) => {
    const aliasArn = arn("lambda", `function:${inputs.functionName}:${inputs.name}`);
    return { id: aliasArn, state: { name: inputs.name, arn: aliasArn } };
  },
  "aws:lambda/functionUrl:FunctionUrl": ({ name }) => ({
    id: slug(name),
    state: { functionUrl: `https://${slug(name).toLowerCase()}.lambda-url.${REGION}.on.aws/` },
  }),
  "aws:s3/bucket:Bucket": ({ inputs }) => ({
    id: inputs.bucket,
    state: {
      arn: `arn:aws:s3:::${inputs.bucket}`,
      bucketDomainName: `${inputs.bucket}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${inputs.bucket}.s3.${REGION}.amazonaws.com`,
      region: REGION,
    },
  }),
  "aws:sqs/queue:Queue": ({ inputs }) => {
    const url = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT_ID}/${inputs.name}`;
    return { id: url, state: { arn: arn("sqs", inputs.name), url } };
  },
  // SST's own resources, of which one is asked for what it found: the zone that a domain lies in.
  "pulumi-nodejs:dynamic:Resource": (request) => {
    const answer = plainly(request);
    const isZone = request.name.endsWith(".sst.aws.HostedZoneLookup");
    return isZone ? { ...answer, state: { ...answer.state, zoneId: "ZONEOFTHESITE" } } : answer;
  },
  "random:index/randomBytes:RandomBytes": ({ name, inputs }) => {
    const bytes = Buffer.alloc(inputs.length, 1);
    return { id: slug(name), state: { base64: bytes.toString("base64"), hex: bytes.toString("hex") } };
  },
  "random:index/randomPassword:RandomPassword": ({ name, inputs }) => ({
    id: slug(name),
    state: { result: "x".repeat(inputs.length) },
  }),
};

/**
 * Answers every type of resource as AWS might, and makes nothing: for
 * syntheses whose result is only read. The same program gets the same answers
 * every time.
 */
export async function answerAsAws(request: ProvisionRequest): Promise<Provisioned> {
  return (recorders[request.type] ?? plainly)(request);
}

/** What every resource has: id, name and ARN. */
function plainly({ type, name, inputs }: ProvisionRequest): Provisioned {
  const service = type.split(/[:/]/)[1] ?? "unknown";
  const kind = type.split(":").at(-1);
  const physicalName = typeof inputs.name === "string" ? inputs.name : slug(name);
  return { id: physicalName, state: { name: physicalName, arn: arn(service, `${kind}/${physicalName}`) } };
}

function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT_ID}:${resource}`;
}

function slug(name: string): string {
  return name.replace(/[^a-zA-Z0-9]+/g, "-");
}
