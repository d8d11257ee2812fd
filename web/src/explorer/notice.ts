// The line above everything: what a reader must know of this directory first.
import { ask } from "./directory";

const DIRECTORY_NOTICE = "{ directory { asOf notice } }";

interface DirectoryNotice {
  directory: { asOf: string; notice: string | null };
}

export async function showNotice(line: HTMLElement): Promise<void> {
  try {
    const { data } = await ask<DirectoryNotice>({ query: DIRECTORY_NOTICE });
    if (!data) throw new Error("The directory did not say of which day it is.");
    const { asOf, notice } = data.directory;
    line.textContent = notice ?? `Directory of ${inWords(asOf)}.`;
  } catch (error) {
    line.textContent =
      `${error instanceof Error ? error.message : error} ` +
      "Until it is known how old this directory is, do not refer anyone from it.";
  }
}

function inWords(date: string): string {
  return new Date(`${date}T12:00:00`).toLocaleDateString("en-GB", { dateStyle: "long" });
}
