import { defineConfig } from "drizzle-kit";

// `npx drizzle-kit generate --name …` writes the next migration; read it, add STRICT, then commit.
export default defineConfig({
  dialect: "sqlite",
  schema: "./app/db/schema.server.ts",
  out: "./drizzle/sqlite",
});
