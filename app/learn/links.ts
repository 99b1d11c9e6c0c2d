import type { LinksFunction } from "@remix-run/node";
import { backLinks } from "~/verso/links";
import styles from "./learn.css";

/** What a page of the book needs besides the styles of every page: it shows source and statements as the backs do. */
export const learnLinks: LinksFunction = () => [...backLinks(), { rel: "stylesheet", href: styles }];
