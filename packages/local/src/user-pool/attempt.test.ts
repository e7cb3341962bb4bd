import { expect, test } from "vitest";
import { startTestPool } from "../../test/user-pool.ts";
import { signIn } from "../../test/user-pool-contract/row.ts";
import { confirmedUser } from "../../test/user-pool-person.ts";

const WRONG = "Wrong-horse-7";
const reason = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "in",
    (error: Error) => error.message,
  );

// Developer guide, "Lockout behavior for failed sign-in attempts".
test("the lock begins with one second at the fifth failure, doubles, and ends at fifteen minutes", async () => {
  const pool = await startTestPool();
  const person = await confirmedUser(pool);
  for (let failure = 1; failure <= 5; failure += 1) {
    expect(await reason(person.signIn(WRONG))).toBe("Incorrect username or password.");
  }
  for (const lockSeconds of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]) {
    pool.passSeconds(lockSeconds - 0.001);
    expect(await reason(person.signIn())).toBe("Password attempts exceeded");
    pool.passSeconds(0.001);
    expect(await reason(person.signIn(WRONG))).toBe("Incorrect username or password.");
  }
  await pool.stop();
});

test("a successful sign-in and fifteen quiet minutes each forget the failures", async () => {
  const pool = await startTestPool();
  const person = await confirmedUser(pool);
  const failFourTimes = async () => {
    for (let failure = 1; failure <= 4; failure += 1) await reason(person.signIn(WRONG));
  };
  await failFourTimes();
  expect(await reason(person.signIn())).toBe("in");
  await failFourTimes();
  pool.passSeconds(15 * 60);
  await failFourTimes();
  expect(await reason(person.signIn())).toBe("in");
  await pool.stop();
});

test("twenty guesses at once count one by one: the right one among the last does not get in", async () => {
  const pool = await startTestPool();
  const person = await confirmedUser(pool);
  const guesses = Array.from({ length: 20 }, (_, index) =>
    reason(index === 19 ? person.signIn() : person.signIn(WRONG)),
  );
  const outcomes = await Promise.all(guesses);
  expect(outcomes.filter((outcome) => outcome === "Incorrect username or password.")).toHaveLength(5);
  expect(outcomes).not.toContain("in");
  await pool.stop();
});

test("nobody is locked as somebody is, so that a lock tells nothing", async () => {
  const pool = await startTestPool();
  const guess = () => reason(signIn(pool, "nobody@example.com", WRONG));
  for (let failure = 1; failure <= 5; failure += 1) {
    expect(await guess()).toBe("Incorrect username or password.");
  }
  expect(await guess()).toBe("Password attempts exceeded");
  await pool.stop();
});

test("a client that lets people know says that nobody has the name", async () => {
  const pool = await startTestPool({ client: { preventUserExistenceErrors: false } });
  await expect(signIn(pool, "nobody@example.com", WRONG)).rejects.toMatchObject({
    name: "UserNotFoundException",
  });
  await pool.stop();
});
