/** Reads on only when what was read is on its way: at any time one piece is in memory. */
export function streamed(pieces: AsyncGenerator<Uint8Array>, flushed: () => boolean | Promise<boolean>) {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (!(await flushed())) {
          await pieces.return(undefined);
          return controller.close();
        }
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => void (await pieces.return(undefined)),
    },
    { highWaterMark: 0 },
  );
}
