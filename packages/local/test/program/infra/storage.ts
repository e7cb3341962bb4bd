export const table = new sst.aws.Dynamo("Table", {
  fields: { pk: "string" },
  primaryIndex: { hashKey: "pk" },
  stream: "new-image",
});
