import type { ServerBuild } from "@remix-run/node";

type RouteModule = NonNullable<ServerBuild["routes"][string]>["module"];

/**
 * The build with parts of its route modules exchanged.
 *
 * @param wrap what stands in a module instead of its own; nothing, where it stays as it is.
 */
export function wrapRoutes(
  build: ServerBuild,
  wrap: (module: RouteModule, id: string) => Partial<RouteModule> | undefined,
): ServerBuild {
  const routes = Object.entries(build.routes).map(([id, route]) => [
    id,
    route && { ...route, module: { ...route.module, ...wrap(route.module, id) } },
  ]);
  return { ...build, routes: Object.fromEntries(routes) };
}
