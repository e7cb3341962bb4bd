import { expect, test } from "vitest";
import { appSpecOf, stepOf } from "./release-step.ts";

test("an alias moves to the newest version, which is the highest number and not the last word", () => {
  expect(stepOf("post", "2", ["$LATEST", "1", "2", "9", "10"])).toEqual({
    functionName: "post",
    from: "2",
    to: "10",
  });
  expect(stepOf("post", "10", ["$LATEST", "9", "10"])).toBeUndefined();
});

test("an alias that was taken back by hand beyond the newest version stays", () => {
  expect(stepOf("post", "3", ["$LATEST", "2"])).toBeUndefined();
  expect(stepOf("post", "3", ["$LATEST"])).toBeUndefined();
});

test("CodeDeploy is told of one function, its alias and both versions", () => {
  expect(JSON.parse(appSpecOf({ functionName: "post", from: "2", to: "10" }, "live"))).toEqual({
    version: 0,
    Resources: [
      {
        post: {
          Type: "AWS::Lambda::Function",
          Properties: { Name: "post", Alias: "live", CurrentVersion: "2", TargetVersion: "10" },
        },
      },
    ],
  });
});
