const base = document.body.dataset.base ?? "";

/** The address of something that the console serves. */
export function address(path: string): string {
  return `${base}/${path}`;
}

/** @throws Error with the server's sentence */
export async function ask<Answer>(path: string): Promise<Answer> {
  return read(await fetch(address(path)));
}

/** Changes something. @throws Error with the server's sentence */
export async function order<Answer>(path: string): Promise<Answer> {
  return read(await fetch(address(path), { method: "POST" }));
}

async function read<Answer>(response: Response): Promise<Answer> {
  if (response.ok) return (await response.json()) as Answer;
  const isJson = response.headers.get("content-type") === "application/json";
  throw new Error(isJson ? ((await response.json()) as { message: string }).message : await response.text());
}
