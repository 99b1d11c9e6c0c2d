import type { ActionFunction, LoaderFunction, ServerBuild } from "@remix-run/node";
import { problem } from "~/http/responses.server";
import { wrapRoutes } from "~/http/wrapped-routes.server";

/** The build with what the API's routes throw made problem details, also what the rooms behind them throw. */
export function withProblems(build: ServerBuild): ServerBuild {
  return wrapRoutes(build, ({ loader, action }, id) => {
    if (!id.startsWith("routes/api.")) return;
    return { ...(loader && { loader: explained(loader) }), ...(action && { action: explained(action) }) };
  });
}

function explained<Handler extends LoaderFunction | ActionFunction>(handler: Handler) {
  return async (args: Parameters<Handler>[0]) => {
    try {
      return await handler(args);
    } catch (thrown) {
      const plain = thrown instanceof Response && thrown.headers.get("Content-Type")?.startsWith("application/json");
      if (!plain) throw thrown;
      const { message } = (await thrown.json()) as { message?: string };
      const headers = new Headers(thrown.headers);
      headers.delete("Content-Type");
      throw problem(thrown.status, message ?? "This can't be done", {}, headers);
    }
  };
}
