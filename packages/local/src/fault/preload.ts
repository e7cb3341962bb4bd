/** Loaded before anything else of an execution environment on which a plan of faults has fallen. */

const clockMilliseconds = Number(process.env.LOCAL_CLOUD_CLOCK_MILLISECONDS);
const coldStartMilliseconds = Number(process.env.LOCAL_CLOUD_COLD_START_MILLISECONDS);

if (clockMilliseconds !== 0) {
  const RealDate = Date;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given) =>
      given.length === 0 ? new target(target.now() + clockMilliseconds) : Reflect.construct(target, given),
    apply: (target) => new target(target.now() + clockMilliseconds).toString(),
    get: (target, name, receiver) =>
      name === "now" ? () => target.now() + clockMilliseconds : Reflect.get(target, name, receiver),
  });
}
if (coldStartMilliseconds > 0)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, coldStartMilliseconds);
