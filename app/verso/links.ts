import type { LinksFunction } from "@remix-run/node";
import styles from "./back.css";

/** What the back of a page needs besides the styles of every page. */
export const backLinks: LinksFunction = () => [{ rel: "stylesheet", href: styles }];
