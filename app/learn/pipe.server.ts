import { Duplex } from "node:stream";

/**
 * Two ends of a connection inside this process: what one writes the other reads. HTTP goes over it as
 * over a socket, and there is no port or file by which anybody else could come in.
 */
export function pipe(): [Duplex, Duplex] {
  const one: End = new End(() => other);
  const other: End = new End(() => one);
  return [one, other];
}

class End extends Duplex {
  bytesWritten = 0;
  private taken: (() => void) | null = null;

  constructor(private readonly far: () => End) {
    super();
  }

  override _read() {
    const { taken } = this;
    this.taken = null;
    taken?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void) {
    this.bytesWritten += chunk.length;
    const far = this.far();
    if (far.push(chunk)) done();
    else far.taken = done;
  }

  override _final(done: () => void) {
    this.far().push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void) {
    const far = this.far();
    if (!far.destroyed) process.nextTick(() => far.destroy());
    done(error);
  }

  // What a socket has beside; HTTP asks for them.
  setTimeout() {
    return this;
  }
  setNoDelay() {
    return this;
  }
  setKeepAlive() {
    return this;
  }
}
