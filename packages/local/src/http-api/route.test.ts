import { expect, test } from "vitest";
import { parseRouteKey, selectRoute, sortRoutes } from "./route.ts";

function select(routeKeys: readonly string[], method: string, path: string) {
  const match = selectRoute(sortRoutes(routeKeys.map(parseRouteKey)), method, path);
  return match && { routeKey: match.route.routeKey, ...match.pathParameters };
}

/** The routes and requests of the developer guide's page "Create routes for HTTP APIs in API Gateway". */
const DOCUMENTED = [
  "$default",
  "ANY /{proxy+}",
  "GET /pets/{proxy+}",
  "GET /pets/dog/{id}",
  "GET /pets/dog/1",
];

test.each([
  ["GET", "/pets/dog/1", { routeKey: "GET /pets/dog/1" }],
  ["GET", "/pets/dog/2", { routeKey: "GET /pets/dog/{id}", id: "2" }],
  ["GET", "/pets/cat/1", { routeKey: "GET /pets/{proxy+}", proxy: "cat/1" }],
  ["POST", "/test/5", { routeKey: "ANY /{proxy+}", proxy: "test/5" }],
  ["POST", "/pets/dog/1", { routeKey: "ANY /{proxy+}", proxy: "pets/dog/1" }],
  ["GET", "/", { routeKey: "$default" }],
])(
  "%s %s goes to the route that the documentation names, in any order of declaration",
  (method, path, wanted) => {
    expect(select(DOCUMENTED, method, path)).toEqual(wanted);
    expect(select([...DOCUMENTED].reverse(), method, path)).toEqual(wanted);
  },
);

test("a method of its own wins over ANY on the same path", () => {
  const routes = ["ANY /notes/{id}", "GET /notes/{id}"];
  expect(select(routes, "GET", "/notes/1")?.routeKey).toBe("GET /notes/{id}");
  expect(select(routes, "PUT", "/notes/1")?.routeKey).toBe("ANY /notes/{id}");
});

test("a more specific path wins over a more specific method", () => {
  expect(select(["GET /notes/{id}", "ANY /notes/new"], "GET", "/notes/new")?.routeKey).toBe("ANY /notes/new");
});

test("a longer literal start wins over a shorter greedy one", () => {
  const routes = ["ANY /{proxy+}", "ANY /a/{proxy+}", "ANY /a/b/{proxy+}"];
  expect(select(routes, "GET", "/a/b/c/d")).toEqual({ routeKey: "ANY /a/b/{proxy+}", proxy: "c/d" });
  expect(select(routes, "GET", "/a/x")).toEqual({ routeKey: "ANY /a/{proxy+}", proxy: "x" });
});

test("routes of other lengths between them do not disturb the order", () => {
  const routes = ["GET /a/{proxy+}", "GET /a", "GET /a/b", "GET /a/{id}"];
  expect(select(routes, "GET", "/a/b")?.routeKey).toBe("GET /a/b");
  expect(select(routes, "GET", "/a/c")?.routeKey).toBe("GET /a/{id}");
  expect(select(routes, "GET", "/a/c/d")?.routeKey).toBe("GET /a/{proxy+}");
});

test.each([
  ["a path that no route has", "GET", "/nope"],
  ["a method that no route has", "DELETE", "/notes"],
  ["a trailing slash", "GET", "/notes/"],
  ["another case", "GET", "/Notes"],
  ["a part of a path", "GET", "/notes/1/comments/2/more"],
  ["an empty variable", "GET", "/notes//comments"],
  ["an empty greedy variable", "GET", "/files/"],
])("nothing takes %s", (_what, method, path) => {
  const routes = ["GET /notes", "GET /notes/{id}/comments", "GET /files/{path+}"];
  expect(select(routes, method, path)).toBeUndefined();
});

test.each(["GET notes", "FETCH /notes", "/notes", "GET /a/{rest+}/b"])(
  "%s is refused as a route key",
  (key) => {
    expect(() => parseRouteKey(key)).toThrow(key);
  },
);
