/**
 * Pictures: the worker of the queue, with its store and its table, beside a bare script that makes the same
 * files; how much memory the largest files take; how like their originals full pictures are and what they weigh;
 * how soon an upload is ready; what becomes of hostile files. `BENCH_ROUNDS` and `BENCH_UPLOADS` take fewer,
 * `BENCH_PARTS=speed,large,quality,arrival,hostile` some of it.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { decode } from "@haru/core/media/image/decode";
import { makePicture, type VariantFile } from "@haru/core/media/image/make";
import { type Figure, quantile } from "./figure.ts";
import { measureArrival } from "./images/arrival.ts";
import { measureHostile } from "./images/hostile.ts";
import { measureLarge } from "./images/large.ts";
import { photoOf, samplePicture } from "./images/samples.ts";
import type { Answer, Engines } from "./images/side.ts";
import { ask, startSide, withEngines } from "./images/sides.ts";
import { similarity } from "./images/similarity.ts";

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const parts = (process.env.BENCH_PARTS ?? "speed,large,quality,arrival,hostile").split(",");
const megapixels = [1, 12, 24, 48];
const goals = { throughput: 0.9, memory: 1.2, similarity: 0.95 } as const;

/** Photos, a drawing with transparency, and one that only the second decoder reads. */
const judged = [
  "Landscape_1.jpg",
  "Portrait_6.jpg",
  "HMD_Nokia_8.3_5G.jpg",
  "derived-nokia-hdr-16mp.jpg",
  "iphone_13_pro_max.HEIC",
  "concert.jpg",
  "blackbug.png",
];

export async function measure(): Promise<Figure[]> {
  return [
    ...(parts.includes("speed") ? await measureSpeed() : []),
    ...(parts.includes("large") ? await measureLarge() : []),
    ...(parts.includes("quality") ? await measureQuality() : []),
    ...(parts.includes("arrival") ? await measureArrival() : []),
    ...(parts.includes("hostile") ? await measureHostile() : []),
  ];
}

function measureSpeed(): Promise<Figure[]> {
  return withEngines(async (engines, folder) => {
    const figures: Figure[] = [];
    for (const size of megapixels) {
      const file = path.join(folder, `${size}.jpg`);
      writeFileSync(file, await photoOf(size));
      figures.push(...(await compare(`${size}mp`, file, engines)));
    }
    return figures;
  });
}

/** Both sides in turns, each in a process that has seen no other picture. */
async function compare(name: string, file: string, engines: Engines): Promise<Figure[]> {
  const sides = { worker: startSide("worker", engines), bare: startSide("bare", engines) };
  const answers: Record<keyof typeof sides, Answer[]> = { worker: [], bare: [] };
  try {
    for (let round = 0; round <= rounds; round++)
      for (const side of ["worker", "bare"] as const)
        answers[side].push(await ask(sides[side], { file, round }));
  } finally {
    for (const child of Object.values(sides)) child.kill();
  }
  const [ours, floor] = [answers.worker, answers.bare];
  if (JSON.stringify(sorted(ours[0]?.files)) !== JSON.stringify(sorted(floor[0]?.files)))
    throw new Error(`The two sides made different files of ${name}.`);
  // The first round loads code.
  const middle = (of: readonly Answer[], figure: "milliseconds" | "cpuMilliseconds") =>
    quantile(
      of.slice(1).map((answer) => answer[figure]),
      0.5,
    );
  const peak = (of: readonly Answer[]) => of.at(-1)?.peakMb ?? Number.NaN;
  return [
    { name: `${name}-worker`, value: middle(ours, "milliseconds"), unit: "ms" },
    {
      name: `${name}-throughput-of-bare`,
      value: middle(floor, "milliseconds") / middle(ours, "milliseconds"),
      unit: "times",
      goal: { operator: ">=", value: goals.throughput },
    },
    {
      name: `${name}-cpu-of-bare`,
      value: middle(ours, "cpuMilliseconds") / middle(floor, "cpuMilliseconds"),
      unit: "times",
    },
    { name: `${name}-peak`, value: peak(ours), unit: "MB" },
    {
      name: `${name}-peak-of-bare`,
      value: peak(ours) / peak(floor),
      unit: "times",
      goal: { operator: "<=", value: goals.memory },
    },
  ];
}

const sorted = (files: Answer["files"] = {}) => Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));

async function measureQuality(): Promise<Figure[]> {
  const least: number[] = [];
  const shares: number[] = [];
  for (const file of judged) {
    const original = samplePicture(file);
    const { pixels } = await decode(original);
    const full: VariantFile[] = [];
    const choices = {
      use: "library",
      pictureId: "pic_bench",
      focus: undefined,
      watermark: undefined,
    } as const;
    const { bytes } = await makePicture(original, choices, async (made) => {
      if (made.size.kind === "full") full.push(made);
    });
    const kilobytes = (count: number) => `${Math.round(count / 1000)} kB`;
    const words: string[] = [];
    for (const { format, bytes: encoded } of full) {
      const alike = await similarity(pixels, encoded);
      least.push(alike);
      words.push(`${format} ${kilobytes(encoded.length)} (${alike.toFixed(3)})`);
    }
    shares.push((full[0]?.bytes.length ?? Number.NaN) / original.length);
    process.stdout.write(
      `${file} ${kilobytes(original.length)}: all ${kilobytes(bytes)}, full ${words.join(", ")}\n`,
    );
  }
  return [
    {
      name: "full-similarity-least",
      value: Math.min(...least),
      unit: "SSIM",
      goal: { operator: ">=", value: goals.similarity },
    },
    { name: "full-best-format-of-original", value: quantile(shares, 0.5), unit: "times its bytes" },
  ];
}
