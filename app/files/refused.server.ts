/** A file that is not taken, with a sentence on why; the others of its form are. */
export class RefusedFile extends Error {
  override name = "RefusedFile";
  readonly tooLarge: boolean;

  constructor(sentence: string, { tooLarge = false, cause }: { tooLarge?: boolean; cause?: unknown } = {}) {
    super(sentence, { cause });
    this.tooLarge = tooLarge;
  }
}
