import "sst";

declare module "sst" {
  export interface Resource {
    App: { name: string; stage: string };
    Greeting: { type: "sst.sst.Secret"; value: string };
    Notes: { type: "sst.aws.Dynamo"; name: string };
    Uploads: { type: "sst.aws.Bucket"; name: string };
  }
}

export {};
