import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readQuickTodo } from "./quick-add.contract.ts";
import { todoContentSchema } from "./todo.contract.ts";

/** Saturday noon in Seoul. */
const moment = { now: new Date("2026-11-21T03:00:00.000Z"), timeZone: "Asia/Seoul" };
const weekly = (...weekdays: number[]) => ({ every: "week", interval: 1, weekdays });

test.each([
  [
    "내일 오후 3시 치과 #건강 !1",
    { title: "치과", date: "2026-11-22", time: "15:00", tags: ["건강"], priority: 1 },
  ],
  ["every Monday 9am report", { title: "report", date: "2026-11-23", time: "09:00", repeat: weekly(1) }],
  ["우유 사기", { title: "우유 사기" }],
  ["모레까지 보고서", { title: "모레까지 보고서" }],
  ["모레 저녁 7시 반 가족 모임", { title: "가족 모임", date: "2026-11-23", time: "19:30" }],
  ["매주 화요일 분리수거", { title: "분리수거", date: "2026-11-24", repeat: weekly(2) }],
  [
    "평일 8시 약 먹기",
    { title: "약 먹기", date: "2026-11-23", time: "08:00", repeat: weekly(1, 2, 3, 4, 5) },
  ],
  ["다음 주 수요일 회의", { title: "회의", date: "2026-11-25" }],
  ["12월 25일 선물", { title: "선물", date: "2026-12-25" }],
  ["3월 1일 산행", { title: "산행", date: "2027-03-01" }],
  ["2월 31일 없는 날", { title: "2월 31일 없는 날" }],
  ["call mum tomorrow at 6:30pm", { title: "call mum", date: "2026-11-22", time: "18:30" }],
  ["Friday pay rent #home #home", { title: "pay rent", date: "2026-11-27", tags: ["home"] }],
  ["saturday run", { title: "run", date: "2026-11-28" }],
  ["in 3 days water plants", { title: "water plants", date: "2026-11-24" }],
  ["11:00 stretch", { title: "stretch", date: "2026-11-22", time: "11:00" }],
  ["13:00 stretch", { title: "stretch", date: "2026-11-21", time: "13:00" }],
  ["25:00 never", { title: "25:00 never" }],
  ["monday", { title: "monday" }],
  ["#1 in the list", { title: "in the list", tags: ["1"] }],
  ["buy sunscreen", { title: "buy sunscreen" }],
])(
  "%j is understood",
  (line, { title, date, time = null, repeat = null, tags = [], priority = 0 }: Expected) => {
    const due = date ? { date, time, timeZone: "Asia/Seoul" } : null;
    expect(readQuickTodo(line, moment)).toEqual({ title, due, repeat, priority, tags });
  },
);

interface Expected {
  readonly title: string;
  readonly date?: string;
  readonly time?: string | null;
  readonly repeat?: object | null;
  readonly tags?: readonly string[];
  readonly priority?: number;
}

test("today is the day where the person is: a minute before midnight in Seoul is not yet tomorrow", () => {
  const late = { now: new Date("2026-11-21T14:59:00.000Z"), timeZone: "Asia/Seoul" };
  expect(readQuickTodo("오늘 잠", late).due?.date).toBe("2026-11-21");
  expect(readQuickTodo("오늘 잠", { ...late, timeZone: "Pacific/Kiritimati" }).due?.date).toBe("2026-11-22");
});

test("whatever is written, what is read of it is what a todo may hold, and no title is lost", () => {
  const words = fc.constantFrom(
    "내일",
    "every",
    "monday",
    "9am",
    "3시",
    "#집",
    "!2",
    "2월",
    "31일",
    "12/40",
    "글",
  );
  const line = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.array(words).map((all) => all.join(" ")),
  );
  const shape = todoContentSchema.pick({ due: true, repeat: true, priority: true, tags: true });
  fc.assert(
    fc.property(line, (text) => {
      const { title, ...rest } = readQuickTodo(text, moment);
      expect(title === "").toBe(text.trim() === "");
      expect(shape.safeParse(rest).success).toBe(true);
    }),
  );
});
