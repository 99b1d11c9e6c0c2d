// Runs the built program: the server, or one of its commands (`node bin/verso.mjs import …`).
// React reads NODE_ENV when it is loaded, so it is set before anything else is.
process.env.NODE_ENV ??= "production";
const { run } = await import(new URL("../build/index.js", import.meta.url).href);
await run(process.argv.slice(2));
